import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AppError } from '@/lib/domain/errors';
import type { Envelope } from '@/lib/domain/plan';
import { closeSendingBoss, plugJobEngine } from '@/lib/jobs/engine';
import { closeDatabase, inWorkspace, type Prisma } from '@/lib/runtime/db';
import { decideApproval } from '@/lib/services/approvals/decide';
import { expireApprovals } from '@/lib/services/approvals/expire';
import { renewApproval } from '@/lib/services/approvals/renew';
import { requestApproval } from '@/lib/services/approvals/request';
import { listMessages } from '@/lib/services/messages/list';
import { proposePolicyChange } from '@/lib/services/policy/propose-change';
import { buildOwner } from '../../factories';
import { buildLaunch, type Launch, putBeforeOwner, queuedJobs, setOffset } from '../../fixtures/launch';

const HOUR = 3_600_000;
beforeAll(() => plugJobEngine());
afterAll(async () => {
  await closeSendingBoss();
  await closeDatabase();
});

const press = (launch: Launch, more: { hash?: string; decision?: 'approve' | 'decline' | 'request_changes' } = {}) =>
  decideApproval(launch.ctx, {
    approvalId: launch.approvalId,
    hash: more.hash ?? launch.hash,
    decision: more.decision ?? 'approve',
  });
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'fulfilled',
    (error: AppError) => error.code,
  );
const read = (launch: Launch) =>
  inWorkspace(launch.ctx.workspaceId, async (tx) => ({
    approval: await tx.approval.findUniqueOrThrow({ where: { id: launch.approvalId } }),
    campaign: await tx.campaignRecord.findUniqueOrThrow({ where: { id: launch.campaignRecordId } }),
    deployments: await tx.deployment.findMany({ where: { campaignRecordId: launch.campaignRecordId } }),
    policies: await tx.policyVersion.findMany({ where: { projectId: launch.projectId } }),
  }));

