import { describe, expect, it } from 'vitest';
import type { Evidence } from '@/lib/domain/action';
import type { Plan } from '@/lib/domain/plan';
import { instantAt } from '@/lib/domain/report-week';
import { addDays, dayIn } from '@/lib/domain/time';
import { metaReader } from '@/lib/platforms/meta/reader';
import { setSimulatedClock } from '@/lib/platforms/meta/simulator';
import { runReactionsAfter } from '@/lib/reactions/run';
import { inWorkspace } from '@/lib/runtime/db';
import { decideApproval } from '@/lib/services/approvals/decide';
import { runDeployment } from '@/lib/services/deployments/run';
import { executeAction } from '@/lib/services/mutations/execute';
import { proposeAction } from '@/lib/services/mutations/propose';
import { renewMonthGuards } from '@/lib/services/mutations/renew-guards';
import { undoAction } from '@/lib/services/mutations/undo';
import { monthOfDay } from '@/lib/services/pacing/account-month';
import { setOffset } from '../../fixtures/launch';
import { approve, buildSimulatedLaunch, type SimulatedLaunch, standing } from '../../fixtures/simulated-launch';
import { withSimulator } from '../../fixtures/with-simulator';

const ZONE = 'Europe/Lisbon';
/** The first day of a month that is near, so that the login still holds, and at least twelve days ahead. */
const FIRST = (() => {
  const today = dayIn(ZONE, new Date());
  const { end, daysLeft } = monthOfDay(today);
  return daysLeft >= 12 ? end : monthOfDay(end).end;
})();
const day = (fromFirst: number) => addDays(FIRST, fromFirst);
const OLD = day(-1).slice(0, 7);
const NEW = FIRST.slice(0, 7);
const CEILING = 60_000n;
const simulator = withSimulator({ SIMULATOR_SETTLE_MS: '300', META_TIMEOUT_MS: '3000' });

const signal = new AbortController().signal;
const eur = (minor: bigint | number) => ({ minor: String(minor), currency: 'EUR' });
const job = (launch: SimulatedLaunch) => ({ ...launch.ctx, actor: { type: 'job' as const, name: 'optimize' } });
const underCeiling = (plan: Plan): Plan => ({ ...plan, envelope: { ...plan.envelope, monthlyCeiling: eur(CEILING) } });
const renew = (launch: SimulatedLaunch) => renewMonthGuards(job(launch), { adAccountId: launch.account.id });
const fault = (launch: SimulatedLaunch, draft: Record<string, unknown>) =>
  simulator.admin('POST', 'faults', { world: launch.world.worldId, ...draft });

/** Moves the shop and its platform to a wall clock in the account's own zone. */
async function moveTo(launch: SimulatedLaunch, wall: string, minutes: number): Promise<void> {
  const instant = instantAt(wall, 0, launch.account.timezone).getTime() + minutes * 60_000;
  const offsetMs = instant - Date.now();
  await setOffset(launch.ctx.workspaceId, offsetMs);
  await setSimulatedClock(launch.world.worldId, { offsetMs });
}

/** A campaign that runs since a day, held by a cap or by an end. */
async function running(since: string, guard: 'cap' | 'end'): Promise<SimulatedLaunch> {
  const launch = await buildSimulatedLaunch(underCeiling);
  await moveTo(launch, since, 600);
  await inWorkspace(launch.ctx.workspaceId, (tx) =>
    tx.adAccount.updateMany({
      where: { id: launch.account.id },
      data: { details: guard === 'cap' ? { minCampaignSpendCapMinor: '100' } : {} },
    }),
  );
  // A card of that day, or it would have expired.
  await inWorkspace(launch.ctx.workspaceId, (tx) =>
    tx.approval.updateMany({
      where: { id: launch.approvalId },
      data: { expiresAt: new Date(instantAt(since, 23, launch.account.timezone)) },
    }),
  );
  await runDeployment(job(launch), { deploymentId: await approve(launch), signal });
  expect((await standing(launch)).deployment?.state).toBe('DONE');
  return launch;
}
const month = (launch: SimulatedLaunch, wanted: string) =>
  inWorkspace(launch.ctx.workspaceId, (tx) =>
    tx.monthBudget.findFirst({ where: { projectId: launch.projectId, month: wanted } }),
  );
