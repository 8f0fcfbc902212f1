import type { Envelope } from '../../domain/plan';

export const feedCardWords = { sponsored: 'Sponsored', pictureMissing: 'The picture could not be loaded.' };

export const planCardWords = {
  eyebrow: (version: number) => (version === 1 ? 'A plan for you' : `A plan for you, version ${version}`),
  who: 'Who sees it',
  where: 'Where',
  whereBoth: 'Facebook and Instagram',
  whereFacebook: 'Facebook',
  adsTitle: 'The ads, as they will look',
  adsNote: 'Facebook shows all of them and soon favours the ones people like.',
  reserves: (count: number) => (count === 1 ? '1 ad in reserve' : `${count} ads in reserve`),
  reservesNote: 'If one of the ads turns out weak, a reserve may take its place without asking you again.',
  idea: 'The idea',
  moneyTitle: 'The money',
  money: { day: 'A day', worstDay: 'Worst day', week: 'A week, at most', month: 'A month, at most' },
  moneyNote: 'On a busy day Facebook may spend more than the daily amount and make up for it on quieter days.',
  ceiling: (amount: string) => `Your limit: never more than ${amount} in one calendar month.`,
  expectTitle: (days: number) => `What to expect in ${days} days`,
  reach: 'People reached',
  clicks: 'Clicks',
  basisSimilar:
    'From what shops like yours have seen. Wide on purpose: nothing of yours has run yet. In four of five cases it ends up inside these ranges.',
  basisOwn: (days: number) =>
    `From ${days} days of your own ads. In four of five cases it ends up inside these ranges.`,
  noResults: 'How many people act on it cannot be said yet.',
  nextTitle: 'What happens next',
  next: [
    'You press Approve. Everything is set up switched off, then switched on as the last step.',
    'Facebook checks the ads. That usually takes less than a day, and costs nothing.',
    'Once they run, I look every few hours and tell you when there is something worth knowing.',
  ],
  aloneTitle: 'What I may do alone, if you approve',
  alone: {
    pause: 'Stop an ad that is clearly doing badly, never the last one',
    swap: 'Put a reserve from this card in its place',
    shift: (percent: number) => `Move up to ${percent}% of the money between groups, never more in total`,
    nothing: 'Nothing. I ask about everything.',
  },
  alwaysAsk: 'Everything else, above all more money, is a new card.',
  smallPrint: 'Details',
  paidFrom: 'Paid from',
  page: 'In the name of',
  leadsTo: 'A click leads to',
  opensMessages: 'A click opens a message to you',
  opensForm: (form: string) => `A click opens your form "${form}" on Facebook`,
  opensNewForm: 'A click opens the form shown above, on Facebook',
  formTitle: 'The form people fill in',
  formNote:
    'It opens on Facebook when somebody presses the button of an ad. I publish it on your Page when you approve; it cannot be changed afterwards.',
  formAsks: 'It asks for',
  formQuestions: { NAME: 'Name', EMAIL: 'E-mail address', PHONE: 'Phone number' },
  formThanks: 'After sending',
  formPrivacy: 'Your privacy notice',
  payer: 'Named as payer',
  special: 'Special kind of ad',
  noSpecial: 'None (not about jobs, housing, credit or politics)',
  specialKinds: {
    HOUSING: 'Housing',
    EMPLOYMENT: 'Jobs',
    FINANCIAL_PRODUCTS_SERVICES: 'Money and credit',
    ISSUES_ELECTIONS_POLITICS: 'Politics',
  } as Record<string, string>,
  specialOther: 'A kind with rules of its own',
  approve: 'Approve',
  change: 'Ask for changes',
  promise: 'Exactly this runs, nothing else. Nothing is spent before you press.',
};

export const diffCardWords = {
  title: (from: number, to: number) => `What is different between version ${from} and version ${to}`,
  before: 'Before',
  after: 'Now',
  part: 'What',
};

export function envelopeSentences(envelope: Envelope): string[] {
  const { alone } = planCardWords;
  const sentences = [
    envelope.mayPauseBadAds ? alone.pause : null,
    envelope.maySwapInReserves ? alone.swap : null,
    envelope.maxShiftPercent > 0 ? alone.shift(envelope.maxShiftPercent) : null,
  ].filter((sentence) => sentence !== null);
  return sentences.length > 0 ? sentences : [alone.nothing];
}
