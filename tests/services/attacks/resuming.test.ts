import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Evidence } from '@/lib/domain/action';
import { closeSendingBoss, plugJobEngine } from '@/lib/jobs/engine';
import { closeDatabase, inWorkspace } from '@/lib/runtime/db';
import { decideApproval } from '@/lib/services/approvals/decide';
import { transact } from '@/lib/services/context';
import { liftStop } from '@/lib/services/mutations/lift-stop';
import { proposeAction } from '@/lib/services/mutations/propose';
import { putOursBack } from '@/lib/services/mutations/settle-drift';
import { stopEverything } from '@/lib/services/mutations/stop-everything';
import { undoAction } from '@/lib/services/mutations/undo';
import { buildLaunch, type Launch, queuedJobs } from '../../fixtures/launch';
import { joinAs } from '../../fixtures/people';

beforeAll(plugJobEngine);
afterAll(async () => {
  await closeSendingBoss();
  await closeDatabase();
});

const OVER: Evidence = {
  rule: 'stop-over',
  facts: [],
  confidence: 0.99,
  alternatives: [],
  wouldChange: [],
  since: '2026-11-20',
  until: '2026-11-21',
};
const shown = (status: string) => ({ 'campaign:campaign': { status, dailyBudget: null, creativeId: null } });
const inLaunch = <T>(launch: Launch, work: Parameters<typeof inWorkspace<T>>[1]) =>
  inWorkspace(launch.ctx.workspaceId, work);

/** A campaign that runs, as far as our own tables say. */
async function running(): Promise<Launch> {
  const launch = await buildLaunch();
  await decideApproval(launch.ctx, { approvalId: launch.approvalId, hash: launch.hash, decision: 'approve' });
  const [adSet] = launch.plan.adSets;
  await inLaunch(launch, async (tx) => {
    await tx.deployment.updateMany({ data: { state: 'DONE' } });
    await tx.campaignRecord.updateMany({ data: { status: 'ACTIVE' } });
    for (const [level, localKey] of [
      ['campaign', 'campaign'],
      ['adset', adSet?.key ?? ''],
    ] as const)
      await tx.remoteObject.create({
        data: {
          workspaceId: launch.ctx.workspaceId,
          campaignRecordId: launch.campaignRecordId,
          accountId: launch.account.externalId,
          level,
          localKey,
          remoteId: `${level}-${launch.campaignRecordId}`,
          status: 'ACTIVE',
          effectiveStatus: 'ACTIVE',
        },
      });
    await tx.monitorRun.create({
      data: { workspaceId: launch.ctx.workspaceId, adAccountId: launch.account.id, slot: new Date(), state: 'DONE' },
    });
  });
  return launch;
}

/** The pause was confirmed: what the stop lane writes down. */
const confirmPause = (launch: Launch) =>
  inLaunch(launch, async (tx) => {
    await tx.stopTarget.updateMany({ data: { state: 'CONFIRMED' } });
    await tx.campaignRecord.updateMany({ data: { status: 'PAUSED' } });
    await tx.remoteObject.updateMany({ where: { level: 'campaign' }, data: { status: 'PAUSED' } });
    await tx.campaignActionRecord.updateMany({
      where: { kind: 'pause_campaign' },
      data: { state: 'DONE', before: shown('ACTIVE'), after: shown('PAUSED'), executedAt: new Date() },
    });
  });
/** Lifted with nothing on its card: what was paused stays so. */
const lift = (launch: Launch, stopId: string) =>
  transact(launch.ctx, (tx, inner) => liftStop(tx, inner, { stopId, approvalId: null }));
const resumes = (launch: Launch) =>
  inLaunch(launch, (tx) =>
    tx.campaignActionRecord.findMany({ where: { kind: 'resume_campaign' }, orderBy: { createdAt: 'asc' } }),
  );

