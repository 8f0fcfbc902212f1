import type { AppErrorCode } from '../../domain/errors';

/** What an owner reads when something fails: what happened, what it means for the money, what to do next. */
export type ErrorWords = { title: string; money: string; next: string };

const NOTHING_SPENT = 'Nothing was spent and nothing was changed.';

export const errorWords: Record<AppErrorCode, ErrorWords> = {
  invalid_input: {
    title: 'Something in that did not look right.',
    money: NOTHING_SPENT,
    next: 'Please check it and try again.',
  },
  file_too_large: {
    title: 'That photo is too large.',
    money: NOTHING_SPENT,
    next: 'Photos up to 8 MB fit. Send a smaller one.',
  },
  file_not_a_photo: {
    title: 'I cannot open that as a photo.',
    money: NOTHING_SPENT,
    next: 'JPEG, PNG and WebP pictures work. Save it as one of these and try again.',
  },
  file_too_small: {
    title: 'That photo is too small for an ad.',
    money: NOTHING_SPENT,
    next: 'Send one that is at least 200 pixels on its shorter side; larger looks better.',
  },
  storage_full: {
    title: 'There is no more room for photos.',
    money: NOTHING_SPENT,
    next: 'The photos you already sent stay and are used. Tell us if you need more room.',
  },
  not_signed_in: { title: 'Please sign in first.', money: NOTHING_SPENT, next: 'Sign in and come back to this page.' },
  not_found: {
    title: 'We could not find that.',
    money: NOTHING_SPENT,
    next: 'Go back to your dashboard and open it from there.',
  },
  workspace_unclear: {
    title: 'I cannot tell which of your workspaces this page shows.',
    money: NOTHING_SPENT,
    next: 'Reload the page, look at it once more, and press again.',
  },
  conflict: {
    title: 'Someone or something changed this a moment ago.',
    money: NOTHING_SPENT,
    next: 'Look at it again and decide afresh.',
  },
  rate_limited: { title: 'That was a bit too fast.', money: NOTHING_SPENT, next: 'Wait a minute and try again.' },
  approval_hash_mismatch: {
    title: 'This card no longer shows what would run.',
    money: 'Nothing was approved and nothing was spent.',
    next: 'Open the newest card and check it there.',
  },
  approval_expired: {
    title: 'This card has expired.',
    money: 'Nothing was approved and nothing was spent.',
    next: 'Ask for a fresh one in the chat.',
  },
  approval_drift: {
    title: 'Something this card was made from has changed since.',
    money: 'Nothing was approved and nothing was spent.',
    next: 'Ask for a fresh card; it will show what holds now.',
  },
  above_month_limit: {
    title: 'This does not fit into your limit for the month together with what already runs.',
    money: 'Nothing was approved and nothing was spent.',
    next: 'Ask for a smaller daily amount, or for a card that raises your limit as well.',
  },
  guard_beyond_month: {
    title: 'As it stands at Facebook now, these ads could spend more than your month has left.',
    money: 'Nothing was approved. Until ours is put back, Facebook lets them spend up to what stands there.',
    next: 'Put ours back, or pause the campaign. To keep it, raise your limit for the month first.',
  },
  below_promised: {
    title: 'What runs now may still spend more than that limit.',
    money: 'Your limit stays as it was. Nothing was changed.',
    next: 'Pause or lower some ads first, or set a limit that leaves room for them.',
  },
  approval_not_waiting: {
    title: 'This card was already answered.',
    money: 'Your first answer counts. Nothing happened twice.',
    next: 'The card shows what became of it.',
  },
  turn_running: {
    title: 'I am still answering your last message.',
    money: NOTHING_SPENT,
    next: 'Wait for the answer, or press Stop.',
  },
  model_unavailable: {
    title: 'I cannot think clearly right now: the language service does not answer.',
    money: 'Your ads are not touched by this.',
    next: 'Your message is kept. Try again in a minute.',
  },
  model_limit_reached: {
    title: 'This month’s budget for my answers is used up.',
    money: 'This is about my answers only. Your ads go on as approved.',
    next: 'It starts afresh next month, or raise the limit in the settings of this installation.',
  },
  model_day_limit_reached: {
    title: 'I have answered as much as I may today.',
    money: 'This is about my answers only. Your ads go on as approved.',
    next: 'I am back tomorrow. Whoever runs this installation can raise the daily limit.',
  },
  facebook_denied: {
    title: 'Facebook was not connected.',
    money: NOTHING_SPENT,
    next: 'Press Connect Facebook again whenever you like.',
  },
  facebook_state_invalid: {
    title: 'That sign-in link was old or already used.',
    money: NOTHING_SPENT,
    next: 'Press Connect Facebook again in the chat.',
  },
  facebook_not_connected: {
    title: 'Facebook is not connected yet.',
    money: NOTHING_SPENT,
    next: 'Connect it in the chat first.',
  },
  platform_retry_later: {
    title: 'Facebook asks us to wait a little.',
    money: 'Nothing new was switched on.',
    next: 'We try again by ourselves.',
  },
  platform_reauthorise: {
    title: 'Facebook no longer accepts our connection.',
    money: 'Ads that already run stay inside the limits you approved.',
    next: 'Connect Facebook again in the chat.',
  },
  platform_fix_input: {
    title: 'Facebook did not accept this.',
    money: 'Nothing was switched on.',
    next: 'Ask me in the chat and I will suggest a change.',
  },
  platform_not_permitted: {
    title: 'Facebook does not let this account do that.',
    money: 'Nothing was switched on.',
    next: 'Check the account’s permissions at Facebook, then try again.',
  },
  stopped: {
    title: 'Your ads are stopped.',
    money: 'Nothing was switched on, and nothing new is being spent.',
    next: 'To start again, lift the stop first. I ask you with a card.',
  },
  connection_quarantined: {
    title: 'I have stopped using this Facebook connection until somebody has looked at it.',
    money: 'I can still stop your ads. Nothing else is changed meanwhile.',
    next: 'Look at the connection and release it, then try again.',
  },
  platform_unknown_outcome: {
    title: 'Facebook did not confirm the last step.',
    money: 'We check before doing anything again, so nothing happens twice.',
    next: 'You need not do anything. We tell you what we find.',
  },
  simulated_only: {
    title: 'Time can only be moved for a pretend shop.',
    money: NOTHING_SPENT,
    next: 'Open a pretend shop to try it.',
  },
  undo_conflict: {
    title: 'Somebody changed this since I did, so I leave it as it is.',
    money: 'Nothing was changed. What runs now stays as it is.',
    next: 'If you want the old state back all the same, ask me in the chat.',
  },
  undo_not_possible: {
    title: 'This cannot be undone any more.',
    money: NOTHING_SPENT,
    next: 'Ask me in the chat what can be done instead.',
  },
  not_permitted: { title: 'You may not do that here.', money: NOTHING_SPENT, next: 'Ask the owner of this workspace.' },
  above_your_limit: {
    title: 'This costs more per day than you may approve.',
    money: 'Nothing was approved and nothing was spent.',
    next: 'The card goes on waiting. Ask the owner of this workspace to look at it.',
  },
  last_owner: {
    title: 'Somebody has to own this workspace.',
    money: NOTHING_SPENT,
    next: 'Make another person an owner first.',
  },
  invitation_invalid: {
    title: 'This invitation is old, was taken back, or has been used.',
    money: NOTHING_SPENT,
    next: 'Ask for a fresh one.',
  },
  invitation_for_another: {
    title: 'This invitation is for another e-mail address.',
    money: NOTHING_SPENT,
    next: 'Sign in with the address it was sent to.',
  },
  internal: {
    title: 'Something went wrong on our side.',
    money: 'Nothing new was switched on.',
    next: 'Try again. If it stays, send us the reference below.',
  },
};
