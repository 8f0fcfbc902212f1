import type { CampaignAction } from '../../domain/action';

export const actionCardWords = {
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
    delete_ad: 'Facebook deletes the ad with its likes and comments. Pausing it instead can be taken back at any time.',
    delete_campaign:
      'Facebook deletes the campaign with all its ads. Nothing more is spent on it. Pausing it instead can be taken back at any time.',
  },
  approveRemoval: 'Delete for good',
  audience: {
    ask: 'Show the ads to other people',
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
};

/** Which picture stands for a change in a list. */
export const actionMarks: Record<
  CampaignAction['kind'],
  'pause' | 'play' | 'money' | 'swap' | 'people' | 'new' | 'delete' | 'test'
> = {
  pause_ad: 'pause',
  pause_campaign: 'pause',
  resume_ad: 'play',
  resume_campaign: 'play',
  set_ad_set_budget: 'money',
  shift_budget: 'money',
  shift_campaigns: 'money',
  swap_creative: 'swap',
  renew_month_guard: 'money',
  restore_guard: 'money',
  set_audience: 'people',
  add_ad: 'new',
  start_test: 'test',
  end_test: 'test',
  delete_ad: 'delete',
  delete_campaign: 'delete',
};