describe('Undo of what the emergency stop paused', () => {
  it('is a card of its own, for the owner and for a manager without a limit, and nothing is sent', async () => {
    const launch = await running();
    const { stopId } = await stopEverything(launch.ctx, { scope: { kind: 'workspace' } });
    await confirmPause(launch);
    const pause = await inLaunch(launch, (tx) =>
      tx.campaignActionRecord.findFirstOrThrow({ where: { kind: 'pause_campaign' } }),
    );
    const person = await joinAs(launch.ctx.workspaceId, 'manager');
    const manager = { ...launch.ctx, actor: { type: 'user' as const, id: person.userId } };
    await expect(undoAction(manager, { actionId: pause.id })).rejects.toMatchObject({ code: 'undo_not_possible' });
    await lift(launch, stopId);
    await undoAction(manager, { actionId: pause.id });
    expect((await resumes(launch)).map(({ state }) => state)).toEqual(['WAITING']);
    expect(await queuedJobs(launch.ctx.workspaceId, 'execute-action')).toEqual([]);
    const card = await inLaunch(launch, (tx) =>
      tx.approval.findFirstOrThrow({ where: { kind: 'campaign_action', state: 'WAITING' } }),
    );
    const press = { approvalId: card.id, hash: card.hash, decision: 'approve' as const };
    await expect(decideApproval(manager, press)).rejects.toMatchObject({ code: 'above_your_limit' });
    expect(await decideApproval(launch.ctx, press)).toEqual({ state: 'APPROVED' });
  });
});

describe('"put ours back" on a finding of long ago', () => {
  it('does not bring back what the owner decided otherwise since', async () => {
    const launch = await running();
    const finding = randomUUID();
    await inLaunch(launch, (tx) =>
      tx.driftFinding.create({
        data: {
          id: finding,
          workspaceId: launch.ctx.workspaceId,
          projectId: launch.projectId,
          campaignRecordId: launch.campaignRecordId,
          accountId: launch.account.externalId,
          level: 'campaign',
          localKey: 'campaign',
          remoteId: `campaign-${launch.campaignRecordId}`,
          field: 'status',
          ours: { value: 'ACTIVE' },
          theirs: { value: 'PAUSED' },
          occurredAt: new Date(),
        },
      }),
    );
    const { stopId } = await stopEverything(launch.ctx, { scope: { kind: 'workspace' } });
    await confirmPause(launch);
    await lift(launch, stopId);
    expect(await putOursBack(launch.ctx, { findingIds: [finding] })).toEqual([
      { findingId: finding, answer: 'not_possible' },
    ]);
    expect((await resumes(launch)).map(({ state }) => state)).toEqual([]);
    expect(await queuedJobs(launch.ctx.workspaceId, 'execute-action')).toEqual([]);
    await expect(putOursBack(launch.ctx, { findingIds: [finding] })).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('an alarm that is over', () => {
  const resume = (launch: Launch, day: string) =>
    proposeAction(
      { ...launch.ctx, actor: { type: 'job', name: 'monitor-account' } },
      {
        campaignRecordId: launch.campaignRecordId,
        suggestion: { action: { kind: 'resume_campaign' }, evidence: OVER },
        day,
      },
    );

  it('switches its own pause on again alone, but not once the owner has stopped everything in between', async () => {
    const launch = await running();
    const yesterday = new Date(Date.now() - 86_400_000);
    await inLaunch(launch, async (tx) => {
      await tx.campaignActionRecord.create({
        data: {
          workspaceId: launch.ctx.workspaceId,
          projectId: launch.projectId,
          campaignRecordId: launch.campaignRecordId,
          kind: 'pause_campaign',
          state: 'DONE',
          action: { kind: 'pause_campaign' },
          verdict: { answer: 'allow', reasons: ['alarm_open'] },
          evidence: OVER,
          dedupeKey: randomUUID(),
          occurredAt: yesterday,
          executedAt: yesterday,
        },
      });
      await tx.campaignRecord.updateMany({ data: { status: 'PAUSED' } });
      await tx.remoteObject.updateMany({ where: { level: 'campaign' }, data: { status: 'PAUSED' } });
    });
    const alone = await resume(launch, 'd1');
    expect(alone.verdict).toMatchObject({ answer: 'allow', reasons: ['restores_own_pause'] });
    await inLaunch(launch, (tx) => tx.campaignActionRecord.delete({ where: { id: alone.actionId } }));

    const { stopId } = await stopEverything(launch.ctx, { scope: { kind: 'workspace' } });
    await confirmPause(launch);
    await lift(launch, stopId);
    expect((await resume(launch, 'd2')).verdict).toMatchObject({ answer: 'ask', reasons: ['resumes_spend'] });
  });
});
