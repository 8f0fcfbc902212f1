import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { closeSendingBoss, plugJobEngine } from '@/lib/jobs/engine';
import { closeDatabase, inSystem, inWorkspace } from '@/lib/runtime/db';
import { decideApproval } from '@/lib/services/approvals/decide';
import type { ServiceContext } from '@/lib/services/context';
import { verifyAudit } from '@/lib/services/ledger/verify';
import { acceptInvitation } from '@/lib/services/members/accept';
import { inviteMember } from '@/lib/services/members/invite';
import { putOursBack } from '@/lib/services/mutations/settle-drift';
import { stopEverything } from '@/lib/services/mutations/stop-everything';
import { undoAction } from '@/lib/services/mutations/undo';
import { proposePolicyChange } from '@/lib/services/policy/propose-change';
import { buildProject } from '../factories';
import { buildLaunch } from '../fixtures/launch';
import { signUpPerson } from '../fixtures/people';
import { releaseCardOf } from '../fixtures/release';
import { buildRunningCampaign } from '../services/insights/running-campaign';
import { type DyingDatabase, startDyingDatabase } from './dying-database';

/** Every message of every press with `npm run soak press-kills`; every day two points of each, others each day. */
const isSoak = process.env.SOAK === '1';
const DAY_NUMBER = Math.floor(Date.now() / 86_400_000);
const MOST_MESSAGES = 300;
let database: DyingDatabase;

beforeAll(async () => {
  database = await startDyingDatabase(process.env.DATABASE_URL ?? '');
  process.env.DATABASE_URL = database.url;
  plugJobEngine();
});
afterAll(async () => {
  await closeSendingBoss();
  await closeDatabase();
  await database.close();
});

/** A press, and how often it took effect so far. */
type Press = { ctx: ServiceContext; press: () => Promise<unknown>; effects: () => Promise<number> };

