import type { Goal } from '../../domain/brief';
import type { BriefProblemCode } from '../../domain/brief-check';
import type { AppErrorCode } from '../../domain/errors';
import type { LoginNeed } from '../../domain/login-need';
import { statusWords, whyWords } from './agent-status';
import { briefQuestions } from './brief-questions';
import { errorWords } from './errors';

const NEEDS: Record<LoginNeed, string> = {
  create_ads: 'set up ads',
  read_numbers: 'see how they do',
  see_pages: 'see your Page, which every ad speaks for',
};

const goalPhrases: Record<Goal, string> = {
  LEADS: 'people asking you for an order or a booking',
  SALES: 'online sales',
  TRAFFIC: 'visitors to your website',
  APP_INSTALLS: 'people installing your app',
  MESSAGES: 'people writing to you',
  CALLS: 'people calling you',
};

const problems: Record<BriefProblemCode, string> = {
  too_short: 'That was too short for me to use.',
  too_long: 'That is more than fits on the card. A shorter version, please.',
  not_a_goal: 'I could not match that to anything I can do.',
  not_money: 'I could not read the amount.',
  not_positive: 'The amount has to be more than zero.',
  too_large: 'That amount looks too large to be right.',
  unknown_currency: 'I do not know that currency.',
  other_currency:
    'That is another currency than your budget. I never convert money, so please give it in the same one.',
  not_a_website: 'That does not look like a web address people could open.',
  not_a_country: 'I could not find that country.',
  not_a_percentage: 'That should be a whole percentage between 1 and 100.',
  not_a_language: 'I could not recognise that language.',
};

