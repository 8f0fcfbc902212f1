import { beforeAll, describe, expect, it } from 'vitest';
import { type CampaignAction, movesOf } from '@/lib/domain/action';
import type { AdTestTerms } from '@/lib/domain/ad-test';
import type { Plan } from '@/lib/domain/plan';
import { addDays, dayIn } from '@/lib/domain/time';
import { metaReader } from '@/lib/platforms/meta/reader';
import { setSimulatedClock } from '@/lib/platforms/meta/simulator';
import { inWorkspace } from '@/lib/runtime/db';
import { judgeRunningTests } from '@/lib/services/ad-tests/judge-running';
import { executeAction } from '@/lib/services/mutations/execute';
import { undoAction } from '@/lib/services/mutations/undo';
import { watchDrift } from '@/lib/services/mutations/watch-drift';
import { wishTest } from '@/lib/services/wishes/test';
import { type NoticeParams, noticeText } from '@/lib/words/en/notices';
import { expectCompleteLedger } from '../../fixtures/complete-ledger';
import { approveAction, DAY, eur, gateOverSimulator, job, live, propose, remote, rowOf } from '../../fixtures/gate';
import type { SimulatedLaunch } from '../../fixtures/simulated-launch';
import { setBusinessTime } from '../insights/running-campaign';

const { admin, posts } = gateOverSimulator();

/** Two groups with unequal daily budgets. */
function twoGroups(plan: Plan): Plan {
  const [adSet] = plan.adSets;
  if (!adSet) throw new Error('no ad set');
  return {
    ...plan,
    envelope: { ...plan.envelope, monthlyCeiling: eur(90_000), maxShiftPercent: 20, maxChangesPerDay: 20 },
    adSets: [
      { ...adSet, dailyBudget: eur(700) },
      {
        ...adSet,
        key: 'adset-2',
        name: 'Elsewhere',
        dailyBudget: eur(300),
        ads: adSet.ads.slice(0, 1).map((ad) => ({ ...ad, key: 'ad-9' })),
        reserves: [],
      },
    ],
  };
}
const terms = (id: string, more: Partial<AdTestTerms> = {}): AdTestTerms => ({
  id,
  level: 'adset',
  drawnBy: 'lot',
  arms: ['adset-1', 'adset-2'],
  adSetKey: null,
  measure: 'results',
  question: null,
  seesPercent: 30,
  days: 10,
  answerBy: '2026-12-30',
  sizing: { detectableLift: 0.2, baseRate: 0.001, exposurePerDay: 1000 },
  moves: [
    { adSetKey: 'adset-1', from: eur(700), to: eur(500) },
    { adSetKey: 'adset-2', from: eur(300), to: eur(500) },
  ],
  ...more,
});
const start = (test: AdTestTerms): CampaignAction => ({ kind: 'start_test', test });
const budgets = async (launch: SimulatedLaunch) =>
  Promise.all(['adset-1', 'adset-2'].map(async (key) => (await remote(launch, 'adset', key))?.dailyBudget?.minor));
const testRow = (launch: SimulatedLaunch, id: string) =>
  inWorkspace(launch.ctx.workspaceId, (tx) => tx.adTest.findUnique({ where: { id } }));
const studyPosts = async (launch: SimulatedLaunch) =>
  (await posts(launch)).filter(({ path }) => path.endsWith('/ad_studies')).length;
async function pressed(launch: SimulatedLaunch, action: CampaignAction, day: string): Promise<string> {
  const { actionId, verdict } = await propose(launch, action, day);
  expect(verdict).toMatchObject({ answer: 'ask', reasons: ['starts_test'] });
  await approveAction(launch, actionId);
  return actionId;
}

const permit = (status: 'granted' | 'declined', launch = current) =>
  admin('POST', `worlds/${launch?.world.worldId}/permissions`, { permission: 'business_management', status });
let current: SimulatedLaunch | null = null;

