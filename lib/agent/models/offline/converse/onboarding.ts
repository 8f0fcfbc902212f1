import type { Goal } from '../../../../domain/brief';
import type { BriefProblem } from '../../../../domain/brief-check';
import { agentWords } from '../../../../words/en/agent';
import type { BriefInput } from '../../../tools/brief-input';
import { askedOften, pendingQuestions, type ToolOutput } from '../prompt-view';
import { call, type MessageView, type Reply, say, type View } from '../reply';
import { type Heard, isTalk, listen } from '../understand/facts';
import { intentOf, isCorrection } from '../understand/intent';
import type { AskField } from '../understand/listening';
import { isEmptyAnswer } from '../understand/people';
import { countryByCode } from '../understand/places';
import { type Amount, isAmount, moneyText } from './amounts';
import { smallTalk } from './small-talk';

type BriefSeen = View['state']['brief'];
const ORDER: readonly AskField[] = [
  'businessDescription',
  'location',
  'country',
  'product',
  'goal',
  'currency',
  'monthlyBudget',
  'targetAudience',
  'websiteUrl',
  'privacyPolicyUrl',
  'uniqueSellingPoint',
];
/** Each question has as many wordings. */
const ASKED_IN_VAIN = 3;
const FREE: readonly AskField[] = ['businessDescription', 'product', 'targetAudience', 'uniqueSellingPoint'];

/** While the brief is being filled or waits for its press. */
export function onboardingMessage(view: MessageView): Reply {
  const intent = intentOf(view.text);
  if (intent === 'stop') return say(agentWords.stopBefore, view.state.missing.length > 0 && again(view));
  const heard = hear(view);
  if (intent !== 'injection' && Object.keys(heard.patch).length > 0) return call('update_brief', heard.patch);
  const talk = smallTalk(view);
  if (view.state.stage === 'confirm_brief') {
    if (intent === 'approve' || talk === '')
      return intent === 'approve' || !isCorrection(view.text) ? call('show_brief') : say(agentWords.whatToChange);
    return say(talk, agentWords.pressConfirm);
  }
  if (heard.currencyUnclear) return say(introduction(view), question(view, 'currency'));
  const lead =
    talk ||
    (['status', 'why', 'undo'].includes(intent) ? agentWords.status.none : '') ||
    (intent === 'confused'
      ? agentWords.confused
      : intent === 'approve' || pendingQuestions(view).length === 0
        ? ''
        : agentWords.askAgain);
  return say(introduction(view), lead, again(view, ['greeting', 'thanks', 'approve'].includes(intent)));
}

/** What a message says, with a way out where the owner has no answer or is not understood. */
export function hear(view: MessageView): Heard & { assumed: boolean } {
  const pending = pendingQuestions(view);
  const heard = listen(view.text, {
    known: view.state.brief,
    pending,
    askedOften: (field) => askedOften(view, field),
    earlier: view.earlier,
    complete: ['confirm_brief', 'plan', 'approve', 'change_plan'].includes(view.state.stage),
  });
  const assumed = assumedFields(view, pending, heard);
  for (const field of assumed) Object.assign(heard.patch, { [field]: assumption(field, view.state.brief) });
  return { ...heard, assumed: assumed.length > 0 };
}

/** What may be taken for granted, so that nobody is asked a fourth time. Place and money may not. */
const ASSUMABLE = [
  'product',
  'goal',
  'targetAudience',
  'websiteUrl',
  'privacyPolicyUrl',
  'uniqueSellingPoint',
] as const;
type Assumable = (typeof ASSUMABLE)[number];

/** Fields asked for twice and answered with "dunno", or three times with words that fit nothing. */
function assumedFields(view: MessageView, pending: readonly AskField[], heard: Heard): Assumable[] {
  const said = Object.keys(heard.patch).length > 0 || heard.currencyUnclear;
  const unheard = !said && !isTalk(view.text);
  return ASSUMABLE.filter((field) => {
    if (!pending.includes(field) || field in heard.patch) return false;
    const times = askedOften(view, field);
    return (times >= 2 && isEmptyAnswer(view.text)) || (times >= ASKED_IN_VAIN && unheard);
  });
}

