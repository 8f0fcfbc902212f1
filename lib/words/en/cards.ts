import type { CampaignAction } from '../../domain/action';
import type { ApprovalState } from '../../domain/approval';
import type { BriefDraft, Goal } from '../../domain/brief';
import type { LoginNeed } from '../../domain/login-need';
import type { DeployStep } from '../../domain/message';
import type { CallToAction, Envelope } from '../../domain/plan';
import { formatMoney, formatNumber, type Locale } from '../format';

/** What the owner wants, as a wish. */
export const goalWords: Record<Goal, string> = {
  LEADS: 'More people asking',
  SALES: 'More sales online',
  TRAFFIC: 'More visits to the website',
  APP_INSTALLS: 'More people using the app',
  MESSAGES: 'More messages',
  CALLS: 'More phone calls',
};

/** What is counted: one, several, and the price of one. */
export const resultWords: Record<Goal, { one: string; many: string; each: string }> = {
  LEADS: { one: 'enquiry', many: 'enquiries', each: 'Each enquiry' },
  SALES: { one: 'sale', many: 'sales', each: 'Each sale' },
  TRAFFIC: { one: 'visit', many: 'visits', each: 'Each visit' },
  APP_INSTALLS: { one: 'install', many: 'installs', each: 'Each install' },
  MESSAGES: { one: 'message', many: 'messages', each: 'Each message' },
  CALLS: { one: 'call', many: 'calls', each: 'Each call' },
};

export const buttonWords: Record<CallToAction, string> = {
  LEARN_MORE: 'Learn more',
  SIGN_UP: 'Sign up',
  SHOP_NOW: 'Shop now',
  CONTACT_US: 'Contact us',
  GET_QUOTE: 'Get quote',
  BOOK_NOW: 'Book now',
  MESSAGE_PAGE: 'Send message',
  CALL_NOW: 'Call now',
  INSTALL_APP: 'Install now',
};

