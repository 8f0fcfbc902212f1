import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CampaignAction, Evidence } from '@/lib/domain/action';
import { AppError } from '@/lib/domain/errors';
import { closeSendingBoss, plugJobEngine } from '@/lib/jobs/engine';
import { closeDatabase, inWorkspace } from '@/lib/runtime/db';
import { decideApproval } from '@/lib/services/approvals/decide';
import { expireApprovals } from '@/lib/services/approvals/expire';
import { renewApproval } from '@/lib/services/approvals/renew';
import { proposeAction } from '@/lib/services/mutations/propose';
import { proposePolicyChange } from '@/lib/services/policy/propose-change';
import { readPolicy } from '@/lib/services/policy/read';
import { buildLaunch, type Launch, queuedJobs, setOffset } from '../../fixtures/launch';

beforeAll(plugJobEngine);
afterAll(async () => {
  await closeSendingBoss();
  await closeDatabase();
});

const HOUR = 3_600_000;
const eur = (minor: number) => ({ minor: String(minor), currency: 'EUR' });
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'fulfilled',
    (error: unknown) => (error instanceof AppError ? error.code : String(error)),
  );
const press = (launch: Launch, card: { approvalId: string; hash: string }) =>
  decideApproval(launch.ctx, { approvalId: card.approvalId, hash: card.hash, decision: 'approve' });
const evidence: Evidence = {
  rule: 'scale',
  facts: [],
  confidence: 0.99,
  alternatives: [],
  wouldChange: [],
  since: '2026-11-01',
  until: '2026-11-20',
};
const raise: CampaignAction = { kind: 'set_ad_set_budget', adSetKey: 'adset-1', from: eur(1_000), to: eur(1_200) };

/** Numbers of the account that are fresh at a distance from now. */
const fresh = (launch: Launch, offsetMs: number) =>
  inWorkspace(launch.ctx.workspaceId, (tx) =>
    tx.monitorRun.create({
      data: {
        workspaceId: launch.ctx.workspaceId,
        adAccountId: launch.account.id,
        slot: new Date(Date.now() + offsetMs),
        state: 'DONE',
      },
    }),
  );

/** An approved campaign that runs, as far as our mirror of the platform says. */
async function running(): Promise<Launch> {
  const launch = await buildLaunch({
    plan: (plan) => ({ ...plan, envelope: { ...plan.envelope, monthlyCeiling: eur(90_000) } }),
  });
  await press(launch, launch);
  const { ctx, campaignRecordId } = launch;
  await inWorkspace(ctx.workspaceId, async (tx) => {
    await tx.campaignRecord.update({ where: { id: campaignRecordId }, data: { status: 'ACTIVE' } });
    for (const [level, localKey] of [
      ['campaign', 'campaign'],
      ['adset', 'adset-1'],
    ] as const)
      await tx.remoteObject.create({
        data: {
          workspaceId: ctx.workspaceId,
          campaignRecordId,
          accountId: launch.account.externalId,
          level,
          localKey,
          remoteId: `${level}-${campaignRecordId}`,
          status: 'ACTIVE',
          state: level === 'adset' ? { dailyBudget: eur(1_000) } : {},
        },
      });
  });
  await fresh(launch, 0);
  return launch;
}

/** The card of a change that nobody pressed in time. */
async function expiredChange(launch: Launch, action: CampaignAction) {
  const { actionId, verdict } = await proposeAction(
    { ...launch.ctx, actor: { type: 'job', name: 'optimize' } },
    { campaignRecordId: launch.campaignRecordId, suggestion: { action, evidence }, day: '2026-11-21' },
  );
  expect(verdict.answer).toBe('ask');
  await setOffset(launch.ctx.workspaceId, 25 * HOUR);
  await expireApprovals(launch.ctx);
  await fresh(launch, 25 * HOUR);
  return inWorkspace(launch.ctx.workspaceId, (tx) => tx.approval.findFirstOrThrow({ where: { actionId } }));
}

describe('an expired card', () => {
  it.each([['a raise', raise] as const, ['a pause of the whole campaign', { kind: 'pause_campaign' }] as const])(
    'about %s is put up again as a new action once, and carried out only after its press',
    async (_what, action) => {
      const launch = await running();
      const old = await expiredChange(launch, action);
      expect(await codeOf(press(launch, { approvalId: old.id, hash: old.hash }))).toBe('approval_expired');
      const renewals = await Promise.allSettled([1, 2, 3].map(() => renewApproval(launch.ctx, { approvalId: old.id })));
      const [card, ...more] = renewals.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
      expect(more).toEqual([]);
      if (!card) throw new Error('no card');
      const waiting = await inWorkspace(launch.ctx.workspaceId, (tx) =>
        tx.approval.findUniqueOrThrow({ where: { id: card.approvalId } }),
      );
      expect(waiting).toMatchObject({ state: 'WAITING', kind: 'campaign_action', shownText: old.shownText });
      expect(JSON.parse(waiting.payload)).toMatchObject({ action });
      expect(waiting.actionId).not.toBe(old.actionId);
      const jobs = async () => [
        ...(await queuedJobs(launch.ctx.workspaceId, 'execute-action')),
        ...(await queuedJobs(launch.ctx.workspaceId, 'execute-stop')),
      ];
      expect(await jobs()).toEqual([]);
      await press(launch, card);
      expect(await jobs()).toMatchObject([{ data: { actionId: waiting.actionId } }]);
    },
  );

  it('about a raise is not put up again when the platform shows another budget by now', async () => {
    const launch = await running();
    const old = await expiredChange(launch, raise);
    await inWorkspace(launch.ctx.workspaceId, (tx) =>
      tx.remoteObject.updateMany({ where: { level: 'adset' }, data: { state: { dailyBudget: eur(1_100) } } }),
    );
    expect(await codeOf(renewApproval(launch.ctx, { approvalId: old.id }))).toBe('approval_drift');
  });

  it('about limits is put up again letter by letter, and not once the limits changed', async () => {
    const launch = await running();
    const ask = (maxShiftPercent: number) =>
      proposePolicyChange(launch.ctx, {
        projectId: launch.projectId,
        conversationId: launch.conversationId,
        change: { maxShiftPercent },
      });
    const first = await ask(15);
    expect(await codeOf(renewApproval(launch.ctx, first))).toBe('approval_not_waiting');
    await setOffset(launch.ctx.workspaceId, 25 * HOUR);
    await expireApprovals(launch.ctx);
    const again = await renewApproval(launch.ctx, first);
    expect(again.hash).toBe(first.hash);
    expect(await codeOf(renewApproval(launch.ctx, first))).toBe('approval_not_waiting');
    await press(launch, again);
    expect(await readPolicy(launch.ctx, launch)).toMatchObject({ version: 2 });
    expect(await codeOf(renewApproval(launch.ctx, first))).toBe('approval_not_waiting');
  });
});
