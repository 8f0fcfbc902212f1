import { beforeAll, describe, expect, it } from 'vitest';
import type { CampaignAction } from '@/lib/domain/action';
import { inWorkspace } from '@/lib/runtime/db';
import { decideApproval } from '@/lib/services/approvals/decide';
import { readApprovalCard } from '@/lib/services/approvals/read-card';
import { renewApproval } from '@/lib/services/approvals/renew';
import { askTogether } from '@/lib/services/mutations/ask-together';
import { executeAction } from '@/lib/services/mutations/execute';
import { proposeAction } from '@/lib/services/mutations/propose';
import { eur, gateOverSimulator, job, live, propose, remote, rowOf } from '../../fixtures/gate';
import { setOffset } from '../../fixtures/launch';
import { joinAs } from '../../fixtures/people';
import type { SimulatedLaunch } from '../../fixtures/simulated-launch';

const { admin } = gateOverSimulator();
const evidence = {
  rule: 'pause-bad-ad',
  facts: [],
  confidence: 0.99,
  alternatives: [],
  wouldChange: [],
  since: '2026-11-01',
  until: '2026-11-20',
};
const raise = (from: number, to: number): CampaignAction => ({
  kind: 'set_ad_set_budget',
  adSetKey: 'adset-1',
  from: eur(from),
  to: eur(to),
});

