import type { CampaignStatus } from '../../domain/campaign-status';

export const dashboardWords = {
  title: 'Your shops',
  hello: (name: string) => `Hello ${name}`,
  quiet: 'Nothing waits for you.',
  waiting: (count: number) => (count === 1 ? 'One thing waits for you.' : `${count} things wait for you.`),
  newProject: 'New shop',
  newProjectTitle: 'What is the business called?',
  newProjectLead: 'That is all we need here. The rest happens in the chat.',
  businessName: 'Business name',
  businessNameHint: 'The name your customers know.',
  create: 'Open the chat',
  empty: {
    title: 'No shop yet',
    reader: 'Nobody has opened a shop here. As soon as somebody does, you see it.',
    body: 'Add yours, or look around with a pretend one first. Nothing can be spent by accident.',
    pretend: 'Open a pretend shop',
  },
  open: 'Open the chat',
  look: 'Look at it',
  noCampaign: 'No ads yet',
  notConnected: 'Facebook is not connected',
  pretend: 'Pretend shop',
  needs: (count: number) => (count === 1 ? '1 waits for you' : `${count} wait for you`),
  dailyBudget: 'A day',
  spent7: 'Spent in 7 days',
  ads: 'Ads',
  nothingSpent: 'Nothing',
};

/** What a campaign's state means to its owner. */
export const campaignStatusWords: Record<CampaignStatus, string> = {
  DRAFT: 'Being drafted',
  PENDING_APPROVAL: 'Waits for your approval',
  CHANGES_REQUESTED: 'Being changed',
  APPROVED: 'Approved, starting soon',
  DEPLOYING: 'Being set up',
  DEPLOY_FAILED: 'Could not be set up',
  IN_REVIEW: 'Facebook is checking it',
  ACTIVE: 'Running',
  DISAPPROVED: 'Refused by Facebook',
  PAUSED: 'Paused',
  COMPLETED: 'Finished',
  ARCHIVED: 'Put away',
};
