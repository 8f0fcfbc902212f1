import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EventType } from '@/lib/domain/events';
import { closeSendingBoss, plugJobEngine } from '@/lib/jobs/engine';
import { reactions } from '@/lib/reactions/registry';
import { runReactions, runReactionsAfter } from '@/lib/reactions/run';
import { closeDatabase, inWorkspace } from '@/lib/runtime/db';
import { listActivity } from '@/lib/services/activity/list';
import { requestApproval } from '@/lib/services/approvals/request';
import { listArtifacts } from '@/lib/services/artifacts/list';
import { transact } from '@/lib/services/context';
import { record } from '@/lib/services/ledger/record';
import { listMessages } from '@/lib/services/messages/list';
import { listNotifications } from '@/lib/services/notifications/list';
import { buildRunningCampaign, type Running } from '../insights/running-campaign';

beforeAll(() => plugJobEngine());
afterAll(async () => {
  await closeSendingBoss();
  await closeDatabase();
});

const happen = (running: Running, event: EventType, subject: string, payload: Record<string, string> = {}) =>
  transact(running.ctx, (tx, inner) =>
    record(tx, inner, { event, subject: { type: 'test', id: subject }, projectId: running.projectId, payload }),
  );
const messages = (running: Running) => listMessages(running.ctx, { conversationId: running.conversationId });
const bell = (running: Running) => listNotifications(running.ctx, { userId: running.userId });
const turns = ({ ctx }: Running) =>
  inWorkspace(ctx.workspaceId, async (tx) => {
    const rows = await tx.$queryRaw<{ cause: string }[]>`
    SELECT data->'data'->>'cause' AS cause FROM jobs.job WHERE data->>'kind' = 'run-turn' AND data->>'workspaceId' = ${ctx.workspaceId}`;
    return rows.map(({ cause }) => (JSON.parse(cause) as { type: string }).type);
  });

async function buildAction(running: Running): Promise<string> {
  const id = randomUUID();
  await inWorkspace(running.ctx.workspaceId, (tx) =>
    tx.campaignActionRecord.create({
      data: {
        id,
        workspaceId: running.ctx.workspaceId,
        projectId: running.projectId,
        campaignRecordId: running.campaignRecordId,
        kind: 'pause_ad',
        state: 'DONE',
        action: { kind: 'pause_ad', adKey: 'ad-2' },
        verdict: { answer: 'allow', reasons: [] },
        dedupeKey: id,
        occurredAt: new Date('2026-11-18T10:00:00Z'),
        evidence: {
          rule: 'pause-bad-ad',
          facts: [],
          confidence: 0.97,
          alternatives: [],
          wouldChange: [],
          since: '2026-11-10',
          until: '2026-11-17',
        },
      },
    }),
  );
  return id;
}

describe('reactions', () => {
  it('follow an event once, however often and however simultaneously it is delivered', async () => {
    const running = await buildRunningCampaign({ status: 'ACTIVE' });
    const eventId = await happen(running, 'campaign.status_changed', running.campaignRecordId, {
      from: 'IN_REVIEW',
      to: 'ACTIVE',
      seenAt: 'platform',
    });
    await Promise.all([1, 2, 3, 4].map(() => runReactions(eventId, running.ctx.workspaceId)));
    await runReactions(eventId, running.ctx.workspaceId);
    const notices = (await messages(running)).filter(({ kind }) => kind === 'NOTICE');
    expect(notices).toHaveLength(1);
    expect(notices[0]?.card).toMatchObject({ key: 'campaign_live', tone: 'good' });
    const { unread, notifications } = await bell(running);
    expect(unread).toBe(1);
    expect(notifications[0]?.href).toBe(
      `/chat/${running.projectId}?conversation=${running.conversationId}#message-${notices[0]?.id}`,
    );
  });

  it('leave nothing half done when one fails, and do it on the next delivery', async () => {
    const running = await buildRunningCampaign();
    const eventId = await happen(running, 'campaign.status_changed', randomUUID(), {
      to: 'ACTIVE',
      seenAt: 'platform',
    });
    await expect(runReactions(eventId, running.ctx.workspaceId)).rejects.toThrow('tell-campaign-status');
    const runs = await inWorkspace(running.ctx.workspaceId, (tx) => tx.reactionRun.count({ where: { eventId } }));
    expect(runs).toBe(0);
    expect((await bell(running)).unread).toBe(0);
  });

  it('do nothing for another workspace’s event', async () => {
    const [running, other] = [await buildRunningCampaign(), await buildRunningCampaign()];
    const eventId = await happen(running, 'campaign.status_changed', running.campaignRecordId, {
      to: 'ACTIVE',
      seenAt: 'platform',
    });
    await runReactions(eventId, other.ctx.workspaceId);
    expect((await bell(running)).unread + (await bell(other)).unread).toBe(0);
  });

  it('run in order for everything after a number, and say where they stopped', async () => {
    const running = await buildRunningCampaign();
    await happen(running, 'campaign.status_changed', running.campaignRecordId, {
      to: 'ACTIVE',
      from: 'PAUSED',
      seenAt: 'platform',
    });
    await happen(running, 'campaign.status_changed', running.campaignRecordId, { to: 'PAUSED', seenAt: 'platform' });
    const last = await runReactionsAfter(running.ctx, 0);
    expect((await messages(running)).map(({ card }) => card?.kind === 'NOTICE' && card.key)).toEqual([
      'campaign_live_again',
      'campaign_paused',
    ]);
    expect(await runReactionsAfter(running.ctx, last)).toBe(last);
  });

  it('have names that are never shared', () => {
    expect(new Set(reactions.map(({ name }) => name)).size).toBe(reactions.length);
  });
});