const PRESSES: Record<string, () => Promise<Press>> = {
  'Approve on a launch': async () => {
    const launch = await buildLaunch();
    const { ctx, approvalId, hash } = launch;
    return {
      ctx,
      press: () => decideApproval(ctx, { approvalId, hash, decision: 'approve' }),
      effects: () => inWorkspace(ctx.workspaceId, (tx) => tx.deployment.count()),
    };
  },
  'Approve on other limits': async () => {
    const launch = await buildLaunch();
    const { ctx, projectId } = launch;
    await decideApproval(ctx, { approvalId: launch.approvalId, hash: launch.hash, decision: 'approve' });
    const card = await proposePolicyChange(ctx, { projectId, conversationId: null, change: { maxChangesPerDay: 1 } });
    return {
      ctx,
      press: () => decideApproval(ctx, { ...card, decision: 'approve' }),
      effects: () => inWorkspace(ctx.workspaceId, (tx) => tx.policyVersion.count({ where: { version: { gt: 1 } } })),
    };
  },
  Undo: async () => {
    const running = await buildRunningCampaign({ status: 'ACTIVE' });
    const { ctx, projectId, campaignRecordId } = running;
    const adKey = running.plan.adSets[0]?.ads[0]?.key ?? '';
    const action = { kind: 'pause_ad', adKey };
    const { id } = await inWorkspace(ctx.workspaceId, async (tx) => {
      await tx.remoteObject.updateMany({ where: { level: 'ad', localKey: adKey }, data: { status: 'PAUSED' } });
      return tx.campaignActionRecord.create({
        data: {
          workspaceId: ctx.workspaceId,
          projectId,
          campaignRecordId,
          kind: action.kind,
          state: 'DONE',
          action,
          evidence: { rule: 'test', facts: [], confidence: 1, alternatives: [], wouldChange: [], since: '', until: '' },
          verdict: { answer: 'allow', reasons: ['clearly_bad_ad'] },
          after: { [`ad:${adKey}`]: { status: 'PAUSED', dailyBudget: null, creativeId: null } },
          dedupeKey: randomUUID(),
          occurredAt: new Date(),
          executedAt: new Date(),
        },
      });
    });
    return {
      ctx,
      press: () => undoAction(ctx, { actionId: id }),
      effects: () => inWorkspace(ctx.workspaceId, (tx) => tx.campaignActionRecord.count({ where: { undoOfId: id } })),
    };
  },
  'Put ours back': async () => {
    const running = await buildRunningCampaign({ status: 'ACTIVE' });
    const { ctx, projectId, campaignRecordId, remote } = running;
    const { id } = await inWorkspace(ctx.workspaceId, (tx) =>
      tx.driftFinding.create({
        data: {
          id: randomUUID(),
          workspaceId: ctx.workspaceId,
          projectId,
          campaignRecordId,
          accountId: running.accountExternalId,
          level: 'ad',
          localKey: running.plan.adSets[0]?.ads[0]?.key ?? '',
          remoteId: remote.ads[0] ?? '',
          field: 'status',
          ours: { value: 'ACTIVE' },
          theirs: { value: 'PAUSED' },
          occurredAt: new Date(),
        },
      }),
    );
    return {
      ctx,
      press: () => putOursBack(ctx, { findingIds: [id] }),
      effects: () => inWorkspace(ctx.workspaceId, (tx) => tx.campaignActionRecord.count()),
    };
  },
  'Lift the stop': async () => {
    const { ctx } = await buildProject();
    const { stopId } = await stopEverything(ctx, { scope: { kind: 'workspace' } });
    const card = await releaseCardOf(ctx, stopId);
    return {
      ctx,
      press: () => decideApproval(ctx, { approvalId: card.id, hash: card.hash, decision: 'approve' }),
      effects: () => inWorkspace(ctx.workspaceId, (tx) => tx.auditEntry.count({ where: { action: 'stop.released' } })),
    };
  },
  'Accept an invitation': async () => {
    const project = await buildProject();
    await inSystem((tx) => tx.user.updateMany({ where: { id: project.userId }, data: { isAnonymous: false } }));
    const friend = await signUpPerson();
    const { invitationId } = await inviteMember(project.ctx, { email: friend.email, role: 'client', limit: null });
    const { userId, sessionId } = friend;
    return {
      ctx: project.ctx,
      press: () => acceptInvitation({ invitationId, userId, sessionId, requestId: randomUUID() }),
      effects: () =>
        inSystem((tx) =>
          tx.member.count({ where: { organizationId: project.ctx.workspaceId, userId: friend.userId } }),
        ),
    };
  },
};

/** Dies there, is pressed again, and twice more at once: it took effect once, whole. False: it never got so far. */
async function survives(name: string, point: { message: number; when: 'before' | 'after' }): Promise<boolean> {
  const { ctx, press, effects } = await (PRESSES[name] as () => Promise<Press>)();
  const died = await database.dieAt(point, press);
  const what = `${name}, ${point.when} message ${point.message}`;
  expect(await effects(), `${what}: all or nothing`).toBeLessThanOrEqual(1);
  await Promise.allSettled([press(), press(), press()]);
  expect(await effects(), `${what}: once`).toBe(1);
  expect((await verifyAudit(ctx)).firstBad, what).toBeNull();
  return died;
}

it.each(Object.keys(PRESSES))(
  '%s: a death in the middle leaves all or nothing, and pressing again, many times at once, takes effect once',
  async (name) => {
    let deaths = 0;
    for (const when of ['before', 'after'] as const) {
      const sampled = 1 + ((DAY_NUMBER * 5 + (when === 'after' ? 7 : 0)) % 14);
      for (let message = isSoak ? 1 : sampled; message < MOST_MESSAGES; message += 1) {
        if (!(await survives(name, { message, when }))) break;
        deaths += 1;
        if (!isSoak) break;
      }
    }
    expect(deaths).toBeGreaterThanOrEqual(isSoak ? 10 : 1);
    process.stdout.write(`${name}: ${deaths} deaths\n`);
  },
  3_600_000,
);
