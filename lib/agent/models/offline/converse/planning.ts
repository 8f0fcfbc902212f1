import { moneyFromDecimal, moneyToDecimal, scaleMoney } from '../../../../domain/money';
import { agentWords } from '../../../../words/en/agent';
import { answerWords } from '../../../../words/en/answers';
import type { ToolOutput } from '../prompt-view';
import { call, type MessageView, type Reply, say, type View } from '../reply';
import { askedAbout } from '../understand/asked';
import { intentOf } from '../understand/intent';
import { findLocation } from '../understand/location';
import { isEmptyAnswer } from '../understand/people';
import { findPlaces } from '../understand/places';
import { adIdeas, audienceFor } from './ad-ideas';
import { type Amount, isAmount, moneyText } from './amounts';
import { hear } from './onboarding';
import { smallTalk } from './small-talk';
import { type AudienceWish, audienceWish, phoneWish, wantsNewWords, wishedHeadline } from './wishes';

/** "Cheaper" without an amount: this share of the old budget, in whole units. */
const CHEAPER = { numerator: 7n, denominator: 10n };

const ENGLISH_SPEAKING = ['GB', 'IE', 'US', 'CA', 'AU', 'NZ'];

/** The first plan: ideas from the confirmed brief, around the place the owner named. */
export function draftFirst(view: View): Reply {
  const { ads, reserves } = adIdeas(view.state.brief, 0);
  return call('draft_campaign', { ads, reserves, audience: audienceFor(view.state.brief) }, agentWords.drafting);
}

/** One more plan beside the ads that run; how much room the month has is looked at where it is drafted. */
export function draftAnother(view: View): Reply {
  const { ads, reserves } = adIdeas(view.state.brief, view.state.campaigns.length);
  return call('draft_campaign', { ads, reserves, audience: audienceFor(view.state.brief) }, agentWords.draftingAnother);
}

/** The owner writes while a plan waits for the press, or after asking for changes. */
export function planMessage(view: MessageView): Reply {
  const intent = intentOf(view.text);
  if (intent === 'stop') return say(agentWords.stopBefore);
  if (intent === 'injection') return say(agentWords.injection);
  if (intent === 'approve' && view.state.stage === 'approve') return call('show_approval');
  if (intent === 'why') return call('explain_action', { limit: 10 });
  const budget = wishedBudget(view);
  if (budget) return call('update_brief', { monthlyBudget: { ...budget, per: 'month' } });
  const asked = askedAbout(view.text);
  const wishes = asked === 'partOfPlan' || asked === 'gender' ? {} : wishesOf(view);
  if (Object.keys(wishes).length > 0) return call('draft_campaign', wishes);
  const talk = smallTalk(view);
  if (intent === 'spend_more') return say(agentWords.spendMore);
  if (intent === 'status' && !asked) return call('read_status', { days: 7 });
  if (talk) return say(talk, view.state.stage === 'approve' && agentWords.whatICanDo.approve);
  if (isEmptyAnswer(view.text))
    return say(answerWords.notNow, view.state.stage === 'approve' && agentWords.whatICanDo.approve);
  if (/\bsomething (?:has )?changed\b/i.test(view.text)) return say(agentWords.whatShouldChange);
  const repeated = view.ownTexts.at(-1)?.includes(agentWords.whatShouldChange);
  if (repeated) return say(agentWords.sayItOtherwise, view.state.stage === 'approve' && agentWords.whatICanDo.approve);
  return say(view.state.stage === 'approve' ? agentWords.noneOfThat : '', agentWords.whatShouldChange);
}

/** A budget the owner names now; "cheaper" alone takes a part off the present one. */
function wishedBudget(view: MessageView): Amount | null {
  const { patch } = hear(view);
  const said = patch.monthlyBudget;
  if (said) return said.per === 'month' ? { amount: said.amount, currency: said.currency } : monthly(said);
  if (intentOf(view.text) !== 'cheaper' || !view.state.brief.monthlyBudget) return null;
  const before = view.state.brief.monthlyBudget;
  const lowered = scaleMoney(moneyFromDecimal(before.amount, before.currency), CHEAPER.numerator, CHEAPER.denominator);
  const whole = moneyToDecimal(lowered).split('.')[0] ?? '0';
  return { amount: whole === '0' ? moneyToDecimal(lowered) : whole, currency: before.currency };
}

function monthly(said: { amount: string; currency: string; per: 'day' | 'week' | 'month' }): Amount {
  const money = moneyFromDecimal(said.amount, said.currency);
  const scaled = said.per === 'day' ? scaleMoney(money, 31n, 1n) : scaleMoney(money, 52n, 12n);
  return { amount: moneyToDecimal(scaled), currency: said.currency };
}