describe('what the owner is told', () => {
  it('is never "live" when only we wrote it', async () => {
    const running = await buildRunningCampaign({ status: 'ACTIVE' });
    await runReactions(
      await happen(running, 'campaign.status_changed', running.campaignRecordId, { from: 'DEPLOYING', to: 'ACTIVE' }),
      running.ctx.workspaceId,
    );
    expect(await messages(running)).toHaveLength(0);
  });

  it.each([
    ['ACTIVE', 'campaign_live', 1],
    ['IN_REVIEW', 'campaign_in_review', 0],
    ['DISAPPROVED', 'campaign_refused', 1],
  ])('after a deployment the platform shows as %s is %s', async (status, key, bells) => {
    const running = await buildRunningCampaign();
    const deploymentId = randomUUID();
    await inWorkspace(running.ctx.workspaceId, (tx) =>
      tx.deployment.create({
        data: {
          id: deploymentId,
          workspaceId: running.ctx.workspaceId,
          projectId: running.projectId,
          campaignRecordId: running.campaignRecordId,
          approvalId: randomUUID(),
          planVersionId: 'v',
          planHash: 'h',
        },
      }),
    );
    await runReactions(await happen(running, 'deployment.finished', deploymentId, { status }), running.ctx.workspaceId);
    expect((await messages(running)).map(({ card }) => card?.kind === 'NOTICE' && card.key)).toEqual([key]);
    expect((await bell(running)).unread).toBe(bells);
  });

  it('about an action is a message with its card, an artifact, a bell and a line of activity on the account’s day', async () => {
    const running = await buildRunningCampaign({ status: 'ACTIVE' });
    const actionId = await buildAction(running);
    const eventId = await happen(running, 'action.executed', actionId);
    await Promise.all([runReactions(eventId, running.ctx.workspaceId), runReactions(eventId, running.ctx.workspaceId)]);
    expect(
      (await messages(running)).map(({ kind, card }) => [kind, card?.kind === 'AGENT_ACTION' && card.actionId]),
    ).toEqual([['AGENT_ACTION', actionId]]);
    const artifacts = await listArtifacts(running.ctx, { projectId: running.projectId });
    expect(artifacts.map(({ type, card }) => [type, card?.kind])).toEqual([['ACTION', 'AGENT_ACTION']]);
    expect((await bell(running)).notifications[0]?.body).toContain('I paused');
    expect(await listActivity(running.ctx, { projectId: running.projectId })).toMatchObject([
      { day: '2026-11-18', actions: [{ actionId }] },
    ]);
  });

  it('about a waiting card is one bell that leads to it', async () => {
    const running = await buildRunningCampaign({ status: 'ACTIVE' });
    const { messageId } = await requestApproval(running.ctx, {
      kind: 'campaign_action',
      projectId: running.projectId,
      conversationId: running.conversationId,
      campaignRecordId: running.campaignRecordId,
      payload: { a: 1 },
      shownText: 'Raise it?',
      lifetimeHours: 24,
      subject: 's',
    });
    await runReactionsAfter(running.ctx, 0);
    const { notifications } = await bell(running);
    expect(notifications).toMatchObject([
      {
        type: 'APPROVAL_NEEDED',
        href: `/chat/${running.projectId}?conversation=${running.conversationId}#message-${messageId}`,
      },
    ]);
  });
});

describe('the agent goes on by itself', () => {
  it('after the brief is confirmed and after changes are asked for', async () => {
    const running = await buildRunningCampaign();
    const before = await turns(running);
    await runReactions(await happen(running, 'brief.confirmed', running.projectId), running.ctx.workspaceId);
    const { approvalId } = await requestApproval(running.ctx, {
      kind: 'launch',
      projectId: running.projectId,
      conversationId: running.conversationId,
      payload: { a: 2 },
      shownText: '',
      lifetimeHours: 24,
      subject: 'launch',
    });
    await runReactions(
      await happen(running, 'approval.decided', approvalId, { decision: 'request_changes' }),
      running.ctx.workspaceId,
    );
    await runReactions(
      await happen(running, 'approval.decided', approvalId, { decision: 'approve' }),
      running.ctx.workspaceId,
    );
    expect((await turns(running)).slice(before.length).sort()).toEqual(['brief_confirmed', 'changes_requested']);
  });

  it('after connecting only once the brief is confirmed', async () => {
    const running = await buildRunningCampaign();
    const connected = async () => {
      await runReactions(await happen(running, 'account.selected', running.projectId), running.ctx.workspaceId);
      return (await turns(running)).filter((type) => type === 'connected').length;
    };
    expect(await connected()).toBe(0);
    await inWorkspace(running.ctx.workspaceId, (tx) =>
      tx.projectBrief.create({
        data: { workspaceId: running.ctx.workspaceId, projectId: running.projectId, confirmedAt: new Date() },
      }),
    );
    expect(await connected()).toBe(1);
  });
});