/** Days (from, before) from a day on which each group's first ad cost 5.00 and brought so many results. */
async function counted(
  launch: SimulatedLaunch,
  day: string,
  from: number,
  before: number,
  results: Record<string, number>,
): Promise<void> {
  const objects = await inWorkspace(launch.ctx.workspaceId, (tx) =>
    tx.remoteObject.findMany({ where: { level: { in: ['adset', 'ad'] } } }),
  );
  const rows = Object.entries(results).flatMap(([key, count]) => {
    const group = objects.find(({ level, localKey }) => level === 'adset' && localKey === key);
    const ad = objects.find(({ level, parentRemoteId }) => level === 'ad' && parentRemoteId === group?.remoteId);
    return Array.from({ length: before - from }, (_, at) => ({
      workspaceId: launch.ctx.workspaceId,
      platform: 'meta',
      level: 'ad',
      entityId: ad?.remoteId ?? '',
      day: new Date(addDays(day, from + at)),
      attribution: 'default',
      accountId: launch.account.externalId,
      parentId: group?.remoteId ?? '',
      currency: 'EUR',
      spendMinor: 500n,
      impressions: 4000,
      clicks: 200,
      results: count,
    }));
  });
  await inWorkspace(launch.ctx.workspaceId, (tx) => tx.insightFact.createMany({ data: rows }));
}

