import type { BriefInput } from '../../../tools/brief-input';
import type { Listening } from './listening';
import { findAmounts, findCurrency, type SaidAmount } from './money';
import { currencyOfCountry, dollarOfCountry, findPlaces } from './places';

const VALUE_WORDS =
  /\b(?:worth|average|spends?|brings? (?:in|me|us)?|each (?:customer|client|order|sale|job|cake|booking|guest)|per (?:customer|client|order|sale|job|head|booking|guest|patient|student)|a (?:new )?(?:customer|client|guest|patient|student|typical order|booking|job) (?:is|brings|spends|pays))\b/i;
const PRICE_WORDS =
  /\b(?:costs?|price[ds]?|charge|sell (?:it|them|for)|from|starts? at|starting at|for a|(?:an?|the|per|one) (?:cake|haircut|cut|session|lesson|class|night|meal|visit|hour|piece|kilo|box|ticket|room))\b/i;
const BUDGET_WORDS =
  /\b(?:budget|spend|spending|afford|pay|invest|put in|up to|max(?:imum)?|at most|no more than|limit|ads?|advertis\w+|marketing|go with|make (?:it|that)|let'?s (?:say|do|make)|have about)\b/i;

/** Sets the budget and what a customer is worth; true where an amount was said but not in which money. */
export function hearMoney(text: string, to: Listening, patch: BriefInput, correcting: boolean): boolean {
  const { known, pending } = to;
  const country = patch.country ?? known.country;
  const currencyOf = (amount: SaidAmount, all: readonly SaidAmount[]) =>
    amount.currency ??
    (amount.dollarSign ? dollarOfCountry(country) : null) ??
    all.find((other) => other.currency)?.currency ??
    known.monthlyBudget?.currency ??
    currencyOfCountry(country);
  let amounts = findAmounts(text);
  if (pending.includes('currency') && amounts.length === 0) {
    // Only the currency was missing: the amount stands in an earlier message.
    const currency = findCurrency(text) ?? currencyOfCountry(findPlaces(text)[0]?.country);
    const earlier = to.earlier
      .toReversed()
      .map(findAmounts)
      .find((found) => found.length > 0);
    if (currency && earlier)
      amounts = earlier.map((amount) => ({
        ...amount,
        currency: currency === '$' ? dollarOfCountry(country) : currency,
      }));
  }
  const isValue = (amount: SaidAmount) =>
    VALUE_WORDS.test(amount.clause) &&
    amount.period === null &&
    !/\bbudget|\bads?\b|\b(?:can|could|would|will|to|i|we|i'd|we'd)\s+(?:only\s+|maybe\s+)?spend\b/i.test(
      amount.clause,
    );
  const values = amounts.filter(isValue);
  const budgets = amounts
    .filter((amount) => !isValue(amount))
    .filter((amount) => {
      if (amount.period || BUDGET_WORDS.test(amount.clause) || pending.includes('currency')) return true;
      if (PRICE_WORDS.test(amount.clause)) return false;
      if (pending.includes('monthlyBudget')) return true;
      if (pending.includes('customerValue')) return false;
      const bare = /^[^\p{L}]*\d[\d.,\s]*[^\p{L}]*$/u.test(text);
      if (known.monthlyBudget !== undefined)
        return correcting || (to.complete === true && (bare || Boolean(amount.currency ?? amount.dollarSign)));
      // Any money at all while no budget is known; a bare number only after the first question.
      return Boolean(amount.currency ?? amount.dollarSign) || (bare && !pending.includes('businessDescription'));
    });

  const worth =
    values[0] ?? (pending.includes('customerValue') ? amounts.find((amount) => !budgets.includes(amount)) : undefined);
  if (worth) {
    const currency = currencyOf(worth, amounts);
    if (currency) patch.customerValue = { amount: worth.amount, currency };
  }
  const budget = chooseBudget(budgets, text, correcting);
  if (!budget) return false;
  const currency = currencyOf(budget, budgets);
  if (!currency) return true;
  patch.monthlyBudget = { amount: budget.amount, currency, per: budget.period ?? 'month' };
  return false;
}

/** A month outranks a week and a day; of a range the lower end counts; a correction's last word counts. */
function chooseBudget(budgets: readonly SaidAmount[], text: string, correcting: boolean): SaidAmount | undefined {
  const meant = budgets.filter(
    (amount) =>
      !/\b(?:not|instead of|rather than|than|from)\s+(?:about\s+)?[^\d\s]{0,3}$/i.test(text.slice(0, amount.index)),
  );
  const pool = meant.length > 0 ? meant : budgets;
  if (correcting) return pool.at(-1);
  for (const period of ['month', 'week', 'day', null] as const) {
    const same = pool.filter((amount) => amount.period === period);
    if (same.length > 0)
      return same.reduce((lowest, amount) => (Number(amount.amount) < Number(lowest.amount) ? amount : lowest));
  }
  return undefined;
}
