import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { CampaignAction, Evidence } from '@/lib/domain/action';
import { mostSpend } from '@/lib/domain/pacing';
import type { Envelope, Plan } from '@/lib/domain/plan';
import { daysBetween } from '@/lib/domain/time';
import { closeSendingBoss, plugJobEngine } from '@/lib/jobs/engine';
import { metaReader } from '@/lib/platforms/meta/reader';
import { closeDatabase, inWorkspace } from '@/lib/runtime/db';
import { transact } from '@/lib/services/context';
import { openCampaignConversation } from '@/lib/services/conversations/open';
import { runDeployment } from '@/lib/services/deployments/run';
import { proposeAction } from '@/lib/services/mutations/propose';
import { accountMonth } from '@/lib/services/pacing/account-month';
import { proposePolicyChange } from '@/lib/services/policy/propose-change';
import { type Simulator, startSimulator } from '../contract/meta/simulator-process';
import { putBeforeOwner } from '../fixtures/launch';
import { approve, buildSimulatedLaunch, type SimulatedLaunch } from '../fixtures/simulated-launch';
import type { Order } from './ceiling-child';
import { mixed, startTwoWorkers, type Worker } from './two-workers';

/** `npm run soak ceiling` runs them all. */
const SCHEDULES = process.env.SOAK === '1' ? 1_000 : 5;
const CEILING = 60_000;
const eur = (minor: number | bigint) => ({ minor: String(minor), currency: 'EUR' });

let simulator: Simulator;
let workers: Worker[] = [];

beforeAll(async () => {
  process.env.SIMULATOR_SETTLE_MS = '300';
  process.env.META_TIMEOUT_MS = '5000';
  simulator = await startSimulator();
  process.env.SIMULATOR_URL = simulator.url;
  plugJobEngine();
  workers = await startTwoWorkers();
});
afterAll(async () => {
  for (const worker of workers) worker.child.stdin?.end();
  await closeSendingBoss();
  await closeDatabase();
  await simulator.stop();
});

/** Two ad sets, one ad each, so that a launch is quick and money can be moved. */
const small =
  (name: string, daily: number) =>
  (plan: Plan): Plan => {
    const [adSet] = plan.adSets;
    if (!adSet) throw new Error('no ad set');
    const ads = adSet.ads.slice(0, 1);
    const half = eur(daily / 2);
    return {
      ...plan,
      name,
      dailyBudget: eur(daily),
      envelope: { ...plan.envelope, monthlyCeiling: eur(CEILING) },
      adSets: [
        { ...adSet, key: 'adset-1', dailyBudget: half, ads, reserves: [] },
        {
          ...adSet,
          key: 'adset-2',
          name: 'Elsewhere',
          dailyBudget: half,
          ads: ads.map((ad) => ({ ...ad, key: 'ad-9' })),
          reserves: [],
        },
      ],
    };
  };

type Shop = SimulatedLaunch & { campaigns: string[]; version: number };

/** A shop with three running campaigns, one of them too small for a cap at the platform. */
async function openShop(): Promise<Shop> {
  const launch = await buildSimulatedLaunch(small('Cakes', 1_000));
  await inWorkspace(launch.ctx.workspaceId, (tx) =>
    tx.adAccount.updateMany({ data: { details: { minCampaignSpendCapMinor: '10000' } } }),
  );
  const job = { ...launch.ctx, actor: { type: 'job' as const, name: 'deploy' } };
  const deploy = (deploymentId: string) => runDeployment(job, { deploymentId, signal: new AbortController().signal });
  await deploy(await approve(launch));
  const campaigns = [launch.campaignRecordId];
  for (const [name, daily] of [
    ['Bread', 800],
    ['Coffee', 200],
  ] as const) {
    const card = await draft(launch, name, daily);
    campaigns.push(card.campaignRecordId);
    await deploy(await approve({ ...launch, ...card }));
  }
  return { ...launch, campaigns, version: 1 };
}