export const cardWords = {
  feed: { sponsored: 'Sponsored', pictureMissing: 'The picture could not be loaded.' },
  unknown: 'There is something here this page cannot show yet. Reload the page to see it.',

  connect: {
    title: 'Connect Facebook',
    lead: 'You sign in at Facebook itself and come straight back here. We never see your password.',
    asksTitle: 'What we ask for',
    asks: [
      'See your ad accounts and Pages, so that you can choose',
      'Create ads in the account you choose, and read their numbers',
      'Put your Page’s name on those ads',
    ],
    neverTitle: 'What we cannot do with it',
    never: ['Post on your Page', 'Read your private messages', 'Spend anything without your press on a card'],
    button: 'Connect Facebook',
    again: 'Connect again',
    simulated: 'Pretend shop: this opens a made-up Facebook. No real account is touched.',
    connected: 'Facebook is connected',
    done: 'Done',
    connectedAs: (account: string) => `Ad account: ${account}`,
    denied: 'Facebook was not connected. Nothing happened, and you can try again whenever you like.',
    missingLead: 'You signed in, but these were left unticked at Facebook, and ads do not work without them:',
    missing: {
      create_ads: 'Manage your ads: without it I cannot set any up',
      read_numbers: 'Read your ads and their results: without it I cannot watch over them',
      see_pages: 'Your Pages: without one, an ad has no name to speak for',
    } satisfies Record<LoginNeed, string>,
    ending:
      'Facebook ends our connection soon. Signing in once more keeps everything as it is; without it I could no longer see your numbers or stop your ads.',
    broken:
      'Facebook no longer accepts our connection. Ads that already run stay inside the limits you approved, but we cannot see their numbers until you connect again.',
  },

  picker: {
    title: 'Which of these belong to this business?',
    account: 'Ad account',
    accountHint: 'The account that pays for the ads.',
    page: 'Page',
    pageHint: 'The name people see on the ads.',
    instagram: 'with Instagram',
    noInstagram: 'no Instagram connected',
    submit: 'Use these',
    chosen: 'Chosen for this business',
    unusable: 'Cannot be used right now',
    noAccounts: 'This sign-in has no ad account. Create one at Facebook, then connect again.',
    noPages: 'This sign-in has no Page. Ads need one. Create it at Facebook, then connect again.',
  },

  brief: {
    title: 'This is what I understood. Is it right?',
    titleDone: 'Your brief',
    confirm: 'Yes, that is right',
    change: 'Change something',
    changePrompt: 'One thing is different: ',
    changePlaceholder: 'What is different?',
    confirmed: 'You confirmed this',
    superseded: 'There is a newer one below',
    none: 'None',
    unknown: 'Not known',
    missing: 'Still open',
    each: (amount: string) => `${amount} each`,
    aMonth: (amount: string) => `${amount} a month at most`,
    percent: (value: number) => `${value}%`,
    fields: {
      businessName: 'Business',
      businessDescription: 'What you do',
      product: 'What to advertise',
      targetAudience: 'For whom',
      goal: 'What you want',
      monthlyBudget: 'Money',
      location: 'Where',
      country: 'Country',
      uniqueSellingPoint: 'What makes you special',
      websiteUrl: 'Website',
      privacyPolicyUrl: 'Your privacy notice',
      customerValue: 'A new customer is worth',
      marginPercent: 'Of that stays with you',
      language: 'Your customers’ language',
    } satisfies Record<keyof BriefDraft, string>,
  },

  approval: {
    states: {
      WAITING: 'Waits for you',
      APPROVED: 'Approved',
      EXECUTING: 'Approved, in progress',
      DONE: 'Approved and done',
      PARTLY_DONE: 'Partly done',
      FAILED: 'Approved, but it did not work',
      DECLINED: 'Not approved',
      EXPIRED: 'Expired',
      SUPERSEDED: 'Replaced',
    } satisfies Record<ApprovalState, string>,
    after: {
      APPROVED: 'You approved this.',
      EXECUTING: 'You approved this. It is being done now.',
      DONE: 'You approved this, and it is done.',
      PARTLY_DONE:
        'You approved this, and one part of it was done before the rest failed. What holds now stands in the activity list. You never spend more than your limit.',
      FAILED: 'You approved this, but it could not be done. Nothing was left half switched on.',
      DECLINED: 'You did not approve this. Nothing changes and nothing is spent because of it.',
      EXPIRED: 'This card was not answered in time, so it can no longer start anything. Ask for a fresh one.',
      SUPERSEDED: 'There is a newer version of this card. This one can no longer start anything.',
    } satisfies Record<Exclude<ApprovalState, 'WAITING'>, string>,
    freshPrompt: 'Please make me a fresh card for this.',
    fresh: 'Ask for a fresh one',
    showOld: 'Show what it said',
    until: (moment: string) => `Good until ${moment}`,
    on: (moment: string) => `on ${moment}`,
    sent: {
      approve: 'Approved. I am on it.',
      decline: 'All right, I leave it as it is.',
      request_changes: 'Tell me below what should be different.',
    },
    sending: 'Sending your answer…',
  },

  plan: {
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
  },

  action: {
    eyebrow: 'I need your decision',
    high: 'A big step. Please look at the money twice.',
    approve: 'Approve',
    decline: 'No, leave it',
    money: 'What it does to the money',
    before: 'Now',
    after: 'Then',
    newCeiling: (amount: string) => `Approving this also sets your limit for a calendar month to ${amount}.`,
    highRemoval: 'This cannot be taken back. There is no Undo for it.',
    removal: {
      delete_ad:
        'Facebook deletes the ad with its likes and comments. Pausing it instead can be taken back at any time.',
      delete_campaign:
        'Facebook deletes the campaign with all its ads. Nothing more is spent on it. Pausing it instead can be taken back at any time.',
    },
    approveRemoval: 'Delete for good',
    audience: {
      title: 'Who sees the ads',
      learning:
        'Facebook starts learning anew with this, so results may swing for about a week. What you spend a day stays the same.',
    },
    newAd: {
      title: 'The ad, as it will look',
      promise:
        'It is made switched off, checked, and switched on as the last step. It shares the money of the other ads: what you spend a day stays the same.',
    },
    why: 'Why',
    numbers: 'The numbers behind it',
    done: { approvedByOwner: 'You approved this', alone: 'Inside what you allowed' },
    undo: 'Undo',
    undoing: 'Taking it back…',
    undone: 'Taken back',
    undoExpired: 'Too late to take back with one press. Ask me in the chat.',
    undoRequested: 'I am taking it back. This line changes when Facebook confirms it.',
    states: {
      WAITING: 'Waits for you',
      EXECUTING: 'Being done',
      DONE: 'Done',
      FAILED: 'Did not work',
      REFUSED: 'Outside your limits',
      DECLINED: 'You said no',
      SHADOW: 'Only noted, not done',
      UNDONE: 'Taken back',
    },
    failed: 'Facebook did not confirm this. I check what really holds before doing anything else.',
    shadow: 'I would have done this. I am only watching, so I did not.',
    refused: 'I left it alone: it is outside the limits you approved.',
    sure: (percent: string) => `${percent} sure`,
    period: (days: string) => `Numbers of ${days}`,
    alternatives: 'What I also considered',
    wouldChange: 'What would change my mind',
  },

  deploy: {
    title: (campaign: string) => `Setting up “${campaign}”`,
    titleDone: (campaign: string) => `“${campaign}” is set up`,
    titleFailed: (campaign: string) => `“${campaign}” is not set up`,
    steps: {
      images: 'Pictures',
      campaign: 'The frame',
      ad_sets: 'Who and how much',
      creatives: 'Texts and pictures together',
      ads: 'The ads',
      check: 'Checking every detail',
      switch_on: 'Switching on',
    } satisfies Record<DeployStep, string>,
    step: (name: string, state: string) => `${name}: ${state}`,
    stepStates: { waiting: 'to do', running: 'in progress', done: 'done', failed: 'did not work' },
    inReview: 'Sent. Facebook checks the ads now, which usually takes less than a day. Nothing has been spent yet.',
    active: 'Facebook has approved the ads and they are running.',
    running: 'Everything is created switched off. Switching on is the very last step.',
    resume: 'Try again',
    nothingRuns: 'Nothing is switched on and nothing is being spent.',
  },

  diff: {
    title: (from: number, to: number) => `What is different between version ${from} and version ${to}`,
    before: 'Before',
    after: 'Now',
    part: 'What',
  },

  report: {
    eyebrow: 'Weekly report',
    partial: 'A short week: the ads did not run on every day of it.',
    spent: 'Spent',
    reached: 'People reached',
    clicks: 'Clicks',
    unknown: 'Not known',
    noneYet: 'None yet',
    before: (value: string) => `Week before: ${value}`,
    aheadTitle: 'The week ahead',
    expectedTitle: 'Did I judge it right?',
    inside: (range: string, real: string) => `I said ${range}. It was ${real}.`,
    insideNote: 'Inside what I expected.',
    below: 'Fewer than I expected. I learn from that for the next range.',
    above: 'More than I expected. Early luck is possible, so I change nothing because of it.',
    chart: (low: string, high: string, real: string) => `Expected ${low} to ${high}, it was ${real}`,
    done: 'Done',
    watching: 'Watching',
    needsYou: 'Needs you',
    nothing: 'Nothing',
    soFar: (spend: string, results: string) => `Since the start: ${spend} spent, ${results}.`,
    soFarSpend: (spend: string) => `Since the start: ${spend} spent.`,
  },

  response: {
    launch: {
      approve: 'You approved the plan',
      decline: 'You did not approve the plan',
      request_changes: 'You asked for changes to the plan',
    },
    campaign_action: {
      approve: 'You approved the change',
      decline: 'You said no to the change',
      request_changes: 'You asked for something different',
    },
    bundle: {
      approve: 'You approved these changes',
      decline: 'You said no to these changes',
      request_changes: 'You asked for something different',
    },
    stop_release: {
      approve: 'You lifted the stop',
      decline: 'You left everything stopped',
      request_changes: 'You asked for something different',
    },
    policy_change: {
      approve: 'You approved the new limits',
      decline: 'You kept the limits as they are',
      request_changes: 'You asked for other limits',
    },
  },
};