type Wishes = { ads?: unknown; reserves?: unknown; audience?: AudienceWish; form?: { askPhone: boolean } };

function wishesOf(view: MessageView): Wishes {
  const plan = view.state.campaigns[0];
  const audience = audienceWish(view.text, {
    ages: plan?.ages ?? [18, 65],
    places: plan?.places ?? [],
    said: findLocation(view.text)?.location ?? findPlaces(view.text).find(({ kind }) => kind === 'town')?.name ?? null,
  });
  const askPhone = phoneWish(view.text);
  const wishes: Wishes = {
    ...(audience ? { audience } : {}),
    ...(askPhone === null ? {} : { form: { askPhone } }),
  };
  const headline = wishedHeadline(view.text);
  if (!headline && !wantsNewWords(view.text)) return wishes;
  const { ads, reserves } = adIdeas(view.state.brief, headline ? (plan?.version ?? 1) - 1 : (plan?.version ?? 1));
  const renamed = headline ? ads.map((ad, index) => (index === 0 ? { ...ad, headline } : ad)) : ads;
  return { ...wishes, ads: renamed, reserves };
}

export function afterPlanTool(view: View, last: ToolOutput): Reply {
  if (last.name === 'update_brief') {
    const rest = view.text === null ? {} : wishesOf({ ...view, text: view.text });
    return last.output.ok === true
      ? call('draft_campaign', rest)
      : say(String(last.output.say ?? agentWords.problems.not_money));
  }
  if (last.output.ok !== true) return refusal(view, last.output);
  const daily = isAmount(last.output.dailyBudget) ? moneyText(last.output.dailyBudget) : '';
  const special = restricted(last.output) && agentWords.restrictedTopic;
  const sized = hasNote(last.output, 'sized_to_month') && agentWords.sizedToMonth;
  const language = !ENGLISH_SPEAKING.includes(view.state.brief.country ?? '') && agentWords.englishOnly;
  if (last.output.changed === false) return say(agentWords.nothingChanged, agentWords.whatICanDo.approve);
  if (last.output.version === 1) {
    return last.output.here === true
      ? say(special, agentWords.draftedHere(daily), sized, language)
      : say(special, agentWords.drafted(String(last.output.name), daily), sized, language);
  }
  return say(budgetSentence(view), agentWords.redrafted(Number(last.output.version)));
}

function restricted(output: Record<string, unknown>): boolean {
  return hasNote(output, 'special_category');
}

function hasNote(output: Record<string, unknown>, note: string): boolean {
  return Array.isArray(output.notes) && output.notes.includes(note);
}

function budgetSentence(view: View): string {
  const before = view.state.brief.monthlyBudget;
  const changed = view.results.find((result) => result.name === 'update_brief')?.output.brief as
    | { monthlyBudget?: Amount }
    | undefined;
  if (!before || !changed?.monthlyBudget || changed.monthlyBudget.amount === before.amount) return '';
  const after = moneyText(changed.monthlyBudget);
  return Number(changed.monthlyBudget.amount) < Number(before.amount)
    ? agentWords.cheaper(moneyText(before), after)
    : agentWords.budgetChanged(after);
}

/** Why there is no plan yet, and what would help. */
function refusal(view: View, output: Record<string, unknown>): Reply {
  const words = agentWords.draftProblems;
  switch (output.problem) {
    case 'brief_not_confirmed':
    case 'brief_incomplete':
      return call('show_brief', {}, words[output.problem]);
    case 'no_account':
      return call('show_account_picker');
    case 'no_page':
      return say(view.state.connection.accountsToChoose > 0 ? words.no_page : agentWords.pageMissing);
    case 'account_not_usable':
    case 'goal_needs_website':
    case 'goal_needs_form':
    case 'form_terms':
    case 'goal_needs_phone':
    case 'month_full':
      return say(words[output.problem]);
    case 'country_missing':
      return say(words.country_missing);
    case 'other_currency':
      return say(words.other_currency(String(output.briefCurrency), String(output.accountCurrency)));
    case 'budget_below_minimum':
      return say(words.budget_below_minimum(isAmount(output.monthlyMinimum) ? moneyText(output.monthlyMinimum) : ''));
    case 'unsafe_claim':
      return say(words.unsafe_claim(String(output.phrase)));
    case 'facebook_not_connected':
    case 'platform_reauthorise':
      return call('show_connect', {}, String(output.say ?? ''));
    default:
      return say(words.other, typeof output.say === 'string' && output.say);
  }
}