describe('several small changes of one day', () => {
  let launch: SimulatedLaunch;
  let day = 0;
  const inLaunch = <T>(work: Parameters<typeof inWorkspace<T>>[1]) => inWorkspace(launch.ctx.workspaceId, work);
  const daily = async () => Number((await remote(launch, 'adset', 'adset-1'))?.dailyBudget?.minor ?? 0);
  /** What a day's decision brings, before it is put before the owner. */
  const decided = async (...actions: CampaignAction[]) => {
    day += 1;
    const ids: string[] = [];
    for (const action of actions) {
      const { actionId, verdict } = await proposeAction(job(launch), {
        campaignRecordId: launch.campaignRecordId,
        suggestion: { action, evidence },
        day: `day-${day}`,
        asks: 'together',
      });
      expect(verdict.answer).toBe('ask');
      ids.push(actionId);
    }
    return ids;
  };
  const waiting = () =>
    inLaunch((tx) => tx.approval.findMany({ where: { state: 'WAITING' }, orderBy: { createdAt: 'asc' } }));
  const stateOf = (id: string) =>
    inLaunch(async (tx) => (await tx.approval.findUniqueOrThrow({ where: { id } })).state);
  const press = (card: { id: string; hash: string }) =>
    decideApproval(launch.ctx, { approvalId: card.id, hash: card.hash, decision: 'approve' });

  beforeAll(async () => {
    launch = await live((plan) => ({
      ...plan,
      envelope: { ...plan.envelope, mayPauseBadAds: false, monthlyCeiling: eur(200_000) },
    }));
  });

  it('stand on one card; one press approves exactly these, and what fails of them makes it partly done', async () => {
    const now = await daily();
    const [pause, more] = await decided({ kind: 'pause_ad', adKey: 'ad-2' }, raise(now, now + 50));
    expect(await askTogether(job(launch), { projectId: launch.projectId })).toEqual({ cards: 1 });
    // Asked again, as after a crash, it asks for nothing twice.
    expect(await askTogether(job(launch), { projectId: launch.projectId })).toEqual({ cards: 0 });
    const [card, ...none] = await waiting();
    if (!card) throw new Error('no card');
    expect(none).toEqual([]);
    expect(card).toMatchObject({ kind: 'bundle', riskClass: 'normal', deltaMinor: 50n, currency: 'EUR' });
    expect(await readApprovalCard(launch.ctx, { approvalId: card.id })).toMatchObject({
      approvalKind: 'bundle',
      items: [
        { actionId: pause, state: 'WAITING' },
        { actionId: more, state: 'WAITING' },
      ],
    });
    const limited = await joinAs(launch.ctx.workspaceId, 'manager', { minor: 49n, currency: 'EUR' });
    await expect(
      decideApproval(
        { ...launch.ctx, actor: { type: 'user', id: limited.userId } },
        { approvalId: card.id, hash: card.hash, decision: 'approve' },
      ),
    ).rejects.toMatchObject({ code: 'above_your_limit' });

    const pressed = await Promise.allSettled(Array.from({ length: 8 }, () => press(card)));
    expect(pressed.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await executeAction(job(launch), { actionId: pause ?? '' });
    expect(await stateOf(card.id)).toBe('EXECUTING');
    await admin('POST', 'faults', {
      kind: 'error',
      world: launch.world.worldId,
      match: { method: 'POST', body: 'daily_budget' },
      params: { code: 100 },
    });
    await executeAction(job(launch), { actionId: more ?? '' });
    expect([(await rowOf(launch, pause ?? '')).state, (await rowOf(launch, more ?? '')).state]).toEqual([
      'DONE',
      'FAILED',
    ]);
    expect(await stateOf(card.id)).toBe('PARTLY_DONE');
    expect([(await remote(launch, 'ad', 'ad-2'))?.status, await daily()]).toEqual(['PAUSED', now]);
  });

  it('cover nothing that was put under them afterwards', async () => {
    const now = await daily();
    const [pause, more] = await decided({ kind: 'pause_ad', adKey: 'ad-1' }, raise(now, now + 50));
    await askTogether(job(launch), { projectId: launch.projectId });
    const [card] = await waiting();
    if (!card) throw new Error('no card');
    await inLaunch((tx) =>
      tx.campaignActionRecord.update({ where: { id: more ?? '' }, data: { action: raise(now, now + 90_000) } }),
    );
    await press(card);
    await executeAction(job(launch), { actionId: more ?? '' });
    await executeAction(job(launch), { actionId: pause ?? '' });
    expect(await rowOf(launch, more ?? '')).toMatchObject({ state: 'FAILED', errorCode: 'approval_hash_mismatch' });
    expect(await daily()).toBe(now);
    expect(await stateOf(card.id)).toBe('PARTLY_DONE');
  });

  it('are another set once one of them is asked alone: the rest is asked for at once', async () => {
    const now = await daily();
    const [resume, more] = await decided({ kind: 'resume_ad', adKey: 'ad-2' }, raise(now, now + 50));
    await askTogether(job(launch), { projectId: launch.projectId });
    const [set] = await waiting();
    const alone = await propose(launch, raise(now, now + 40), 'alone');
    expect(await stateOf(set?.id ?? '')).toBe('SUPERSEDED');
    expect((await rowOf(launch, more ?? '')).state).toBe('DECLINED');
    // No look hours later is needed: what was left stands on a card of its own already.
    expect((await waiting()).map(({ actionId }) => actionId).sort()).toEqual([alone.actionId, resume].sort());
    expect(await askTogether(job(launch), { projectId: launch.projectId })).toEqual({ cards: 0 });
    expect((await waiting()).map(({ kind }) => kind)).toEqual(['campaign_action', 'campaign_action']);
    await expect(press(set ?? { id: '', hash: '' })).rejects.toMatchObject({ code: 'approval_not_waiting' });
  });

  it('expire together and can be asked for once more as the same set', async () => {
    const now = await daily();
    await decided({ kind: 'pause_ad', adKey: 'ad-3' }, raise(now, now + 60));
    await askTogether(job(launch), { projectId: launch.projectId });
    const set = (await waiting()).find(({ kind }) => kind === 'bundle');
    await setOffset(launch.ctx.workspaceId, 25 * 3_600_000);
    await expect(press(set ?? { id: '', hash: '' })).rejects.toMatchObject({ code: 'approval_expired' });
    const again = await renewApproval(launch.ctx, { approvalId: set?.id ?? '' });
    expect(again.hash).not.toBe(set?.hash);
    const card = await readApprovalCard(launch.ctx, { approvalId: again.approvalId });
    expect(card).toMatchObject({ approvalKind: 'bundle', state: 'WAITING', items: [{}, {}] });
  });
});