async function draft(launch: SimulatedLaunch, name: string, daily: number) {
  const { ctx, projectId, account } = launch;
  const campaignRecordId = randomUUID();
  const plan = small(name, daily)(launch.plan);
  await inWorkspace(ctx.workspaceId, (tx) =>
    tx.campaignRecord.create({
      data: {
        id: campaignRecordId,
        workspaceId: ctx.workspaceId,
        projectId,
        name,
        status: 'PENDING_APPROVAL',
        adAccountId: account.externalId,
        currency: account.currency,
        timezone: account.timezone,
      },
    }),
  );
  const { conversationId } = await openCampaignConversation(ctx, { projectId, campaignRecordId, title: name });
  const card = await putBeforeOwner(launch, { campaignRecordId, conversationId, plan, version: 1 });
  return { campaignRecordId, conversationId, plan, ...card };
}

type Wish =
  | { kind: 'budget'; campaign: number; adSet: 1 | 2; percent: number; lift: boolean }
  | { kind: 'launch'; daily: number }
  | { kind: 'limit'; percent: number };
type Schedule = { wishes: Wish[]; seed: number };

const wish: fc.Arbitrary<Wish> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('budget' as const),
      campaign: fc.nat(2),
      adSet: fc.constantFrom(1 as const, 2 as const),
      percent: fc.constantFrom(20, 50, 90, 101, 110, 150, 300, 1_000),
      lift: fc.boolean(),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('launch' as const), daily: fc.constantFrom(200, 800, 4_000) }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('limit' as const), percent: fc.constantFrom(60, 90, 110) }) },
);
const schedule: fc.Arbitrary<Schedule> = fc.record({
  wishes: fc.array(wish, { minLength: 1, maxLength: 3 }),
  seed: fc.nat(1_000_000),
});

const evidence: Evidence = {
  rule: 'raise-budget',
  facts: [],
  confidence: 0.99,
  alternatives: [],
  wouldChange: [],
  since: '2026-11-01',
  until: '2026-11-20',
};

it(`what may be spent stays within the ceiling at every moment, over ${SCHEDULES} orders of two processes`, async () => {
  let shop = await openShop();
  const seen = { pressed: 0, refused: 0, done: 0, limits: 0, launches: 0, looks: 0 };
  const drawn = fc.sample(schedule, { numRuns: SCHEDULES, seed: 20_261_121 });
  for (const [round, one] of drawn.entries()) {
    if (round > 0 && round % 250 === 0) shop = await openShop();
    const { orders, rows } = await ask(shop, one, round);
    const stop = { now: false };
    const watching = watch(shop, stop);
    // Both get everything, each in an order of its own: every press and every execution races its double.
    const answers = await Promise.all(
      workers.map((worker, index) =>
        worker.tell({
          workspaceId: shop.ctx.workspaceId,
          userId: shop.userId,
          orders: mixed(orders, one.seed + index),
        }),
      ),
    );
    // The queue would come back for what was approved after its execution had looked.
    const last = rows.map((actionId): Order => ({ do: 'execute', actionId }));
    const told = { workspaceId: shop.ctx.workspaceId, userId: shop.userId, orders: last };
    answers.push(...(await Promise.all(workers.map((worker) => worker.tell(told)))));
    stop.now = true;
    seen.looks += await watching;
    expect(answers.flat().filter((answer) => answer.startsWith('broken') || answer === 'unfinished')).toEqual([]);
    const after = await standsStill(shop);
    expect(after.reservedMinor).toBe(0n);
    expect(after.promised).toBeLessThanOrEqual(after.ceiling);
    await expectReasons(shop, rows);
    seen.pressed += answers.flat().filter((answer) => answer === 'APPROVED').length;
    seen.refused += answers.flat().filter((answer) => answer === 'above_month_limit').length;
    seen.done = after.done;
    await calm(shop);
    if (round % 25 === 24) console.info(JSON.stringify({ schedules: round + 1, ...seen }));
  }
  console.info(JSON.stringify({ schedules: drawn.length, ...seen }));
  expect(seen.pressed).toBeGreaterThan(SCHEDULES / 4);
  if (SCHEDULES > 100) expect(seen.refused).toBeGreaterThan(0);
}, 3_600_000);

type Asked = { orders: Order[]; rows: string[] };