describe('a press on a launch card', () => {
  it('approves the stored plan letter by letter, freezes it, sets the limits and starts one deployment', async () => {
    const launch = await buildLaunch();
    expect(await press(launch)).toEqual({ state: 'APPROVED' });
    const { approval, campaign, deployments, policies } = await read(launch);
    expect(approval).toMatchObject({ state: 'APPROVED', decidedBy: launch.userId, decision: 'approve' });
    expect(campaign).toMatchObject({ status: 'APPROVED', planVersionId: launch.planVersionId, structure: launch.plan });
    expect(policies).toMatchObject([{ version: 1, envelope: launch.plan.envelope, approvalId: launch.approvalId }]);
    expect(deployments).toMatchObject([{ state: 'RUNNING', planHash: launch.hash, approvalId: launch.approvalId }]);
    const jobs = await queuedJobs(launch.ctx.workspaceId, 'deploy');
    expect(jobs).toMatchObject([
      { data: { deploymentId: deployments[0]?.id }, key: `meta:${launch.account.externalId}` },
    ]);
  });

  it('fifty presses at once start one deployment', async () => {
    const launch = await buildLaunch();
    const outcomes = await Promise.all(Array.from({ length: 50 }, () => codeOf(press(launch))));
    expect(outcomes.filter((outcome) => outcome === 'fulfilled')).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === 'approval_not_waiting')).toHaveLength(49);
    const { deployments, policies } = await read(launch);
    expect(deployments).toHaveLength(1);
    expect(policies).toHaveLength(1);
    expect(await queuedJobs(launch.ctx.workspaceId, 'deploy')).toHaveLength(1);
    const answers = (await listMessages(launch.ctx, { conversationId: launch.conversationId })).filter(
      (message) => message.kind === 'APPROVAL_RESPONSE',
    );
    expect(answers).toHaveLength(1);
  });

  it('approving and declining at the same moment has one outcome', async () => {
    const launch = await buildLaunch();
    const outcomes = await Promise.all([codeOf(press(launch)), codeOf(press(launch, { decision: 'decline' }))]);
    expect(outcomes.filter((outcome) => outcome === 'fulfilled')).toHaveLength(1);
    const { approval, campaign, deployments } = await read(launch);
    expect([
      ['APPROVED', 'APPROVED', 1],
      ['DECLINED', 'ARCHIVED', 0],
    ]).toContainEqual([approval.state, campaign.status, deployments.length]);
  });

  it('is refused with any other hash than the one shown', async () => {
    const launch = await buildLaunch();
    const wrong = [
      launch.hash.replace(/^./, (first) => (first === '0' ? '1' : '0')),
      launch.hash.toUpperCase(),
      '',
      launch.hash.slice(0, -1),
    ];
    for (const hash of wrong) expect(await codeOf(press(launch, { hash }))).toBe('approval_hash_mismatch');
    expect((await read(launch)).approval.state).toBe('WAITING');
  });

  it('is refused when the stored plan was changed by one cent after the card was shown', async () => {
    const launch = await buildLaunch();
    await inWorkspace(launch.ctx.workspaceId, async (tx) => {
      const { payload } = await tx.approval.findUniqueOrThrow({ where: { id: launch.approvalId } });
      await tx.approval.update({
        where: { id: launch.approvalId },
        data: { payload: payload.replace('"minor":"1000"', '"minor":"1001"') },
      });
    });
    expect(await codeOf(press(launch))).toBe('approval_hash_mismatch');
    const other = await buildLaunch();
    await inWorkspace(other.ctx.workspaceId, async (tx) => {
      const version = await tx.planVersion.findUniqueOrThrow({ where: { id: other.planVersionId } });
      await tx.planVersion.update({
        where: { id: version.id },
        data: { canonical: version.canonical.replace('"minor":"1000"', '"minor":"1001"') },
      });
    });
    expect(await codeOf(press(other))).toBe('approval_hash_mismatch');
    expect((await read(other)).deployments).toEqual([]);
  });

  it('works a business minute before its time is over and not at it', async () => {
    const early = await buildLaunch();
    const { approval } = await read(early);
    const left = approval.expiresAt.getTime() - approval.occurredAt.getTime();
    expect(left).toBe(24 * HOUR);
    await setOffset(early.ctx.workspaceId, 24 * HOUR - 60_000);
    expect(await codeOf(press(early))).toBe('fulfilled');
    const late = await buildLaunch();
    await setOffset(late.ctx.workspaceId, 24 * HOUR);
    expect(await codeOf(press(late))).toBe('approval_expired');
    const after = await read(late);
    expect([after.approval.state, after.campaign.status, after.deployments.length]).toEqual([
      'EXPIRED',
      'PENDING_APPROVAL',
      0,
    ]);
    expect(await codeOf(press(late))).toBe('approval_expired');
  });

  it('does nothing on a card that a newer one took the place of', async () => {
    const launch = await buildLaunch();
    const newer = await putBeforeOwner(launch, {
      ...launch,
      plan: { ...launch.plan, name: 'Cakes for everyone' },
      version: 2,
    });
    expect(await codeOf(press(launch))).toBe('approval_not_waiting');
    expect((await read(launch)).approval).toMatchObject({ state: 'SUPERSEDED', supersededById: newer.approvalId });
    expect(await codeOf(press({ ...launch, ...newer }))).toBe('fulfilled');
    expect((await read(launch)).campaign.structure).toMatchObject({ name: 'Cakes for everyone' });
  });

  it('starts nothing for a campaign that another card already launched', async () => {
    const launch = await buildLaunch();
    await press(launch);
    const { approval } = await read(launch);
    // As if an old card had been left waiting beside the one that was pressed.
    const left = await inWorkspace(launch.ctx.workspaceId, (tx) =>
      tx.approval.create({
        data: {
          ...approval,
          id: undefined,
          state: 'WAITING',
          decidedBy: null,
          decidedAt: null,
          decision: null,
        } as Prisma.ApprovalUncheckedCreateInput,
      }),
    );
    expect(await codeOf(press({ ...launch, approvalId: left.id }))).toBe('approval_not_waiting');
    expect((await read(launch)).deployments).toHaveLength(1);
  });

  it('of another workspace is not found', async () => {
    const launch = await buildLaunch();
    const stranger = await buildOwner();
    expect(await codeOf(press({ ...launch, ctx: stranger.ctx }))).toBe('not_found');
  });

  it.each([
    { type: 'agent' },
    { type: 'job', name: 'deploy' },
    { type: 'system' },
    { type: 'webhook', name: 'x' },
  ] as const)('by $type is not permitted', async (actor) => {
    const launch = await buildLaunch();
    expect(await codeOf(press({ ...launch, ctx: { ...launch.ctx, actor } }))).toBe('not_permitted');
    expect((await read(launch)).approval.state).toBe('WAITING');
  });

  it('asking for changes keeps the campaign and closes the card', async () => {
    const launch = await buildLaunch();
    await press(launch, { decision: 'request_changes' });
    const { approval, campaign, deployments } = await read(launch);
    expect([approval.state, approval.decision, campaign.status, deployments.length]).toEqual([
      'DECLINED',
      'request_changes',
      'CHANGES_REQUESTED',
      0,
    ]);
  });
});

