import { describe, expect, it } from 'vitest';
import { inWorkspace } from '@/lib/runtime/db';
import { decideApproval } from '@/lib/services/approvals/decide';
import { runDeployment } from '@/lib/services/deployments/run';
import { listDrift } from '@/lib/services/drift/list';
import { executeAction } from '@/lib/services/mutations/execute';
import { keepTheirs, putOursBack } from '@/lib/services/mutations/settle-drift';
import { watchDrift } from '@/lib/services/mutations/watch-drift';
import { gateOverSimulator } from '../../fixtures/gate';
import { approve, buildSimulatedLaunch, type SimulatedLaunch, standing } from '../../fixtures/simulated-launch';

const { admin } = gateOverSimulator();

async function running(): Promise<SimulatedLaunch> {
  const launch = await buildSimulatedLaunch();
  const ctx = { ...launch.ctx, actor: { type: 'job' as const, name: 'deploy' } };
  const deploymentId = await approve(launch);
  for (let round = 0; round < 20; round += 1)
    if (!(await runDeployment(ctx, { deploymentId, signal: new AbortController().signal }))) break;
  expect((await standing(launch)).deployment?.state).toBe('DONE');
  return launch;
}
const edit = (launch: SimulatedLaunch, objectId: string, set: Record<string, unknown>, status?: string) =>
  admin('POST', `worlds/${launch.world.worldId}/edit`, { objectId, set, ...(status ? { status } : {}) });
const findings = (launch: SimulatedLaunch) =>
  inWorkspace(launch.ctx.workspaceId, (tx) =>
    tx.driftFinding.findMany({ where: { campaignRecordId: launch.campaignRecordId }, orderBy: { createdAt: 'asc' } }),
  );
const remoteId = async (launch: SimulatedLaunch, level: string, key: string) =>
  (await standing(launch)).objects.find((object) => object.level === level && object.localKey === key)?.remoteId ?? '';

