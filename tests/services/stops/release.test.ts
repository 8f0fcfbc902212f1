import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeSendingBoss, plugJobEngine } from '@/lib/jobs/engine';
import { closeDatabase, inWorkspace } from '@/lib/runtime/db';
import { decideApproval } from '@/lib/services/approvals/decide';
import { askToRelease } from '@/lib/services/mutations/release-stop';
import { stopEverything } from '@/lib/services/mutations/stop-everything';
import { stopInForce } from '@/lib/services/stops/in-force';
import { readStop } from '@/lib/services/stops/read';
import { buildOwner } from '../../factories';
import { buildLaunch } from '../../fixtures/launch';
import { joinAs } from '../../fixtures/people';
import { pressRelease, releaseCardOf } from '../../fixtures/release';

beforeAll(() => plugJobEngine());
afterAll(async () => {
  await closeSendingBoss();
  await closeDatabase();
});

const EVERYTHING = { scope: { kind: 'workspace' as const } };

describe('lifting a stop', () => {
  it('is the owner’s alone, once, is written down, and switches nothing on', async () => {
    const launch = await buildLaunch();
    const { ctx } = launch;
    const { stopId } = await stopEverything(ctx, EVERYTHING);
    const card = await releaseCardOf(ctx, stopId);
    const press = { approvalId: card.id, hash: card.hash, decision: 'approve' as const };
    for (const role of ['manager', 'analyst', 'client'] as const) {
      const person = await joinAs(ctx.workspaceId, role, { minor: 1_000_000n, currency: 'EUR' });
      const theirs = { ...ctx, actor: { type: 'user' as const, id: person.userId } };
      await expect(askToRelease(theirs, { stopId })).rejects.toMatchObject({ code: 'not_permitted' });
      await expect(decideApproval(theirs, press)).rejects.toMatchObject({ code: 'not_permitted' });
    }
    await expect(askToRelease({ ...ctx, actor: { type: 'agent' } }, { stopId })).rejects.toMatchObject({
      code: 'not_permitted',
    });
    await expect(askToRelease((await buildOwner()).ctx, { stopId })).rejects.toMatchObject({ code: 'not_found' });
    await expect(decideApproval(ctx, { ...press, hash: 'f'.repeat(64) })).rejects.toMatchObject({
      code: 'approval_hash_mismatch',
    });
    expect((await readStop(ctx)).state).not.toBeNull();

    const statusBefore = await inWorkspace(ctx.workspaceId, (tx) =>
      tx.campaignRecord.findMany({ select: { status: true } }),
    );
    const presses = await Promise.allSettled([decideApproval(ctx, press), decideApproval(ctx, press)]);
    expect(presses.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect((await readStop(ctx)).state).toBeNull();
    const after = await inWorkspace(ctx.workspaceId, async (tx) => ({
      inForce: await stopInForce(tx, ctx, launch.projectId),
      written: await tx.auditEntry.count({ where: { action: 'stop.released' } }),
      statuses: await tx.campaignRecord.findMany({ select: { status: true } }),
      effects: await tx.remoteEffect.count(),
    }));
    expect(after).toEqual({ inForce: null, written: 1, statuses: statusBefore, effects: 0 });
  });

  it('waits while something has not been paused or has not been looked at again', async () => {
    const launch = await buildLaunch();
    const { ctx } = launch;
    await inWorkspace(ctx.workspaceId, async (tx) => {
      await tx.campaignRecord.updateMany({ data: { status: 'ACTIVE' } });
      await tx.remoteObject.create({
        data: {
          workspaceId: ctx.workspaceId,
          campaignRecordId: launch.campaignRecordId,
          accountId: launch.account.externalId,
          level: 'campaign',
          localKey: 'campaign',
          remoteId: `remote-${launch.campaignRecordId}`,
          status: 'ACTIVE',
        },
      });
    });
    const { stopId } = await stopEverything(ctx, EVERYTHING);
    await expect(askToRelease(ctx, { stopId })).rejects.toMatchObject({ code: 'conflict' });
    const refused = { state: 'FAILED', reason: 'platform_not_permitted' };
    const soon = new Date(Date.now() + 20_000);
    await inWorkspace(ctx.workspaceId, (tx) => tx.stopTarget.updateMany({ data: { ...refused, leaseUntil: soon } }));
    await expect(askToRelease(ctx, { stopId })).rejects.toMatchObject({ code: 'conflict' });
    await inWorkspace(ctx.workspaceId, (tx) => tx.stopTarget.updateMany({ data: { leaseUntil: null } }));
    expect(await pressRelease(ctx, stopId)).toEqual([]);
    const card = await inWorkspace(ctx.workspaceId, (tx) =>
      tx.approval.findFirstOrThrow({ where: { kind: 'stop_release' } }),
    );
    // Nothing was running that the stop had paused: lifting it is all there was.
    expect(card).toMatchObject({ state: 'DONE', deltaMinor: null });
    expect((await readStop(ctx)).state).toBeNull();
    const left = await inWorkspace(ctx.workspaceId, (tx) => tx.campaignActionRecord.findMany());
    expect(left.map(({ kind, state, errorCode }) => [kind, state, errorCode])).toEqual([
      ['pause_campaign', 'FAILED', 'platform_not_permitted'],
    ]);
  });

  it('never loses a stop that is pressed at the same moment', async () => {
    const launch = await buildLaunch();
    const { ctx } = launch;
    await inWorkspace(ctx.workspaceId, async (tx) => {
      await tx.campaignRecord.updateMany({ data: { status: 'ACTIVE' } });
      await tx.remoteObject.create({
        data: {
          workspaceId: ctx.workspaceId,
          campaignRecordId: launch.campaignRecordId,
          accountId: launch.account.externalId,
          level: 'campaign',
          localKey: 'campaign',
          remoteId: `remote-${launch.campaignRecordId}`,
          status: 'ACTIVE',
        },
      });
    });
    for (let round = 0; round < 5; round += 1) {
      const { stopId } = await stopEverything(ctx, EVERYTHING);
      await inWorkspace(ctx.workspaceId, (tx) => tx.stopTarget.updateMany({ data: { state: 'CONFIRMED' } }));
      const card = await releaseCardOf(ctx, stopId);
      const press = { approvalId: card.id, hash: card.hash, decision: 'approve' as const };
      await Promise.allSettled([decideApproval(ctx, press), stopEverything(ctx, EVERYTHING)]);
      const lost = await inWorkspace(ctx.workspaceId, (tx) =>
        tx.stopTarget.findMany({ where: { state: { not: 'CONFIRMED' }, stop: { state: 'RELEASED' } } }),
      );
      expect(lost).toEqual([]);
    }
  });
});