function assumption(field: Assumable, brief: BriefSeen): string | null {
  switch (field) {
    case 'product':
      return brief.businessDescription ?? agentWords.notNamedYet;
    case 'goal':
      return 'MESSAGES';
    case 'targetAudience':
      return agentWords.anyoneNearby;
    case 'uniqueSellingPoint':
      return agentWords.notNamedYet;
    case 'websiteUrl':
    case 'privacyPolicyUrl':
      return null;
  }
}

export function afterBriefTool(view: View, last: ToolOutput): Reply {
  if (last.name === 'show_brief') return afterCard(view, last);
  const { brief, problems, missing } = last.output as {
    brief?: BriefSeen;
    problems?: BriefProblem[] | string;
    missing?: string[];
  };
  if (!brief || !missing) return say(String(last.output.say ?? agentWords.lostThread));
  const heard =
    view.text === null ? { patch: {}, currencyUnclear: false, assumed: false } : hear({ ...view, text: view.text });
  const refused = Array.isArray(problems) ? problems : [];
  const lead = [
    introduction(view),
    view.text === null ? '' : smallTalk({ ...view, text: view.text }),
    acknowledge(view, heard, brief, refused),
  ];
  if (refused.length > 0) {
    const field = refused[0]?.field as AskField;
    return say(
      ...lead,
      agentWords.problems[refused[0]?.code ?? 'too_short'],
      field in agentWords.questions && question(view, field, 1),
    );
  }
  const open = openQuestions(view, brief, missing, heard.currencyUnclear);
  if (open.length > 0) return say(...lead, nextQuestions(view, open, brief));
  return call(
    'show_brief',
    {},
    say(...lead, view.state.stage === 'brief' ? agentWords.briefReady : agentWords.briefUpdated).text,
  );
}

function afterCard(view: View, last: ToolOutput): Reply {
  if (last.output.ok !== true)
    return say(
      agentWords.askAgain,
      nextQuestions(view, openQuestions(view, view.state.brief, view.state.missing, false), view.state.brief),
    );
  return say(last.output.shown === 'earlier' ? agentWords.pressConfirm : agentWords.confirmOnCard);
}

/** The honest word about what this helper is: in its first answer, unless the greeting already said it. */
export function introduction(view: View): string {
  return view.ownTexts.length === 0 ? agentWords.helperIntro : '';
}

function openQuestions(view: View, brief: BriefSeen, missing: readonly string[], currencyUnclear: boolean): AskField[] {
  const open = new Set<string>(missing);
  if (brief.location !== undefined && brief.country === undefined) open.add('country');
  if (open.has('monthlyBudget') && currencyUnclear) open.add('currency').delete('monthlyBudget');
  // What was asked in every wording waits until the rest is known.
  const fresh = ORDER.filter((field) => open.has(field));
  const inVain = fresh.filter((field) => askedOften(view, field) >= ASKED_IN_VAIN);
  return [...fresh.filter((field) => !inVain.includes(field)), ...inVain];
}

/** One or two questions: never two that want a free answer, and one alone where it was asked before. */
function nextQuestions(view: View, open: readonly AskField[], brief: BriefSeen): string {
  const [first, ...rest] = open;
  if (!first) return '';
  if (first === 'businessDescription' || askedOften(view, first) > 0) return question(view, first);
  const fresh = rest.filter((field) => field !== 'country' && askedOften(view, field) === 0);
  const partner = FREE.includes(first) ? fresh.find((field) => !FREE.includes(field)) : fresh[0];
  const worth =
    brief.customerValue === undefined && askedOften(view, 'customerValue') === 0 && first === 'uniqueSellingPoint'
      ? 'customerValue'
      : undefined;
  const second = partner ?? worth;
  return second ? `${question(view, first)} ${question(view, second)}` : question(view, first);
}