/** Puts every wish before the owner. What policy refuses at once asks nothing. */
async function ask(shop: Shop, { wishes }: Schedule, round: number): Promise<Asked> {
  const job = { ...shop.ctx, actor: { type: 'job' as const, name: 'optimize' } };
  const asked: Asked = { orders: [], rows: [] };
  for (const [index, one] of wishes.entries()) {
    if (one.kind === 'launch') {
      const card = await draft(shop, `Launch ${round}-${index}`, one.daily);
      asked.orders.push({ do: 'press', approvalId: card.approvalId, hash: card.hash });
      continue;
    }
    if (one.kind === 'limit') {
      const ceiling = await ceilingOf(shop);
      const change: Partial<Envelope> = { monthlyCeiling: eur((ceiling * BigInt(one.percent)) / 100n) };
      const card = await proposePolicyChange(shop.ctx, { projectId: shop.projectId, conversationId: null, change });
      asked.orders.push({ do: 'press', approvalId: card.approvalId, hash: card.hash });
      continue;
    }
    const campaignRecordId = shop.campaigns[one.campaign] ?? '';
    const from = await budgetOf(shop, campaignRecordId, `adset-${one.adSet}`);
    const to = (from * BigInt(one.percent)) / 100n;
    const action: CampaignAction = {
      kind: 'set_ad_set_budget',
      adSetKey: `adset-${one.adSet}`,
      from: eur(from),
      to: eur(to),
      ...(one.lift ? { newMonthlyCeiling: eur((await ceilingOf(shop)) * 2n) } : {}),
    };
    const day = `${round}-${index}`;
    const { actionId, verdict } = await proposeAction(job, { campaignRecordId, suggestion: { action, evidence }, day });
    asked.rows.push(actionId);
    if (verdict.answer !== 'ask') continue;
    const approval = await inWorkspace(shop.ctx.workspaceId, (tx) =>
      tx.approval.findFirstOrThrow({ where: { actionId } }),
    );
    asked.orders.push({ do: 'press', approvalId: approval.id, hash: approval.hash }, { do: 'execute', actionId });
  }
  return asked;
}

const ceilingOf = async (shop: Shop): Promise<bigint> => {
  const row = await inWorkspace(shop.ctx.workspaceId, (tx) =>
    tx.policyVersion.findFirstOrThrow({ where: { projectId: shop.projectId }, orderBy: { version: 'desc' } }),
  );
  return BigInt((row.envelope as Envelope).monthlyCeiling.minor);
};

const budgetOf = async (shop: Shop, campaignRecordId: string, localKey: string): Promise<bigint> => {
  const row = await inWorkspace(shop.ctx.workspaceId, (tx) =>
    tx.remoteObject.findFirstOrThrow({ where: { campaignRecordId, level: 'adset', localKey } }),
  );
  return BigInt((row.state as { dailyBudget: { minor: string } }).dailyBudget.minor);
};

/** The books: what is promised never exceeds the ceiling and what was approved together with a higher one. */
async function books(shop: Shop) {
  return inWorkspace(shop.ctx.workspaceId, async (tx) => {
    const row = await tx.monthBudget.findFirstOrThrow({ where: { projectId: shop.projectId } });
    const onTheirWay = await tx.monthReservation.findMany({
      where: { projectId: shop.projectId, state: { in: ['HELD', 'SPENDING'] } },
    });
    return { ...row, onTheirWay };
  });
}

