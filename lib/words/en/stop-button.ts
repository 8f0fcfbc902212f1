import type { StopTargetState, StopView } from '../../domain/views';

/** The red button of every signed-in page and what it says afterwards. */
export const stopButtonWords = {
  button: 'Stop all',
  buttonLabel: 'Stop all ads',
  stoppedLabel: 'All ads are stopped. Show how it stands',
  stopped: 'Stopped',
  title: 'Stop all ads?',
  lead: 'Every ad of every shop is paused at Facebook now. Then I look whether it really is.',
  points: [
    'It costs nothing and can be undone later, by you alone.',
    'What was spent until now stays spent. Ads that were shown a moment ago may still count for a few minutes.',
    'Until you lift it, I start and change nothing.',
  ],
  confirm: 'Stop everything now',
  cancel: 'Leave everything as it is',
  sending: 'Stopping…',
  results: 'How it stands',
  none: 'Nothing was running. Nothing can start either until you lift the stop.',
  states: {
    CONFIRMED: 'Stopped, and read back at Facebook',
    SENT: 'Sent, being checked',
    QUEUED: 'Still trying',
    FAILED: 'Not stopped yet',
  } satisfies Record<StopTargetState, string>,
  reasons: {
    still_in_flight: 'Something was just on its way to Facebook. I look again in a moment.',
    still_on: 'Facebook still shows it as running. I press again.',
    paced: 'Facebook allows only so many requests. It follows as soon as there is room.',
    unreachable: 'Facebook does not answer. I keep trying.',
    connection: 'Facebook no longer accepts our connection. Connect again, or pause it in Facebook yourself.',
  } as Record<string, string>,
  reasonOther: 'I keep trying. You can also pause it in Facebook yourself.',
  again: 'Check everything again',
  lift: 'Lift the stop',
  liftNote: 'Lifting it switches nothing on. Each shop’s ads come back with a card of their own.',
  lifted: 'The stop is lifted. Nothing runs until you approve it.',
  close: 'Close',
};

/** One sentence over the list: what is certain, and what is not yet. */
export function stopSummary({ state, counts }: Pick<StopView, 'state' | 'counts'>): string {
  if (counts.campaigns === 0) return stopButtonWords.none;
  const all = counts.campaigns === 1 ? 'Your campaign is' : `All ${counts.campaigns} campaigns are`;
  if (state === 'STOPPED' && counts.confirmed === counts.campaigns)
    return `${all} stopped. I read it back at Facebook.`;
  const open = counts.campaigns - counts.confirmed;
  const trouble = counts.failed > 0 ? ` ${counts.failed} could not be stopped yet; I keep trying.` : '';
  return `${counts.confirmed} of ${counts.campaigns} stopped, ${open} still open.${trouble}`;
}
