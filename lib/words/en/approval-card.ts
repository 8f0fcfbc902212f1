import type { ApprovalState } from '../../domain/approval';

export const approvalCardWords = {
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
    DECLINED: 'You did not approve this one. It changes nothing and spends nothing.',
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
};

export const responseCardWords = {
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
};
