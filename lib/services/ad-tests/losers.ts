import type { SuggestedAction } from '../../domain/action';
import type { AdTestStanding } from '../../domain/optimization/experiments/ad-test';

type Test = { level: string; arms: readonly string[]; measure: string; startedOn: Date };

/**
 * Ads the winner was claimed over. A third arm that was not is left to the daily rules; so is the money of groups, which are
 * not held equal any longer.
 */
export function losersOf(test: Test, { verdict, counts }: AdTestStanding, until: string): SuggestedAction[] {
  if (test.level !== 'ad') return [];
  const adKey = verdict?.claimedOver == null ? undefined : test.arms[verdict.claimedOver];
  const winner = test.arms[verdict?.leader ?? -1];
  const own = counts[verdict?.claimedOver ?? -1];
  const best = counts[verdict?.leader ?? -1];
  if (!adKey || !winner || !own || !best) return [];
  const [exposure, events] =
    test.measure === 'results' ? (['clicks', 'results'] as const) : (['shown_times', 'clicks'] as const);
  return [
    {
      action: { kind: 'pause_ad', adKey },
      evidence: {
        rule: 'test-winner',
        facts: [
          { key: `ad_${exposure}`, value: own.exposure, subject: adKey },
          { key: `ad_${events}`, value: own.events, subject: adKey },
          { key: `best_ad_${exposure}`, value: best.exposure, subject: winner },
          { key: `best_ad_${events}`, value: best.events, subject: winner },
        ],
        // At most 5 % of equal pairs are ever claimed, whenever it is looked.
        confidence: 0.95,
        alternatives: ['keep_running'],
        wouldChange: ['ad_catches_up', 'owner_says_keep'],
        since: test.startedOn.toISOString().slice(0, 10),
        until,
      },
    },
  ];
}
