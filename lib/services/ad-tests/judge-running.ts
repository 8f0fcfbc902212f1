import type { SuggestedAction } from '../../domain/action';
import type { AdTestMeasure } from '../../domain/ad-test';
import { type AdTestStanding, standingOfAdTest } from '../../domain/optimization/experiments/ad-test';
import { dayIn } from '../../domain/time';
import type { Prisma, Tx } from '../../runtime/db';
import { sha256Hex } from '../../runtime/ids';
import { type ServiceContext, transact, workspaceNow } from '../context';
import { record } from '../ledger/record';
import { gatherEvidence } from '../monitor/evidence';
import { proposeAction } from '../mutations/propose';
import { closeDraws, endedElsewhere } from './draws';
import { losersOf } from './losers';
import { tellResult } from './tell-result';

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
  const endedDraws = await endedElsewhere(ctx, input);
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
      const one = await judge(tx, inner, { test, drawEnded: endedDraws.has(test.id) });
      if (one) ended.push(one);
    }
    return ended;
  });
  for (const { test, losers, today } of over)
    for (const suggestion of losers)
      await proposeAction(ctx, { campaignRecordId: test.campaignRecordId, suggestion, day: `${today}:test` });
  await closeDraws(ctx, input);
  return { ended: over.length };
}

async function judge(
  tx: Tx,
  ctx: ServiceContext,
  { test, drawEnded }: { test: TestRow; drawEnded: boolean },
): Promise<Over | null> {
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
  const seen = standingOfAdTest(evidence, {
    level: test.level as 'ad' | 'adset',
    adSetKey: test.adSetKey,
    arms: test.arms,
    measure: test.measure as AdTestMeasure,
    startedOn: test.startedOn.toISOString().slice(0, 10),
    endsOn: test.endsOn.toISOString().slice(0, 10),
    seed: Number.parseInt(sha256Hex(test.id).slice(0, 6), 16),
  });
  const standing: AdTestStanding =
    drawEnded && seen.state === 'RUNNING' ? { ...seen, state: 'CANCELLED', cause: 'draw_ended' } : seen;
  if (standing.state === 'RUNNING') return null;
  const closed = await tx.adTest.updateMany({
    where: { workspaceId: ctx.workspaceId, id: test.id, state: 'RUNNING' },
    data: {
      state: standing.state,
      verdict: {
        ...standing.verdict,
        counts: standing.counts,
        cause: standing.cause,
      } as unknown as Prisma.InputJsonObject,
      endedAt: new Date(),
    },
  });
  if (closed.count === 0) return null;
  await record(tx, ctx, {
    event: 'ad_test.ended',
    subject: { type: 'ad_test', id: test.id },
    projectId: test.projectId,
    payload: { campaignId: test.campaignRecordId, state: standing.state },
    audit: {
      before: { state: 'RUNNING' },
      after: { state: standing.state, ...(standing.cause ? { cause: standing.cause } : {}) },
    },
  });
  await tellResult(tx, ctx, { test, standing });
  return { test, today, losers: standing.state === 'WON' ? losersOf(test, standing, evidence.dataThrough) : [] };
}
