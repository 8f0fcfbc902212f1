import { kindOf } from '../../../../domain/business-kind';
import type { BriefInput } from '../../../tools/brief-input';
import { findBusiness, findBusinessName, readBusinessAnswer } from './business';
import { findGoal, isOnlineShop, readGoalAnswer } from './goal';
import { intentOf, isCorrection, looksForeign } from './intent';
import { findLocation, movesTheBusiness, readLocationAnswer } from './location';
import { findAmounts, findCurrency, type SaidAmount } from './money';
import { findAudience, findSpecial, isEmptyAnswer, readFreeAnswer } from './people';
import { currencyOfCountry, dollarOfCountry, findPlaces } from './places';
import { findProduct, readProductAnswer } from './product';
import { findWebsite, readWebsiteAnswer } from './website';

/** What a question can be about. Two are not fields of their own: the country of a place, the currency of an amount. */
export type AskField =
  | 'businessDescription'
  | 'product'
  | 'location'
  | 'country'
  | 'goal'
  | 'monthlyBudget'
  | 'currency'
  | 'targetAudience'
  | 'uniqueSellingPoint'
  | 'websiteUrl'
  | 'customerValue';

type Known = {
  businessDescription?: string;
  product?: string;
  location?: string;
  country?: string | null;
  goal?: string;
  monthlyBudget?: { amount: string; currency: string };
  targetAudience?: string;
  uniqueSellingPoint?: string;
  websiteUrl?: string | null;
  customerValue?: unknown;
};
export type Listening = {
  known: Known;
  pending: readonly AskField[];
  askedOften: (field: AskField) => number;
  earlier: readonly string[];
};
export type Heard = {
  patch: BriefInput;
  /** An amount was said, but in which money is unknown. */
  currencyUnclear: boolean;
};

const VALUE_WORDS =
  /\b(?:worth|average|spends?|brings? (?:in|me|us)?|each (?:customer|client|order|sale|job|cake|booking|guest)|per (?:customer|client|order|sale|job|head|booking|guest|patient|student)|a (?:new )?(?:customer|client|guest|patient|student|typical order|booking|job) (?:is|brings|spends|pays))\b/i;
const PRICE_WORDS =
  /\b(?:costs?|price[ds]?|charge|sell (?:it|them|for)|from|starts? at|starting at|for a|(?:an?|the|per|one) (?:cake|haircut|cut|session|lesson|class|night|meal|visit|hour|piece|kilo|box|ticket|room))\b/i;