const taken = async (launch: SimulatedLaunch, wanted: string) => {
  const row = await month(launch, wanted);
  return row ? row.committedMinor + row.reservedMinor : 0n;
};
const seen = async (launch: SimulatedLaunch, level: string) => {
  const { tree } = await standing(launch);
  return tree.filter((object) => object.level === level);
};
const actions = (launch: SimulatedLaunch) =>
  inWorkspace(launch.ctx.workspaceId, (tx) =>
    tx.campaignActionRecord.findMany({ where: { kind: 'renew_month_guard' }, orderBy: { createdAt: 'asc' } }),
  );
const endOf = (launch: SimulatedLaunch, at: string) => instantAt(at, 0, launch.account.timezone).toISOString();

describe('an end date at the platform', () => {
  it('is moved on before the month is over, inside the ceiling, so that ads do not end by accident', async () => {
    const launch = await running(day(-11), 'end');
    const ends = async () => (await seen(launch, 'adset')).map((adSet) => adSet.endsAt);
    expect(await ends()).toEqual([endOf(launch, day(0))]);
    await moveTo(launch, day(-4), 1_439);
    expect(await renew(launch)).toEqual({ renewed: 0 });
    // Three days ahead, by the account's own midnight.
    await moveTo(launch, day(-3), 1);
    expect(await renew(launch)).toEqual({ renewed: 1 });
    expect(await renew(launch)).toEqual({ renewed: 0 });
    const [end] = await ends();
    expect(end && end > endOf(launch, day(0))).toBe(true);
    expect(await taken(launch, NEW)).toBeLessThanOrEqual(CEILING);
    await moveTo(launch, day(0), 10);
    expect((await seen(launch, 'campaign'))[0]?.status).toBe('ACTIVE');
    expect(end && new Date(end).getTime() > instantAt(day(2), 0, launch.account.timezone).getTime()).toBe(true);
    expect(await taken(launch, OLD)).toBeLessThanOrEqual(CEILING);
  });
});

describe('a month without room', () => {
  it('renews nothing, is told to the owner once, and holds up nobody else', async () => {
    const launch = await running(day(-11), 'end');
    await inWorkspace(launch.ctx.workspaceId, (tx) =>
      tx.monthBudget.create({
        data: {
          workspaceId: launch.ctx.workspaceId,
          projectId: launch.projectId,
          month: NEW,
          currency: 'EUR',
          ceilingMinor: CEILING,
          committedMinor: CEILING,
        },
      }),
    );
    const before = (await seen(launch, 'adset')).map((adSet) => adSet.endsAt);
    for (const at of [-3, -2]) {
      await moveTo(launch, day(at), 1);
      expect(await renew(launch)).toEqual({ renewed: 0 });
    }
    expect((await actions(launch)).map((row) => [row.state, row.errorCode])).toEqual([
      ['REFUSED', 'above_month_limit'],
      ['REFUSED', 'above_month_limit'],
    ]);
    expect((await seen(launch, 'adset')).map((adSet) => adSet.endsAt)).toEqual(before);
    await runReactionsAfter(launch.ctx, 0);
    const bells = await inWorkspace(launch.ctx.workspaceId, (tx) => tx.notification.findMany());
    expect(bells.filter((bell) => bell.key === 'guard_without_room')).toHaveLength(1);
    expect(await taken(launch, NEW)).toBe(CEILING);
  });
});