describe('the watch over silent changes', () => {
  it('finds nothing where nobody changed anything', async () => {
    const launch = await running();
    expect(await watchDrift(launch.ctx, launch)).toEqual({ found: 0, fresh: 0 });
  });

  it('reports all twelve fields that were silently changed, each with what we left and what stands there', async () => {
    const launch = await running();
    const [campaign, adSet, ad, creative] = [
      await remoteId(launch, 'campaign', 'campaign'),
      await remoteId(launch, 'adset', 'adset-1'),
      await remoteId(launch, 'ad', 'ad-1'),
      await remoteId(launch, 'creative', 'ad-2'),
    ];
    const other = await remoteId(launch, 'creative', 'ad-3');
    await edit(launch, campaign, { name: 'Renamed', special_ad_categories: ['EMPLOYMENT'] }, 'PAUSED');
    await edit(launch, adSet, {
      name: 'Also renamed',
      daily_budget: '77700',
      optimization_goal: 'REACH',
      bid_strategy: 'COST_CAP',
      billing_event: 'LINK_CLICKS',
    });
    await edit(launch, ad, { name: 'Third name', creative: { id: other, creative_id: other } }, 'PAUSED');
    await edit(launch, creative, { url_tags: 'utm_source=somebody' });
    await watchDrift(launch.ctx, launch);
    const found = await findings(launch);
    expect(found.map(({ level, field }) => `${level} ${field}`).sort()).toEqual([
      'ad creative',
      'ad name',
      'ad status',
      'adset bid_strategy',
      'adset billing_event',
      'adset daily_budget',
      'adset name',
      'adset optimization_goal',
      'campaign name',
      'campaign special_ad_categories',
      'campaign status',
      'creative url_tags',
    ]);
    const budget = found.find(({ field }) => field === 'daily_budget');
    expect(budget).toMatchObject({ ours: { value: '1000' }, theirs: { value: '77700' }, state: 'OPEN' });
    expect(new Set(found.map(({ changedBy }) => changedBy))).toContain('A person in Ads Manager');
    expect(await watchDrift(launch.ctx, launch)).toMatchObject({ fresh: 0 });
    expect(await findings(launch)).toHaveLength(12);
    const events = (await standing(launch)).events.filter((type) => type === 'drift.found');
    expect(events).toHaveLength(1);
  });

  it('sees another country inside the targeting and an ad that is gone', async () => {
    const launch = await running();
    const adSet = await remoteId(launch, 'adset', 'adset-1');
    const { tree } = await standing(launch);
    const targeting = tree.find((seen) => seen.remoteId === adSet)?.fields.targeting as Record<string, unknown>;
    await edit(launch, adSet, { targeting: { ...targeting, geo_locations: { countries: ['US'] } } });
    await edit(launch, await remoteId(launch, 'ad', 'ad-2'), {}, 'DELETED');
    await watchDrift(launch.ctx, launch);
    expect((await findings(launch)).map(({ level, field }) => `${level} ${field}`).sort()).toEqual([
      'ad exists',
      'adset targeting.geo_locations.countries',
    ]);
  });

  it('closes by itself what shows ours again', async () => {
    const launch = await running();
    const adSet = await remoteId(launch, 'adset', 'adset-1');
    await edit(launch, adSet, { daily_budget: '5000' });
    await watchDrift(launch.ctx, launch);
    await edit(launch, adSet, { daily_budget: '1000' });
    await watchDrift(launch.ctx, launch);
    expect((await findings(launch)).map(({ field, state }) => [field, state])).toEqual([['daily_budget', 'GONE']]);
  });

  it('"keep yours" makes theirs the measure; "put ours back" goes through the gate and ends as ours', async () => {
    const launch = await running();
    const adSet = await remoteId(launch, 'adset', 'adset-1');
    const ad = await remoteId(launch, 'ad', 'ad-1');
    await edit(launch, adSet, { name: 'Kept name', daily_budget: '1500' });
    await edit(launch, ad, {}, 'PAUSED');
    await watchDrift(launch.ctx, launch);
    const idOf = async (field: string) => (await listDrift(launch.ctx)).find((one) => one.field === field)?.id ?? '';
    expect((await listDrift(launch.ctx)).map(({ field, mayRestore }) => [field, mayRestore]).sort()).toEqual([
      ['daily_budget', true],
      ['name', false],
      ['status', true],
    ]);
    const stranger = { ...launch.ctx, actor: { type: 'user' as const, id: 'stranger' } };
    const nameId = await idOf('name');
    await expect(keepTheirs(stranger, { findingIds: [nameId] })).rejects.toMatchObject({ code: 'not_permitted' });
    expect(await keepTheirs(launch.ctx, { findingIds: [nameId] })).toEqual({ kept: 1 });
    const budgetId = await idOf('daily_budget');
    const [back] = await putOursBack(launch.ctx, { findingIds: [budgetId] });
    expect(back).toEqual({ findingId: budgetId, answer: 'ask' });
    const card = await inWorkspace(launch.ctx.workspaceId, (tx) =>
      tx.approval.findFirstOrThrow({ where: { kind: 'campaign_action', state: 'WAITING' } }),
    );
    await decideApproval(launch.ctx, { approvalId: card.id, hash: card.hash, decision: 'approve' });
    await executeAction({ ...launch.ctx, actor: { type: 'job', name: 'gate' } }, { actionId: card.actionId ?? '' });
    const { tree } = await standing(launch);
    expect(tree.find((seen) => seen.remoteId === adSet)?.dailyBudget?.minor).toBe(1_000n);
    await watchDrift(launch.ctx, launch);
    const states = Object.fromEntries(
      (await listDrift(launch.ctx, { past: true })).map((one) => [one.field, one.state]),
    );
    expect(states).toEqual({ name: 'KEPT', daily_budget: 'RESTORED', status: 'OPEN' });
  });

  it('"put ours back" pressed many times at once is one action, beside "keep yours" one decision, and declined it is open again', async () => {
    const launch = await running();
    const adSet = await remoteId(launch, 'adset', 'adset-1');
    await edit(launch, adSet, { daily_budget: '1500' });
    await watchDrift(launch.ctx, launch);
    const [finding] = await findings(launch);
    const findingIds = [finding?.id ?? ''];
    const pressed = await Promise.allSettled([
      ...Array.from({ length: 4 }, () => putOursBack(launch.ctx, { findingIds })),
      keepTheirs(launch.ctx, { findingIds }),
    ]);
    const took = pressed.filter(
      (one) => one.status === 'fulfilled' && (!Array.isArray(one.value) || one.value[0]?.answer !== 'not_possible'),
    );
    expect(took).toHaveLength(1);
    const written = await inWorkspace(launch.ctx.workspaceId, async (tx) => ({
      cards: await tx.approval.findMany({ where: { kind: 'campaign_action' } }),
      settled: await tx.auditEntry.count({ where: { action: 'drift.settled' } }),
    }));
    expect(written.settled).toBe(1);
    const [after] = await findings(launch);
    expect(written.cards).toHaveLength(after?.state === 'RESTORING' ? 1 : 0);
    const [card] = written.cards;
    if (!card) return;
    await decideApproval(launch.ctx, { approvalId: card.id, hash: card.hash, decision: 'decline' });
    await watchDrift(launch.ctx, launch);
    expect((await findings(launch)).map(({ state }) => state)).toEqual(['OPEN']);
  });
});
