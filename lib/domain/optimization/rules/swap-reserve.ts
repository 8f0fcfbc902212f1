import { daysBetween } from '../../time';
import { suggest } from '../evidence-of';
import { NOTHING, type OptimizationEvidence, type Suggestions } from '../types';

/** Days after our pause before a reserve takes the ad's place: time for the owner to take the pause back. */
const AFTER_PAUSE_DAYS = 1;

/**
 * Puts an approved reserve into an ad we paused, one a day; `resumeWithReserve` switches the ad on once the reserve is in.
 * The ad keeps resting meanwhile, so nothing runs unseen.
 */
export function swapReserve(evidence: OptimizationEvidence): Suggestions {
  for (const adSet of evidence.adSets) {
    const [reserveKey] = adSet.reserves;
    const ad = adSet.ads.find(
      (one) =>
        one.status === 'paused_by_us' &&
        isResting(one.pausedOn, one.creativeSince, evidence) &&
        !swapFailed(evidence, one.key),
    );
    if (!ad || !reserveKey || !evidence.envelope.maySwapInReserves) continue;
    const action = suggest(
      { kind: 'swap_creative', adKey: ad.key, reserveKey },
      {
        rule: 'swap-reserve',
        facts: [
          { key: 'reserve_key', value: reserveKey, subject: ad.key },
          { key: 'paused_on', value: ad.pausedOn ?? evidence.today, subject: ad.key },
        ],
        confidence: null,
        alternatives: ['keep_paused', 'new_ads_instead'],
        wouldChange: ['owner_says_keep'],
        since: ad.pausedOn ?? evidence.today,
        until: evidence.dataThrough,
      },
    );
    return { autonomousActions: [action], approvalActions: [] };
  }
  return NOTHING;
}

/** Switches an ad back on that we paused and that shows a fresh reserve since. */
export function resumeWithReserve(evidence: OptimizationEvidence): Suggestions {
  const ad = evidence.adSets
    .flatMap((adSet) => adSet.ads)
    .find(
      (one) =>
        one.status === 'paused_by_us' &&
        one.reserveKey !== null &&
        one.pausedOn !== null &&
        one.creativeSince >= one.pausedOn,
    );
  if (!ad?.reserveKey || ad.creativeSince >= evidence.today) return NOTHING;
  const action = suggest(
    { kind: 'resume_ad', adKey: ad.key },
    {
      rule: 'resume-with-reserve',
      facts: [
        { key: 'reserve_key', value: ad.reserveKey, subject: ad.key },
        { key: 'paused_on', value: ad.pausedOn ?? evidence.today, subject: ad.key },
      ],
      confidence: null,
      alternatives: ['keep_paused'],
      wouldChange: ['owner_says_keep'],
      since: ad.pausedOn ?? evidence.today,
      until: evidence.dataThrough,
    },
  );
  return { autonomousActions: [action], approvalActions: [] };
}

/** Paused long enough and still showing the creative it was paused for. */
function isResting(pausedOn: string | null, creativeSince: string, evidence: OptimizationEvidence): boolean {
  return pausedOn !== null && daysBetween(pausedOn, evidence.today) >= AFTER_PAUSE_DAYS && creativeSince < pausedOn;
}

/** The platform or the owner said no once: not again. */
function swapFailed(evidence: OptimizationEvidence, adKey: string): boolean {
  return evidence.pastActions.some(
    (past) =>
      past.kind === 'swap_creative' &&
      past.subjects.includes(adKey) &&
      ['failed', 'declined', 'undone', 'open'].includes(past.outcome),
  );
}