describe('a cap at the platform', () => {
  it('grows by the new month’s part once that month has begun in the account’s zone, and not a minute before', async () => {
    const launch = await running(day(-11), 'cap');
    const cap = async () => (await seen(launch, 'campaign'))[0]?.spendCap?.minor ?? 0n;
    const first = await cap();
    expect(first).toBe(await taken(launch, OLD));
    await moveTo(launch, day(-1), 1_439);
    expect(await renew(launch)).toEqual({ renewed: 0 });
    await moveTo(launch, day(0), 1);
    expect(await renew(launch)).toEqual({ renewed: 1 });
    expect(await renew(launch)).toEqual({ renewed: 0 });
    expect((await actions(launch)).map((row) => row.state)).toEqual(['DONE']);
    const grown = await cap();
    expect(grown).toBeGreaterThan(first);
    // Whatever of the old part was not spent may be spent now: both together stay under the ceiling.
    expect(await taken(launch, NEW)).toBeLessThanOrEqual(CEILING);
    expect(grown).toBeLessThanOrEqual((await taken(launch, NEW)) + first);
  });

  it('that cannot be renewed is told to the owner, takes nothing of the month, and is tried again the next day', async () => {
    const launch = await running(day(-11), 'cap');
    const first = (await seen(launch, 'campaign'))[0]?.spendCap?.minor;
    await moveTo(launch, day(0), 5);
    await fault(launch, { kind: 'error', match: { method: 'POST', body: 'spend_cap' } });
    await renew(launch);
    expect((await actions(launch)).map((row) => row.state)).toEqual(['FAILED']);
    expect((await seen(launch, 'campaign'))[0]?.spendCap?.minor).toBe(first);
    const reservation = await inWorkspace(launch.ctx.workspaceId, (tx) =>
      tx.monthReservation.findFirstOrThrow({ where: { month: NEW } }),
    );
    expect(reservation.state).toBe('RELEASED');
    await runReactionsAfter(launch.ctx, 0);
    const bells = await inWorkspace(launch.ctx.workspaceId, (tx) => tx.notification.findMany());
    expect(JSON.stringify(bells)).toContain('guard_not_renewed');
    // The same day it is left alone; the next one it is tried again, and then it holds.
    expect(await renew(launch)).toEqual({ renewed: 0 });
    await moveTo(launch, day(1), 5);
    expect(await renew(launch)).toEqual({ renewed: 1 });
    expect((await actions(launch)).map((row) => row.state)).toEqual(['FAILED', 'DONE']);
    expect((await seen(launch, 'campaign'))[0]?.spendCap?.minor).toBeGreaterThan(first ?? 0n);
    expect(await taken(launch, NEW)).toBeLessThanOrEqual(CEILING);
  });
});