export const agentWords = {
  questions: briefQuestions,
  goalPhrases,
  problems,

  /** Said once, by the built-in helper. */
  helperIntro:
    'I am the built-in helper: no outside AI is switched on here, so short, plain sentences in English work best.',
  greeting:
    'Hello! I will help you get customers with Facebook and Instagram ads, step by step, and nothing is spent before you approve it.',

  noted: (facts: readonly string[]) => `${facts.length > 1 ? 'Noted' : 'Good'}: ${listOf(facts)}.`,
  /** Asked in every way, and nothing came that could be written down. */
  assumed: (facts: readonly string[]) =>
    `Let me put this down for now: ${listOf(facts)}. You can change it at any time.`,
  corrected: (facts: readonly string[]) => `Changed: ${listOf(facts)}.`,
  facts: {
    businessName: (value: string) => `your business is called ${value}`,
    businessDescription: (value: string) => lower(value),
    product: (value: string) => `the ads are about ${lower(value)}`,
    targetAudience: (value: string) => `your best customers are ${lower(value)}`,
    goal: (goal: Goal) => `the ads should bring ${goalPhrases[goal]}`,
    monthlyBudget: (money: string) => `up to ${money} a month`,
    monthlyBudgetFrom: (said: string, money: string) => `${said}, which is about ${money} a month`,
    perDay: (money: string) => `${money} a day`,
    perWeek: (money: string) => `${money} a week`,
    location: (value: string) => `you are in ${value}`,
    country: (name: string) => `that is in ${name}`,
    uniqueSellingPoint: (value: string) => `what makes you special: ${lower(value)}`,
    websiteUrl: (value: string) => `your website is ${value.replace(/^https?:\/\//, '')}`,
    noWebsite: 'no website, which is fine',
    privacyPolicyUrl: (value: string) => `your privacy notice is at ${value.replace(/^https?:\/\//, '')}`,
    noPrivacyPolicy: 'no privacy notice on the web yet',
    customerValue: (money: string) => `a new customer brings about ${money}`,
    noCustomerValue: 'we leave open what a customer is worth',
  },
  noSiteMeansMessages:
    'So the ads will invite people to write to you on Facebook. If they should rather leave their name and number, just say “a form”.',
  notNamedYet: 'Not named yet',
  anyoneNearby: 'People living nearby',

  askAgain: 'I did not quite get that.',
  goOn: 'To go on:',
  briefReady: 'That is all I need. Here is what I understood.',
  confirmOnCard:
    'Please check the card: press “Yes, that is right”, or tell me what to change. A “yes” written here does not count.',
  pressConfirm:
    'The card above is waiting for you: press “Yes, that is right” on it. A message alone does not count, so that nothing happens by accident.',
  whatToChange: 'What should I change? Just say it, for example “the budget is 200” or “we are in Braga”.',
  briefUpdated: 'I have put that on a fresh card.',

  connectIntro: 'Thank you, that is settled. Next I need to be allowed to set up ads for you.',
  connectHow: 'Press Connect Facebook on the card. Connecting spends nothing.',
  connectWaiting:
    'The next step is the Connect Facebook card above. Connecting spends nothing, and you can take the permission back at Facebook at any time.',
  connectDenied:
    'Facebook was not connected, and that is all right: nothing was spent. Without it I cannot set up ads. You can try again on this card whenever you like.',
  permissionsMissing: (missing: readonly LoginNeed[]) =>
    `You signed in, and one thing is still needed. Without it I cannot ${listOf(missing.map((need) => NEEDS[need]))}. Nothing was spent. Connect again on the card: Facebook asks only for what was left out.`,
  connectBroken:
    'Facebook no longer accepts our connection, usually after a password change. One press on the card puts it right.',
  chooseAccount:
    'You are connected. Please choose on the card which ad account and which Page belong to this business.',
  chooseAccountWaiting: 'Please choose the ad account and the Page on the card above. Then I write the plan by myself.',
  pageMissing:
    'I cannot find a Facebook Page for this business, and ads need one. You can make one at facebook.com/pages/create in a few minutes; then connect again.',

  drafting:
    'Facebook is connected. I am writing your plan now: the words, the pictures, who sees them and what it costs.',
  draftingAnother: 'I am writing another plan. What runs stays as it is, and the new one waits for your press.',
  drafted: (name: string, money: string) =>
    `Your plan “${name}” is ready: ${money} a day at most on average. It has a conversation of its own in the list, with the ads as they will look and a card to approve.`,
  sizedToMonth:
    'I made it smaller than usual: beside your other ads, this is what your limit still has room for this month.',
  draftedHere: (money: string) =>
    `The plan is on the card: ${money} a day on average. Check the ads, the place and the money. Nothing runs before you press Approve.`,
  englishOnly:
    'One thing I cannot do: I only write English, so the ads are in English. If your customers read another language, tell me the headline you want and I put it in.',
  /** Said as soon as photos arrive. The helper cannot look at them and does not pretend to. */
  photosReceived: (count: number) =>
    count === 1
      ? 'Thank you, your photo arrived. I cannot look at it myself, but the pictures of your ads are made with it.'
      : `Thank you, your ${count} photos arrived. I cannot look at them myself, but the pictures of your ads are made with them.`,
  photosWhileRunning: 'The ads that run now stay as they are; the next plan shows the new pictures.',
  redrafted: (version: number) =>
    `Here is version ${version}, with a list of what changed. The earlier card no longer counts.`,
  nothingChanged: 'That would be the same plan as before, so I left the card as it is.',
  whatShouldChange:
    'Tell me what should be different. For example: “cheaper”, “200 a month”, “ages 25 to 45”, “also in Braga”, “within 20 km”, or “other texts”.',
  sayItOtherwise:
    'That is beyond what I understand. I can change the money, the ages, the places and the words of the ads.',
  cheaper: (before: string, after: string) =>
    `I lowered the budget from ${before} to ${after} a month. Less money reaches fewer people; the new expectation is on the card.`,
  budgetChanged: (after: string) => `The budget is now ${after} a month.`,
  draftProblems: {
    brief_incomplete: 'Something in the brief is still missing.',
    brief_not_confirmed: 'The brief is not confirmed yet. Please press “Yes, that is right” on its card first.',
    ads_missing: 'The ads’ words are missing.',
    no_account: 'Please choose an ad account first.',
    no_page: 'Ads need a Facebook Page, and none is chosen yet.',
    account_not_usable:
      'Facebook does not let this ad account run ads right now. Please look at it in Facebook’s payment settings; your plan is not lost.',
    other_currency: (brief: string, account: string) =>
      `Your budget is in ${brief}, but the ad account pays in ${account}. I never convert money by myself. What is the most per month in ${account}?`,
    country_missing: 'I do not know which country the ads should run in. Which country is it?',
    goal_needs_website: 'That goal needs a website, and there is none. Shall the ads bring messages instead?',
    goal_needs_form:
      'Without a website, people leave their details in a form on Facebook. I make that form for you, but Facebook requires the web address of your own privacy notice in it. Send me that address when you have one. Or shall the ads bring messages instead? Nothing was started and nothing was spent.',
    form_terms:
      'For a form on Facebook your Page has to accept Facebook’s terms for forms first. Please open facebook.com/ads/leadgen/tos, choose your Page and accept, then write “go on” here. Nothing was started and nothing was spent.',
    goal_needs_phone:
      'I cannot make ads that ring your phone yet. Shall they bring messages instead? People can ask for your number there.',
    budget_below_minimum: (minimum: string) =>
      `Facebook does not run ads for so little in this account: it takes at least ${minimum} a month. What would be all right for you? If that is too much, the free things come first: a good Page, fresh photos, and asking happy customers for a review.`,
    month_full:
      'Your limit for this month is already promised to the ads that run, so I did not draft another plan: it could not be approved. I can put a higher limit before you, you can pause what runs, or we wait for the new month.',
    unsafe_claim: (phrase: string) =>
      `I left one sentence out, because Facebook and the law do not allow it: “${phrase}”. Please say it without promising a result.`,
    other: 'The plan cannot run like this yet.',
  },

  approvalWaiting:
    'Only the Approve button on the card starts it; a message never does. Please check the card once more and press it if you agree.',
  approvalsSeveral: (names: readonly string[]) =>
    `There is more than one card waiting: ${listOf(names)}. Which one do you mean?`,
  nothingWaits: 'No card is waiting for an answer right now.',
  spendMore:
    'More money is always your decision on a card, never by message. Facebook may also spend up to 75% more than the daily amount on a good day, so a careful step is better. Tell me the monthly amount you have in mind.',
  spendMoreRunning:
    'More money is always your decision on a card, never by message. When the numbers support a raise, I bring you such a card. Until then everything stays inside the limit you approved.',
  stopBefore:
    'Understood. Nothing of yours is running, nothing is being spent, and without your press on a card nothing will be.',
  stopRunning:
    'Understood, this comes first. I have put a card here: one press on it and everything is switched off at Facebook, and I check that it really is.',
  stopNotPossible:
    'Understood, this comes first. I could not prepare the switch-off here just now. The quickest way is the switch beside the campaign in Facebook’s Ads Manager, and I will see it within a few hours. I start nothing new meanwhile.',
  stopDone: 'Everything is switched off. I read it back at Facebook: nothing of this shop is running there.',
  stopOrdered:
    'Understood, this comes first. I am switching everything off at Facebook now and keep trying until I have read back that it is off. You will see it in this chat.',
  runningBudget:
    'The budget of running ads changes by card only, and writing it here changes nothing. When the numbers support another amount, I bring you such a card.',
  notFromChat: 'I cannot change that from the chat while ads run. What is running stays as it is.',
  undoHow:
    'Press Undo on that message and I put it back, unless something else has changed it since. A raise in spending needs a card of its own.',
  deploying: 'Your ads are being set up right now. The card shows each step; this message changes nothing.',

  guarantee:
    'Honestly: nobody can promise that. Your plan shows a range of what similar shops see, and I tell you every week how the truth compares. If an ad is clearly bad I pause it, and your monthly limit holds.',
  whoAreYou:
    'I am the built-in helper of this program, not a person and not a big AI. I follow simple rules: I collect what ads need, write a plan, and bring every decision to you on a card.',
  privacy:
    'Your words stay in this workspace and are used for your ads only. If you want everything deleted, the person who runs this installation can do it; I cannot do it from the chat.',
  price:
    'You pay Facebook for the ads, up to the limit you approve. What this program itself costs is up to whoever runs it for you; it takes no share of your ad money.',
  howItWorks:
    'It goes like this: you tell me about your business, you connect Facebook, I write a plan with real ads, and you approve it or change it. Then I watch the numbers and report every Monday.',
  banned:
    'I know of no rule of Facebook against programs like this one. Accounts get into trouble for ads that break the rules, so I stay with careful wording and go through Facebook’s official door.',
  whyAsk: 'I ask because the ads are written from your answers and from nothing else.',
  confused: 'Sorry, let me put it differently.',
  upset: 'I am sorry this is annoying. You can stop at any time, and nothing is spent without your press on a card.',
  thanks: 'You are welcome!',
  hello: 'Hello!',
  injection: 'I can only treat that as text. Nothing about money or approvals changes by a message.',
  offTopic: 'That is outside what I can do. I am only good for your ads.',
  foreign: 'I am sorry: the built-in helper only understands English well. Short English sentences work best.',
  restrictedTopic:
    'One thing first: ads about jobs, homes or credit follow stricter rules, so they may not be narrowed by age or to a small area. I plan yours that way.',
  noneOfThat: 'I am not sure what you mean by that.',
  whatICanDo: {
    approve: 'You can press Approve on the card, or tell me what to change.',
    running:
      'You can ask me how the ads are doing, why something was changed, to show them to other people, for a new ad, or tell me to stop them.',
  },

  lostThread: 'Sorry, I lost my thread. Could you say that again?',
  failed: (code: AppErrorCode, referenceId: string) =>
    `${errorWords[code].title} ${errorWords[code].money} ${errorWords[code].next} (Reference ${referenceId})`,

  cards: {
    brief: 'Your brief, to check and confirm.',
    connect: 'Connect Facebook.',
    accountPicker: 'Choose the ad account and the Page.',
    approval: 'A decision that waits for you.',
  },

  status: statusWords,
  why: whyWords,
} as const;

function listOf(items: readonly string[]): string {
  if (items.length < 2) return items.join('');
  // Owners' phrases hold commas of their own.
  return items.length === 2 && !items.some((item) => item.includes(',')) ? items.join(' and ') : items.join('; ');
}

/** A phrase of the owner inside a sentence; names and abbreviations keep their capitals. */
function lower(value: string): string {
  return /^(?:\p{Lu}\p{Ll}|A\s)/u.test(value) && !/^\p{Lu}\p{Ll}+\s\p{Lu}/u.test(value)
    ? value.charAt(0).toLowerCase() + value.slice(1)
    : value;
}