/** "12 enquiries", "1 sale". */
export function countResults(count: number, goal: Goal, locale: Locale): string {
  return `${formatNumber(count, locale)} ${count === 1 ? resultWords[goal].one : resultWords[goal].many}`;
}

export function envelopeSentences(envelope: Envelope): string[] {
  const { alone } = cardWords.plan;
  const sentences = [
    envelope.mayPauseBadAds ? alone.pause : null,
    envelope.maySwapInReserves ? alone.swap : null,
    envelope.maxShiftPercent > 0 ? alone.shift(envelope.maxShiftPercent) : null,
  ].filter((sentence) => sentence !== null);
  return sentences.length > 0 ? sentences : [alone.nothing];
}

/** The brief's fields in the order an owner reads them, already in words. Fields never asked are left out. */
export function briefLines(brief: BriefDraft, locale: Locale): { label: string; value: string }[] {
  const words = cardWords.brief;
  const line = (field: keyof BriefDraft, value: string | null | undefined, none = words.none) =>
    value === undefined ? [] : [{ label: words.fields[field], value: value ?? none }];
  const languages = new Intl.DisplayNames(locale, { type: 'language' });
  return [
    ...line('businessName', brief.businessName),
    ...line('businessDescription', brief.businessDescription),
    ...line('product', brief.product),
    ...line('targetAudience', brief.targetAudience),
    ...line('location', brief.location),
    ...line('goal', brief.goal && goalWords[brief.goal]),
    ...line('monthlyBudget', brief.monthlyBudget && words.aMonth(formatMoney(brief.monthlyBudget, locale))),
    ...line('uniqueSellingPoint', brief.uniqueSellingPoint),
    ...line('websiteUrl', brief.websiteUrl),
    ...line('privacyPolicyUrl', brief.privacyPolicyUrl),
    ...line(
      'customerValue',
      brief.customerValue && words.each(formatMoney(brief.customerValue, locale)),
      words.unknown,
    ),
    ...line(
      'marginPercent',
      typeof brief.marginPercent === 'number' ? words.percent(brief.marginPercent) : brief.marginPercent,
      words.unknown,
    ),
    ...line('language', brief.language && (languages.of(brief.language) ?? brief.language)),
  ];
}

/** Which picture stands for a change in a list. */
export const actionMarks: Record<
  CampaignAction['kind'],
  'pause' | 'play' | 'money' | 'swap' | 'people' | 'new' | 'delete'
> = {
  pause_ad: 'pause',
  pause_campaign: 'pause',
  resume_ad: 'play',
  resume_campaign: 'play',
  set_ad_set_budget: 'money',
  shift_budget: 'money',
  swap_creative: 'swap',
  renew_month_guard: 'money',
  set_audience: 'people',
  add_ad: 'new',
  delete_ad: 'delete',
  delete_campaign: 'delete',
};