const BUDGET_WORDS =
  /\b(?:budget|spend|spending|afford|pay|invest|put in|up to|max(?:imum)?|at most|no more than|limit|ads?|advertis\w+|marketing|go with|make (?:it|that)|let'?s (?:say|do|make)|have about)\b/i;

/** Everything a message says about the business, given what is known and what was just asked. */
export function listen(text: string, to: Listening): Heard {
  const patch: BriefInput = {};
  const { known, pending } = to;
  const correcting = isCorrection(text);
  const asked = (field: AskField) => pending.includes(field);
  const open = (field: keyof Known) => known[field] === undefined || correcting;

  const plain = withoutAddresses(text);
  const name = findBusinessName(text);
  if (name) patch.businessName = name;
  const business = known.businessDescription === undefined || correcting ? findBusiness(plain) : undefined;
  if (business)
    patch.businessDescription = business.description.replace(
      /\s+(?:called|named)\s+.*?(?=\s+(?:in|near|at|on|from)\s|$)/i,
      '',
    );

  const place = findLocation(text);
  if (place && (known.location === undefined || asked('location') || (correcting && movesTheBusiness(text)))) {
    patch.location = place.location;
    if (place.country !== undefined) patch.country = place.country;
  }
  if (asked('country') && !patch.location) {
    const country = findPlaces(text).find((found) => found.country !== null)?.country;
    if (country) patch.country = country;
    else if (to.askedOften('country') > 1 && isEmptyAnswer(text)) patch.country = null;
  }

  const website = asked('websiteUrl') ? readWebsiteAnswer(text) : open('websiteUrl') ? findWebsite(text) : undefined;
  if (website !== undefined) patch.websiteUrl = website;

  const shop = isOnlineShop(`${known.businessDescription ?? ''} ${text}`);
  // A word or two that name a goal are one, asked for or not.
  const goal =
    asked('goal') || (known.goal === undefined && text.trim().split(/\s+/).length <= 2)
      ? readGoalAnswer(text, shop)
      : open('goal')
        ? findGoal(text, shop)
        : undefined;
  if (goal) patch.goal = goal;

  if (open('product')) {
    const product = findProduct(plain);
    if (product) patch.product = product;
  }
  if (open('targetAudience') && !asked('targetAudience')) {
    const audience = findAudience(text);
    if (audience) patch.targetAudience = audience;
  }
  if (open('uniqueSellingPoint') && !asked('uniqueSellingPoint')) {
    const special = findSpecial(plain);
    if (special && !patch.businessDescription?.toLowerCase().includes(special.toLowerCase().slice(0, 12)))
      patch.uniqueSellingPoint = special;
  }

  const currencyUnclear = hearMoney(text, to, patch, correcting);
  if (!isTalk(text) && !(looksForeign(text) && pending.every((field) => to.askedOften(field) < 2)))
    hearDirectAnswers(text, to, patch);
  hearNamedChange(text, patch, shop);
  settleGoalWithoutSite(known, patch);
  return { patch, currencyUnclear };
}

function hearMoney(text: string, to: Listening, patch: BriefInput, correcting: boolean): boolean {
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
      if (known.monthlyBudget !== undefined) return correcting;
      // A bare number as the whole message, or any money at all, while no budget is known.
      return Boolean(amount.currency ?? amount.dollarSign) || /^[^\p{L}]*\d[\d.,\s]*[^\p{L}]*$/u.test(text);
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

/** Answers to the question just asked: what is not a structured fact is the free answer. */
function hearDirectAnswers(text: string, to: Listening, patch: BriefInput): void {
  const { pending } = to;
  if (pending.includes('location') && !patch.location) {
    // Beside a question that wants a free answer, only a place that is known as one counts.
    const free = pending.some((field) =>
      ['businessDescription', 'product', 'targetAudience', 'uniqueSellingPoint'].includes(field),
    );
    const rest = free ? undefined : readLocationAnswer(text);
    if (rest) {
      patch.location = rest.location;
      if (rest.country !== undefined) patch.country = rest.country;
    }
  }
  if (pending.includes('customerValue') && patch.customerValue === undefined && sentences(text).some(isEmptyAnswer))
    patch.customerValue = null;
  if (pending.includes('businessDescription') && !patch.businessDescription) {
    const left = leftOver(text, patch);
    const answer = isEmptyAnswer(left) ? undefined : readBusinessAnswer(left);
    if (answer) patch.businessDescription = answer.description;
  }
  if (pending.includes('product') && !patch.product) {
    const left = leftOver(text, patch);
    const answer = isEmptyAnswer(left) ? undefined : readProductAnswer(left);
    if (answer) patch.product = answer;
  }
  for (const field of ['targetAudience', 'uniqueSellingPoint'] as const) {
    if (!pending.includes(field) || patch[field]) continue;
    const answer = readFreeAnswer(leftOver(text, patch));
    if (answer) patch[field] = answer;
  }
}

/** A question, a greeting or a remark to us is no answer to what was asked. */
function isTalk(text: string): boolean {
  const talk = [
    'injection',
    'guarantee',
    'who_are_you',
    'privacy',
    'price',
    'how_it_works',
    'banned',
    'upset',
    'thanks',
    'greeting',
    'off_topic',
    'confused',
    'stop',
  ];
  return /\?\s*$/.test(text) || talk.includes(intentOf(text));
}

/** Nothing but a place, perhaps with a small word before it. */
function isPlaceOnly(text: string): boolean {
  const covered = findPlaces(text).reduceRight(
    (rest, place) => rest.slice(0, place.index) + rest.slice(place.end),
    text,
  );
  return (
    covered !== text &&
    /^[\s,.!]*(?:(?:we(?:'re| are)|i(?:'m| am)|it'?s|in|near|around|from|the|based|located|yes)\s*)*[\s,.!]*$/i.test(
      covered,
    )
  );
}

/** "candles at waxandwick.co.uk" is about candles. */
function withoutAddresses(text: string): string {
  return text.replace(
    /\s*\b(?:at|on|via|from|through)?\s*\b(?:https?:\/\/)?(?:[a-z0-9-]+\.)+(?:com|net|org|shop|store|[a-z]{2})(?:\/\S*)?\b/gi,
    ' ',
  );
}

const sentences = (text: string) =>
  text
    .split(/[.!?;\n]+(?=\s|$)/)
    .map((part) => part.trim())
    .filter(Boolean);

/** The parts of an answer that no structured fact was read from. */
function leftOver(text: string, patch: BriefInput): string {
  const spoken = Object.keys(patch).some((field) =>
    ['websiteUrl', 'monthlyBudget', 'customerValue', 'location', 'country', 'goal'].includes(field),
  );
  if (!spoken) return text;
  const clauses = text.split(
    /[.!?;\n]+(?=\s|$)|,\s+|\s+(?:and|but)\s+(?=(?:we|i|no|my|our|the|about|around|it)\b)|\s+[-–—]\s+/i,
  );
  const kept = clauses.filter((clause) => {
    const part = clause?.trim() ?? '';
    if (part === '' || /^(?:yes|no|nope|none)$/i.test(part)) return false;
    if ((patch.location ?? patch.country) && isPlaceOnly(part)) return false;
    if (patch.websiteUrl !== undefined && findWebsite(part) !== undefined) return false;
    if ((patch.monthlyBudget ?? patch.customerValue) && findAmounts(part).length > 0) return false;
    return !(patch.customerValue === null && isEmptyAnswer(part));
  });
  return kept.map((clause) => clause.trim()).join(', ');
}

const NAMED_CHANGE =
  /\b(?:change|set|update|make|correct|put)\s+(?:my |the |our )?(?<field>location|place|town|city|goal|website|site|name|product|audience|customers|description|business)\s+(?:to|into|as|is|=|:)\s*(?<value>.+)$/i;

/** "Change the location to Braga": the owner names the field. */
function hearNamedChange(text: string, patch: BriefInput, shop: boolean): void {
  const groups = NAMED_CHANGE.exec(text)?.groups;
  const value = groups?.value?.trim().replace(/[.!]+$/, '');
  if (!groups?.field || !value) return;
  const field = groups.field.toLowerCase();
  if (/location|place|town|city/.test(field)) {
    const place = readLocationAnswer(value);
    if (place) {
      patch.location = place.location;
      if (place.country !== undefined) patch.country = place.country;
    }
  } else if (field === 'goal') {
    const goal = readGoalAnswer(value, shop);
    if (goal) patch.goal = goal;
  } else if (/site/.test(field)) {
    const website = readWebsiteAnswer(value);
    if (website !== undefined) patch.websiteUrl = website;
  } else if (field === 'name') patch.businessName = value;
  else if (field === 'product') patch.product = value;
  else if (/audience|customers/.test(field)) patch.targetAudience = value;
  else if (kindOf(value) !== 'generic' || value.length > 3) patch.businessDescription = value;
}

/**
 * Orders online, visitors and enquiries through a form need a website to be counted on; without one people write to the
 * business instead, which Facebook counts by itself.
 */
function settleGoalWithoutSite(known: Known, patch: BriefInput): void {
  const website = patch.websiteUrl !== undefined ? patch.websiteUrl : known.websiteUrl;
  const goal = patch.goal ?? known.goal;
  if (website === null && (goal === 'SALES' || goal === 'TRAFFIC' || goal === 'LEADS')) patch.goal = 'MESSAGES';
}