describe('budgets that came down again', () => {
  const evidence: Evidence = {
    rule: 'owner-asked',
    facts: [],
    confidence: null,
    alternatives: [],
    wouldChange: [],
    since: OLD,
    until: OLD,
  };
  const approveCard = async (launch: SimulatedLaunch, actionId: string) => {
    const card = await inWorkspace(launch.ctx.workspaceId, (tx) =>
      tx.approval.findFirst({ where: { actionId, state: 'WAITING' } }),
    );
    if (card) await decideApproval(launch.ctx, { approvalId: card.id, hash: card.hash, decision: 'approve' });
    await executeAction(job(launch), { actionId });
    return inWorkspace(launch.ctx.workspaceId, (tx) =>
      tx.campaignActionRecord.findUniqueOrThrow({ where: { id: actionId } }),
    );
  };

  const cap = async (launch: SimulatedLaunch) => (await seen(launch, 'campaign'))[0]?.spendCap?.minor ?? 0n;
  const perDay = async (launch: SimulatedLaunch) => {
    const campaignRemoteId = (await seen(launch, 'campaign'))[0]?.remoteId ?? '';
    const [rule] = await metaReader.listStopRules(launch.access, { campaignRemoteId });
    return rule?.perDay?.minor;
  };
  const raised = async (launch: SimulatedLaunch, to = 1_500) => {
    const { actionId } = await proposeAction(job(launch), {
      campaignRecordId: launch.campaignRecordId,
      suggestion: {
        action: {
          kind: 'set_ad_set_budget',
          adSetKey: launch.plan.adSets[0]?.key ?? '',
          from: eur(1_000),
          to: eur(to),
        },
        evidence,
      },
      day: 'raise',
    });
    expect((await approveCard(launch, actionId)).state).toBe('DONE');
    expect(await perDay(launch)).toBe((BigInt(to) * 7n) / 4n);
    return actionId;
  };
  const ruleChanges = async (launch: SimulatedLaunch) => {
    const sent = (await simulator.admin('GET', `requests?world=${launch.world.worldId}&method=POST`)) as {
      requests: { path: string; params: Record<string, unknown> }[];
    };
    return sent.requests.filter(({ path, params }) => params.evaluation_spec && !path.endsWith('adrules_library'))
      .length;
  };

  it('bring the cap and the stop rule down with them, in the same execution', async () => {
    const launch = await running(day(-11), 'cap');
    const first = await cap(launch);
    expect(await perDay(launch)).toBe(1_750n);
    const raise = await raised(launch);
    const high = await cap(launch);
    expect(high).toBeGreaterThan(first);
    const undo = await undoAction(launch.ctx, { actionId: raise });
    expect((await approveCard(launch, undo.actionId)).state).toBe('DONE');
    expect((await seen(launch, 'adset'))[0]?.dailyBudget?.minor).toBe(1_000n);
    const low = await cap(launch);
    expect(low).toBeLessThan(high);
    expect(low).toBe(await taken(launch, OLD));
    expect(await perDay(launch)).toBe(1_750n);
    expect(await renew(launch)).toEqual({ renewed: 0 });
    await moveTo(launch, day(-10), 30);
    expect(await renew(launch)).toEqual({ renewed: 0 });
  });

  it('on a day that cost much already, bring the rule down as far as that day allows, and the rest on the next one', async () => {
    const launch = await running(day(-11), 'cap');
    const raise = await raised(launch, 2_000);
    await moveTo(launch, day(-11), 1_430);
    const undo = await undoAction(launch.ctx, { actionId: raise });
    expect((await approveCard(launch, undo.actionId)).state).toBe('DONE');
    const { rows } = await metaReader.insights(launch.access, {
      level: 'campaign',
      since: day(-11),
      until: day(-11),
      goal: launch.plan.goal,
    });
    const spent = rows.reduce((sum, { spendMinor }) => sum + spendMinor, 0n);
    expect(spent).toBeGreaterThan(750n);
    // What it cost and one more day of ten euros: not below what was spent, and never above what stood there.
    expect(await perDay(launch)).toBe(spent + 1_000n);
    expect(spent + 1_000n).toBeLessThan(3_500n);
    expect((await seen(launch, 'campaign'))[0]?.status).toBe('ACTIVE');
    await moveTo(launch, day(-10), 30);
    expect(await renew(launch)).toEqual({ renewed: 1 });
    expect(await perDay(launch)).toBe(1_750n);
    expect(await renew(launch)).toEqual({ renewed: 0 });
  });

  it('where the answer to the rule is lost, it is looked up in the same execution and told once', async () => {
    const launch = await running(day(-11), 'cap');
    const undo = await undoAction(launch.ctx, { actionId: await raised(launch) });
    await fault(launch, { kind: 'drop_after', match: { method: 'POST', body: 'evaluation_spec' } });
    // The lowering stands, and the action is not over before the rule is known to stand as well.
    expect((await approveCard(launch, undo.actionId)).state).toBe('EXECUTING');
    expect((await seen(launch, 'adset'))[0]?.dailyBudget?.minor).toBe(1_000n);
    expect((await approveCard(launch, undo.actionId)).state).toBe('DONE');
    expect(await perDay(launch)).toBe(1_750n);
    expect(await ruleChanges(launch)).toBe(2);
  });

  it('where the rule cannot be told, the lowering stands and the renewal brings the rule down the same day', async () => {
    const refused = await running(day(-11), 'cap');
    const undo = await undoAction(refused.ctx, { actionId: await raised(refused) });
    await fault(refused, { kind: 'error', match: { method: 'POST', body: 'evaluation_spec' } });
    expect((await approveCard(refused, undo.actionId)).state).toBe('DONE');
    expect(await perDay(refused)).toBe(2_625n);
    expect(await renew(refused)).toEqual({ renewed: 1 });
    expect(await perDay(refused)).toBe(1_750n);
    expect(await renew(refused)).toEqual({ renewed: 0 });
  });

  it('and a campaign switched on again is held to what the month has left by then', async () => {
    const launch = await running(day(-11), 'cap');
    const cap = async () => (await seen(launch, 'campaign'))[0]?.spendCap?.minor ?? 0n;
    const change = async (kind: 'pause_campaign' | 'resume_campaign') => {
      const { actionId } = await proposeAction(job(launch), {
        campaignRecordId: launch.campaignRecordId,
        suggestion: { action: { kind }, evidence },
        day: kind,
      });
      return approveCard(launch, actionId);
    };
    const first = await cap();
    expect((await change('pause_campaign')).state).toBe('DONE');
    expect((await seen(launch, 'campaign'))[0]?.status).toBe('PAUSED');
    expect(await taken(launch, OLD)).toBe(1_750n);
    // Meanwhile the month went to something else, all but a hundred euros.
    await inWorkspace(launch.ctx.workspaceId, (tx) =>
      tx.monthBudget.updateMany({ where: { month: OLD }, data: { committedMinor: CEILING - 10_000n } }),
    );
    expect((await change('resume_campaign')).state).toBe('DONE');
    expect((await seen(launch, 'campaign'))[0]?.status).toBe('ACTIVE');
    expect(await taken(launch, OLD)).toBe(CEILING);
    expect(await cap()).toBe(11_750n);
    expect(first).toBeGreaterThan(11_750n);
  });
});