/** The question in the next wording that was not used yet. */
function question(view: View, field: AskField, skip = 0): string {
  const variants = agentWords.questions[field];
  return (
    variants[Math.min(askedOften(view, field) + (askedOften(view, field) === 0 ? skip : 0), variants.length - 1)] ?? ''
  );
}

/** The open question once more, in the same words: nothing was wrong with the answer. */
export function askOn(view: View): string {
  return again(view, true);
}

function again(view: View, sameWords = false): string {
  const open = openQuestions(view, view.state.brief, view.state.missing, false);
  const pending = pendingQuestions(view).filter(
    (field) => open.includes(field) || (field === 'currency' && open.includes('monthlyBudget')),
  );
  const inVain = pending.every((field) => askedOften(view, field) >= ASKED_IN_VAIN);
  const fields = pending.length > 0 && !inVain ? pending : open;
  const [first] = fields;
  if (sameWords && first && askedOften(view, first) === 1) return agentWords.questions[first][0];
  return nextQuestions(view, fields, view.state.brief);
}

/** What was taken down, in the owner's terms, so that a mistake is seen at once. */
function acknowledge(
  view: View,
  { patch, assumed }: ReturnType<typeof hear>,
  brief: BriefSeen,
  refused: readonly BriefProblem[],
): string {
  const words = agentWords.facts;
  const before = view.state.brief;
  const taken = (field: keyof BriefSeen) =>
    field in patch &&
    !refused.some((problem) => problem.field === field) &&
    JSON.stringify(before[field]) !== JSON.stringify(brief[field]);
  // Said in a sentence of its own.
  const messages =
    !assumed &&
    brief.goal === 'MESSAGES' &&
    brief.websiteUrl === null &&
    taken('goal') &&
    view.text !== null &&
    !/\b(?:messages?|write|whats\s?app)\b/i.test(view.text);
  const facts: string[] = [];
  for (const field of [
    'businessName',
    'businessDescription',
    'product',
    'targetAudience',
    'uniqueSellingPoint',
  ] as const) {
    const value = brief[field];
    if (taken(field) && value) facts.push(words[field](value));
  }
  if (taken('location') && brief.location && !brief.businessDescription?.includes(brief.location.split(',')[0] ?? ''))
    facts.push(words.location(brief.location));
  if (taken('country') && brief.country && !('location' in patch))
    facts.push(words.country(countryByCode(brief.country)?.names[0] ?? brief.country));
  if (taken('goal') && brief.goal && !messages) facts.push(words.goal(brief.goal as Goal));
  if (taken('monthlyBudget') && brief.monthlyBudget) facts.push(budgetFact(patch.monthlyBudget, brief.monthlyBudget));
  if (taken('websiteUrl')) facts.push(brief.websiteUrl ? words.websiteUrl(brief.websiteUrl) : words.noWebsite);
  if (taken('privacyPolicyUrl'))
    facts.push(brief.privacyPolicyUrl ? words.privacyPolicyUrl(brief.privacyPolicyUrl) : words.noPrivacyPolicy);
  if (taken('customerValue'))
    facts.push(
      isAmount(brief.customerValue) ? words.customerValue(moneyText(brief.customerValue)) : words.noCustomerValue,
    );
  if (facts.length === 0) return '';
  if (assumed) return agentWords.assumed(facts);
  const replaced =
    view.text !== null &&
    isCorrection(view.text) &&
    Object.keys(patch).some(
      (field) => before[field as keyof BriefSeen] !== undefined && taken(field as keyof BriefSeen),
    );
  return `${replaced ? agentWords.corrected(facts) : agentWords.noted(facts)}${messages ? ` ${agentWords.noSiteMeansMessages}` : ''}`;
}

function budgetFact(said: BriefInput['monthlyBudget'], monthly: Amount): string {
  const money = moneyText(monthly);
  if (!said || said.per === 'month') return agentWords.facts.monthlyBudget(money);
  const spoken = moneyText(said);
  return agentWords.facts.monthlyBudgetFrom(
    said.per === 'day' ? agentWords.facts.perDay(spoken) : agentWords.facts.perWeek(spoken),
    money,
  );
}