describe('cards', () => {
  it('show the plan the hash covers, with what it may cost, and live state', async () => {
    const launch = await buildLaunch();
    const cardOf = async () =>
      (await listMessages(launch.ctx, { conversationId: launch.conversationId })).find(
        (message) => message.kind === 'APPROVAL_REQUEST',
      )?.card;
    expect(await cardOf()).toMatchObject({
      approvalKind: 'launch',
      approvalId: launch.approvalId,
      hash: launch.hash,
      state: 'WAITING',
      plan: launch.plan,
      planVersion: 1,
      spend: { day: { minor: '1000', currency: 'EUR' }, worstDay: { minor: '1750' }, week: { minor: '7000' } },
    });
    await setOffset(launch.ctx.workspaceId, 25 * HOUR);
    expect(await cardOf()).toMatchObject({ state: 'EXPIRED' });
    expect(await expireApprovals(launch.ctx)).toEqual({ expired: 1 });
    expect(await expireApprovals(launch.ctx)).toEqual({ expired: 0 });
  });

  it('an expired launch card can be put up again for the same plan, and only then', async () => {
    const launch = await buildLaunch();
    expect(await codeOf(renewApproval(launch.ctx, launch))).toBe('approval_not_waiting');
    await setOffset(launch.ctx.workspaceId, 25 * HOUR);
    await expireApprovals(launch.ctx);
    const renewed = await renewApproval(launch.ctx, launch);
    expect(renewed.hash).toBe(launch.hash);
    expect(await codeOf(renewApproval(launch.ctx, renewed))).toBe('approval_not_waiting');
    expect(await codeOf(press({ ...launch, ...renewed }))).toBe('fulfilled');
    expect(await codeOf(renewApproval(launch.ctx, launch))).toBe('approval_not_waiting');
  });

  it('new limits come into force with their approval, as a version of their own', async () => {
    const launch = await buildLaunch();
    await press(launch);
    const envelope: Envelope = { ...launch.plan.envelope, maxShiftPercent: 20 };
    const { approvalId, hash } = await proposePolicyChange(launch.ctx, {
      projectId: launch.projectId,
      conversationId: launch.conversationId,
      change: { maxShiftPercent: 20 },
    });
    await decideApproval(launch.ctx, { approvalId, hash, decision: 'approve' });
    const { policies } = await read(launch);
    expect(policies.sort((a, b) => a.version - b.version)).toMatchObject([
      { version: 1 },
      { version: 2, envelope, approvalId },
    ]);
  });

  it('fifty cards of one subject asked for at once leave one waiting', async () => {
    const launch = await buildLaunch();
    const ask = () =>
      requestApproval(launch.ctx, {
        kind: 'policy_change',
        projectId: launch.projectId,
        conversationId: null,
        payload: launch.plan.envelope,
        shownText: '',
        lifetimeHours: 24,
        subject: `envelope:${launch.projectId}`,
      });
    await Promise.all(Array.from({ length: 20 }, ask));
    const rows = await inWorkspace(launch.ctx.workspaceId, (tx) =>
      tx.approval.groupBy({ by: ['state'], where: { subject: `envelope:${launch.projectId}` }, _count: true }),
    );
    expect(Object.fromEntries(rows.map((row) => [row.state, row._count]))).toEqual({ WAITING: 1, SUPERSEDED: 19 });
  });
});
