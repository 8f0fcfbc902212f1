import type { LoginNeed } from '../../domain/login-need';

export const connectCardWords = {
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
};

export const pickerCardWords = {
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
};
