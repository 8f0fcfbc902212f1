import type { SuggestedAction } from '../../domain/action';
import {
  type AdTestMeasure,
  type AdTestStanding,
  standingOfAdTest,
} from '../../domain/optimization/experiments/ad-test';
import type { OptimizationEvidence } from '../../domain/optimization/types';
import { dayIn } from '../../domain/time';
import type { Prisma, Tx } from '../../runtime/db';
import { sha256Hex } from '../../runtime/ids';
import { type ServiceContext, transact, workspaceNow } from '../context';
import { record } from '../ledger/record';
import { gatherEvidence } from '../monitor/evidence';
import { proposeAction } from '../mutations/propose';
import { tellCampaign } from '../notifications/tell-campaign';
import { headlinesOf } from './start';

type TestRow = Awaited<ReturnType<Tx['adTest']['findMany']>>[number];
type Over = { test: TestRow; losers: SuggestedAction[]; today: string };

/**
 * Looks at every comparison of an account that runs: one that has its answer, or its last day, ends once, is told in words,
 * and the ads that lost are proposed to be paused, through the gate like everything else. The caller holds the account.
 */
export async function judgeRunningTests(
  ctx: ServiceContext,
  input: { adAccountId: string },
): Promise<{ ended: number }> {
  const over = await transact(ctx, async (tx, inner) => {
    const tests = await tx.adTest.findMany({
      where: {
        workspaceId: ctx.workspaceId,
        state: 'RUNNING',
        campaign: { project: { adAccountId: input.adAccountId } },
      },
    });
    const ended: Over[] = [];
    for (const test of tests) {
      const one = await judge(tx, inner, test);
      if (one) ended.push(one);
    }
    return ended;
  });
  for (const { test, losers, today } of over)
    for (const suggestion of losers)
      await proposeAction(ctx, { campaignRecordId: test.campaignRecordId, suggestion, day: `${today}:test` });
  return { ended: over.length };
}

async function judge(tx: Tx, ctx: ServiceContext, test: TestRow): Promise<Over | null> {
  const campaign = await tx.campaignRecord.findFirst({
    where: { workspaceId: ctx.workspaceId, id: test.campaignRecordId },
    select: { timezone: true },
  });
  if (!campaign) return null;
  const today = dayIn(campaign.timezone, await workspaceNow(ctx, tx));
  const evidence = await gatherEvidence(tx, ctx, {
    campaignRecordId: test.campaignRecordId,
    today,
    pulledOn: today,
    lastDecidedOn: null,
  });
  if (!evidence || evidence.alarm) return null;
  const standing = standingOfAdTest(evidence, {
    adSetKey: test.adSetKey,
    arms: test.arms,
    measure: test.measure as AdTestMeasure,
    startedOn: test.startedOn.toISOString().slice(0, 10),
    endsOn: test.endsOn.toISOString().slice(0, 10),
    seed: Number.parseInt(sha256Hex(test.id).slice(0, 6), 16),
  });
  if (standing.state === 'RUNNING') return null;
  const closed = await tx.adTest.updateMany({
    where: { workspaceId: ctx.workspaceId, id: test.id, state: 'RUNNING' },
    data: {
      state: standing.state,
      verdict: { ...standing.verdict, counts: standing.counts } as unknown as Prisma.InputJsonObject,
      endedAt: new Date(),
    },
  });
  if (closed.count === 0) return null;
  await record(tx, ctx, {
    event: 'ad_test.ended',
    subject: { type: 'ad_test', id: test.id },
    projectId: test.projectId,
    payload: { campaignId: test.campaignRecordId, state: standing.state },
    audit: { after: { state: standing.state } },
  });
  await tell(tx, ctx, test, standing);
  return { test, today, losers: standing.state === 'WON' ? losersOf(test, standing, evidence) : [] };
}

const KEYS = {
  WON: 'ad_test_won',
  NO_DIFFERENCE: 'ad_test_no_difference',
  UNDECIDED: 'ad_test_undecided',
  CANCELLED: 'ad_test_cancelled',
} as const;

async function tell(tx: Tx, ctx: ServiceContext, test: TestRow, standing: AdTestStanding): Promise<void> {
  if (standing.state === 'RUNNING') return;
  const names = await headlinesOf(tx, ctx, { campaignId: test.campaignRecordId, keys: test.arms });
  const leader = standing.verdict?.leader ?? 0;
  const over = standing.verdict?.claimedOver ?? (leader === 0 ? 1 : 0);
  const perThousand = (arm: number) => {
    const counts = standing.counts[arm];
    return counts && counts.exposure > 0 ? Math.round((counts.events / counts.exposure) * 10_000) / 10 : 0;
  };
  await tellCampaign(ctx, {
    campaignRecordId: test.campaignRecordId,
    key: KEYS[standing.state],
    params: {
      leader: names[leader] ?? '',
      other: names[over] ?? '',
      leaderPerThousand: perThousand(leader),
      otherPerThousand: perThousand(over),
      measure: test.measure,
    },
    tone: standing.state === 'WON' ? 'good' : 'info',
    bell: 'AGENT_UPDATE',
  });
}

/** Ads the winner was claimed over. A third arm that was not is left to the daily rules. */
function losersOf(test: TestRow, standing: AdTestStanding, evidence: OptimizationEvidence): SuggestedAction[] {
  const { verdict, counts } = standing;
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
        until: evidence.dataThrough,
      },
    },
  ];
}