/** Looks again and again while both processes work: at the books, and at what the platform itself would let be spent. */
async function watch(shop: Shop, stop: { now: boolean }): Promise<number> {
  let looks = 0;
  while (!stop.now) {
    const before = await books(shop);
    const platform = await mayBeSpent(shop);
    const after = await books(shop);
    const lifted = [before, after].flatMap((row) => [
      row.ceilingMinor,
      ...row.onTheirWay.map((held) => held.ceilingMinor ?? 0n),
    ]);
    const most = lifted.reduce((a, b) => (a > b ? a : b));
    expect(after.committedMinor + after.reservedMinor).toBeLessThanOrEqual(after.ceilingMinor + after.liftMinor);
    expect(platform).toBeLessThanOrEqual(most);
    looks += 1;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return looks;
}

/** Independent of our books: budgets, caps and ends as the platform shows them, and its own freedom in spending. */
async function mayBeSpent(shop: Shop): Promise<bigint> {
  const { today, end } = await transact(shop.ctx, (tx) => accountMonth(tx, shop.ctx, shop.account.timezone));
  const roots = await inWorkspace(shop.ctx.workspaceId, (tx) =>
    tx.remoteObject.findMany({ where: { level: 'campaign', campaign: { projectId: shop.projectId } } }),
  );
  const each = await Promise.all(
    roots.map(async ({ remoteId }) => {
      const tree = await metaReader.readCampaignTree(shop.access, remoteId);
      const campaign = tree.find((object) => object.level === 'campaign');
      if (campaign?.status !== 'ACTIVE') return 0n;
      const adSets = tree.filter((object) => object.level === 'adset' && object.status === 'ACTIVE');
      const byDays = adSets.reduce((sum, adSet) => {
        const until = adSet.endsAt && adSet.endsAt.slice(0, 10) < end ? adSet.endsAt.slice(0, 10) : end;
        return sum + mostSpend(adSet.dailyBudget?.minor ?? 0n, daysBetween(today, until));
      }, 0n);
      const cap = campaign.spendCap?.minor ?? null;
      return cap !== null && cap < byDays ? cap : byDays;
    }),
  );
  return each.reduce((sum, minor) => sum + minor, 0n);
}

async function standsStill(shop: Shop) {
  // Launches of a schedule are only pressed: what they reserved is given back as a start that came to nothing does.
  const deployments = await inWorkspace(shop.ctx.workspaceId, (tx) =>
    tx.deployment.findMany({ where: { projectId: shop.projectId, state: 'RUNNING' }, select: { id: true } }),
  );
  const [first, second] = workers;
  const orders = deployments.map(({ id }): Order => ({ do: 'fail', deploymentId: id }));
  const told = { workspaceId: shop.ctx.workspaceId, userId: shop.userId, orders };
  if (orders.length > 0) await Promise.all([first?.tell(told), second?.tell(told)]);
  const row = await books(shop);
  const shares = await inWorkspace(shop.ctx.workspaceId, (tx) =>
    tx.monthShare.aggregate({ where: { projectId: shop.projectId }, _sum: { committedMinor: true } }),
  );
  expect(row.committedMinor).toBe(shares._sum.committedMinor ?? 0n);
  expect(row.liftMinor).toBe(0n);
  const done = await inWorkspace(shop.ctx.workspaceId, (tx) =>
    tx.campaignActionRecord.count({ where: { projectId: shop.projectId, state: 'DONE' } }),
  );
  const ceiling = await ceilingOf(shop);
  expect(row.ceilingMinor).toBe(ceiling);
  return { ...row, ceiling, promised: await mayBeSpent(shop), done };
}

/** Every write has its approval, was sent once, and nothing is left half decided. */
async function expectReasons(shop: Shop, rows: string[]): Promise<void> {
  await inWorkspace(shop.ctx.workspaceId, async (tx) => {
    const actions = await tx.campaignActionRecord.findMany({ where: { id: { in: rows } } });
    const effects = await tx.remoteEffect.findMany({ where: { actionId: { in: rows } } });
    const approvals = await tx.approval.findMany({ where: { actionId: { in: rows } } });
    for (const effect of effects) {
      const action = actions.find((candidate) => candidate.id === effect.actionId);
      const approval = approvals.find((candidate) => candidate.id === action?.approvalId);
      expect([approval?.decision, approval?.actionId]).toEqual(['approve', effect.actionId]);
    }
    const sent = await tx.effectAttempt.groupBy({
      by: ['effectKey'],
      where: { effectKey: { in: effects.map((effect) => effect.key) } },
      _count: true,
    });
    for (const { _count: times, effectKey } of sent) expect([effectKey, times]).toEqual([effectKey, 1]);
    for (const approval of approvals)
      expect(['DONE', 'FAILED', 'PARTLY_DONE', 'WAITING', 'SUPERSEDED']).toContain(approval.state);
  });
}

/** Cards nobody pressed are closed before the next schedule asks anew. */
async function calm(shop: Shop): Promise<void> {
  await inWorkspace(shop.ctx.workspaceId, (tx) =>
    tx.approval.updateMany({ where: { projectId: shop.projectId, state: 'WAITING' }, data: { state: 'EXPIRED' } }),
  );
  await inWorkspace(shop.ctx.workspaceId, (tx) =>
    tx.campaignActionRecord.updateMany({
      where: { projectId: shop.projectId, state: 'WAITING' },
      data: { state: 'DECLINED' },
    }),
  );
}