describe('a comparison of groups drawn by lot at Facebook', () => {
  let launch: SimulatedLaunch;
  beforeAll(async () => {
    launch = await live(twoGroups);
    current = launch;
  }, 240_000);

  it('without permission is refused before a budget is moved; the press on the card changes nothing', async () => {
    await permit('declined');
    const actionId = await pressed(launch, start(terms('10000000-0000-4000-8000-000000000001')), 's0');
    await executeAction(job(launch), { actionId });
    expect(await rowOf(launch, actionId)).toMatchObject({ state: 'FAILED', errorCode: 'platform_not_permitted' });
    expect(await budgets(launch)).toEqual([700n, 300n]);
    await permit('granted');
  }, 240_000);

  it('makes the budgets equal, then the draw, once even where its answer was lost; Undo ends both, and nobody finds a change', async () => {
    const id = '10000000-0000-4000-8000-000000000002';
    const actionId = await pressed(launch, start(terms(id)), 's1');
    await admin('POST', 'faults', {
      kind: 'http_500',
      world: launch.world.worldId,
      match: { method: 'POST', path: '/ad_studies' },
      params: { after: true },
    });
    const first = await executeAction(job(launch), { actionId });
    expect(first).toMatchObject({ snoozeSeconds: expect.any(Number) });
    expect(await testRow(launch, id)).toBeNull();
    await new Promise((resolve) => setTimeout(resolve, 400));
    await executeAction(job(launch), { actionId });
    expect(await rowOf(launch, actionId)).toMatchObject({ state: 'DONE' });
    expect(await studyPosts(launch)).toBe(1);
    expect(await budgets(launch)).toEqual([500n, 500n]);
    const row = await testRow(launch, id);
    expect(row).toMatchObject({ state: 'RUNNING', drawnBy: 'lot', level: 'adset', actionId, studyEndedAt: null });
    const seen = await metaReader.readDraw(launch.access, row?.studyId ?? '');
    expect(seen?.cells.map(({ sharePercent }) => sharePercent)).toEqual([50, 50]);
    expect(seen?.isCancelled).toBe(false);
    expect(await watchDrift(job(launch), { campaignRecordId: launch.campaignRecordId })).toMatchObject({ found: 0 });

    // The engine leaves the money alone that is held equal.
    const shift: CampaignAction = {
      kind: 'shift_budget',
      moves: [
        { adSetKey: 'adset-1', from: eur(500), to: eur(450) },
        { adSetKey: 'adset-2', from: eur(500), to: eur(550) },
      ],
    };
    expect((await propose(launch, shift, 's2')).verdict).toMatchObject({ answer: 'refuse', reasons: ['test_runs'] });

    const undo = await undoAction(launch.ctx, { actionId });
    await executeAction(job(launch), undo);
    expect(await rowOf(launch, undo.actionId)).toMatchObject({ state: 'DONE', kind: 'end_test' });
    expect(movesOf((await rowOf(launch, undo.actionId)).action as CampaignAction)).toHaveLength(2);
    expect(await budgets(launch)).toEqual([700n, 300n]);
    expect(await testRow(launch, id)).toMatchObject({ state: 'STOPPED', studyEndedAt: expect.any(Date) });
    const after = await metaReader.readDraw(launch.access, row?.studyId ?? '');
    expect(after === null || after.isCancelled).toBe(true);
    expect(await watchDrift(job(launch), { campaignRecordId: launch.campaignRecordId })).toMatchObject({ found: 0 });
    await expectCompleteLedger({ admin } as never, launch.ctx, launch.world.worldId);
  }, 240_000);

  it('asked for in words it promises a draw only where Facebook holds one; its answer is told, and the draw ends with it', async () => {
    const { ctx } = launch;
    const today = dayIn(launch.plan.account.timezone, new Date());
    await counted(launch, today, -14, 0, { 'adset-1': 20, 'adset-2': 20 });
    const ask = () =>
      wishTest(ctx, {
        projectId: launch.projectId,
        campaignId: launch.campaignRecordId,
        compare: 'groups',
        question: null,
        by: 'owner',
      });
    await permit('declined');
    expect(await ask()).toMatchObject({ test: { level: 'adset', drawnBy: 'platform' } });
    await permit('granted');
    const wished = await ask();
    if ('refused' in wished) throw new Error(wished.refused);
    expect(wished.test).toMatchObject({ drawnBy: 'lot', measure: 'results' });
    expect(wished.test.moves.map(({ to }) => to.minor)).toEqual(['500', '500']);
    await approveAction(launch, wished.actionId);
    await executeAction(job(launch), { actionId: wished.actionId });
    const row = await testRow(launch, wished.test.id);
    expect(row).toMatchObject({ state: 'RUNNING', drawnBy: 'lot' });

    await counted(launch, today, 1, 11, { 'adset-1': 10, 'adset-2': 45 });
    await setBusinessTime(ctx.workspaceId, `${addDays(today, 11)}T12:00:00Z`);
    await setSimulatedClock(launch.world.worldId, { advanceMs: 11 * DAY });
    expect(await judgeRunningTests(job(launch), { adAccountId: launch.account.id })).toEqual({ ended: 1 });
    expect(await testRow(launch, wished.test.id)).toMatchObject({ state: 'WON' });
    const [bell] = await inWorkspace(ctx.workspaceId, (tx) =>
      tx.notification.findMany({ where: { key: 'ad_test_won' } }),
    );
    const said = noticeText('ad_test_won', bell?.params as NoticeParams, 'en').body;
    expect(said).toMatch(/^“Elsewhere” won/);
    expect(said).toContain('drew by lot');
    const end = await inWorkspace(ctx.workspaceId, (tx) =>
      tx.campaignActionRecord.findFirstOrThrow({ where: { kind: 'end_test', state: 'EXECUTING' } }),
    );
    await executeAction(job(launch), { actionId: end.id });
    expect(await rowOf(launch, end.id)).toMatchObject({ state: 'DONE' });
    expect(await testRow(launch, wished.test.id)).toMatchObject({ state: 'WON', studyEndedAt: expect.any(Date) });
    const seen = await metaReader.readDraw(launch.access, row?.studyId ?? '');
    expect(Date.parse(seen?.endsAt ?? '')).toBeLessThan(Date.parse(`${addDays(today, 12)}T00:00:00Z`));
    expect(await budgets(launch)).toEqual([500n, 500n]);
  }, 240_000);

  it('without a draw the platform is asked for none, and the comparison says who decides', async () => {
    const [before, held] = [await studyPosts(launch), await budgets(launch)];
    const id = '10000000-0000-4000-8000-000000000003';
    const actionId = await pressed(launch, start(terms(id, { drawnBy: 'platform', moves: [] })), 's3');
    await executeAction(job(launch), { actionId });
    expect(await testRow(launch, id)).toMatchObject({ state: 'RUNNING', drawnBy: 'platform', studyId: null });
    expect(await studyPosts(launch)).toBe(before);
    expect(await budgets(launch)).toEqual(held);
  }, 240_000);
});
