import { randomUUID } from 'node:crypto';
import type { Verb } from '@/lib/domain/roles';
import { inSystem, inWorkspace } from '@/lib/runtime/db';
import { pngOf } from '@/tests/contract/meta/pictures';
import type { Launch } from '@/tests/fixtures/launch';

/** Rows of one workspace that the requests below name. */
export type World = {
  launch: Launch;
  turnId: string;
  notificationId: (userId: string) => Promise<string>;
  invitationId: () => Promise<string>;
  sha256: string;
};

export type Ask = {
  params?: Record<string, string>;
  query?: Record<string, string>;
  body?: unknown;
  form?: FormData;
};

/**
 * `verb`: what the matrix must allow. `elsewhere`: what the owner of another workspace gets: 404 for anything that names a
 * row of this one, `own` where the answer is about the asker's own workspace. `open`: everybody, signed in or not.
 * `secret`: schedulers only. `self`: about the person who asks, whatever their role.
 */
export type Entry =
  | { verb: Verb; elsewhere: 404 | 'own'; ask: (world: World, userId: string) => Ask | Promise<Ask> }
  | { self: true; ask: (world: World, userId: string) => Ask | Promise<Ask>; elsewhere: 404 | 'own' }
  | { open: true }
  | { secret: true };

const none = (): Ask => ({});
const project = ({ launch }: World): Ask => ({ params: { projectId: launch.projectId } });
const conversation = ({ launch }: World): Ask => ({ params: { conversationId: launch.conversationId } });
const read = 'workspace.read' as const;

/** Every route handler there is. A new one without an entry is a red test. */
export const ROUTES: Record<string, Entry> = {
  'POST /api/actions/[actionId]/undo': {
    verb: 'action.undo',
    elsewhere: 404,
    ask: async ({ launch }) => ({ params: { actionId: await doneAction(launch) } }),
  },
  'POST /api/approvals/[approvalId]/renew': {
    verb: 'approval.answer',
    elsewhere: 404,
    ask: ({ launch }) => ({ params: { approvalId: launch.approvalId } }),
  },
  'GET /api/auth/[...all]': { open: true },
  'POST /api/auth/[...all]': { open: true },
  'GET /api/auth/facebook': {
    verb: 'connection.manage',
    elsewhere: 404,
    ask: ({ launch }) => ({ query: { projectId: launch.projectId } }),
  },
  // Signed by the platform; the signature is what they ask for.
  'POST /api/auth/facebook/deauthorize': { open: true },
  'POST /api/auth/facebook/deletion': { open: true },
  // Answers with a way back to the chat, whatever happens; what it may do is asked in takeLoginState.
  'GET /api/auth/facebook/callback': { open: true },
  'POST /api/campaigns/deploy': {
    verb: 'deployment.resume',
    elsewhere: 404,
    ask: async ({ launch }) => ({ body: { campaignRecordId: await stuckCampaign(launch) } }),
  },
  'POST /api/chat/approve': {
    verb: 'approval.approve',
    elsewhere: 404,
    ask: ({ launch }) => ({ body: { approvalId: launch.approvalId, hash: launch.hash, decision: 'approve' } }),
  },
  'POST /api/chat/message': {
    verb: 'message.send',
    elsewhere: 404,
    ask: ({ launch }) => ({ body: { conversationId: launch.conversationId, content: 'hello' } }),
  },
  'GET /api/chat/turns/[turnId]/events': {
    verb: read,
    elsewhere: 404,
    ask: ({ turnId }) => ({ params: { turnId } }),
  },
  'POST /api/chat/turns/[turnId]/stop': {
    verb: 'turn.stop',
    elsewhere: 404,
    ask: ({ turnId }) => ({ params: { turnId } }),
  },
  'GET /api/conversations/[conversationId]/messages': { verb: read, elsewhere: 404, ask: conversation },
  'GET /api/cron/drain': { secret: true },
  'GET /api/cron/monitor': { secret: true },
  'POST /api/demo': { open: true },
  'GET /api/events': { verb: read, elsewhere: 'own', ask: none },
  'POST /api/files': { verb: 'file.upload', elsewhere: 'own', ask: () => ({ form: photo() }) },
  'GET /api/files/[sha256]': { verb: read, elsewhere: 404, ask: ({ sha256 }) => ({ params: { sha256 } }) },
  'GET /api/health': { open: true },
  'GET /api/health/ready': { open: true },
  'GET /api/history/export': { verb: read, elsewhere: 'own', ask: none },
  'POST /api/invitations/[invitationId]/accept': {
    self: true,
    elsewhere: 'own',
    ask: async (world) => ({ params: { invitationId: await world.invitationId() } }),
  },
  'GET /api/members': { verb: read, elsewhere: 'own', ask: none },
  'POST /api/members': {
    verb: 'member.manage',
    elsewhere: 'own',
    ask: () => ({ body: { email: `${randomUUID()}@guest.test`, role: 'analyst', limit: null } }),
  },
  'POST /api/members/[userId]/role': {
    verb: 'member.manage',
    elsewhere: 404,
    ask: async ({ launch }) => ({
      params: { userId: await colleague(launch) },
      body: { role: 'client', limit: null },
    }),
  },
  'POST /api/members/[userId]/remove': {
    verb: 'member.manage',
    elsewhere: 404,
    ask: async ({ launch }) => ({ params: { userId: await colleague(launch) } }),
  },
  'POST /api/members/invitations/[invitationId]/cancel': {
    verb: 'member.manage',
    elsewhere: 404,
    ask: async (world) => ({ params: { invitationId: await world.invitationId() } }),
  },
  'GET /api/notifications': { verb: read, elsewhere: 'own', ask: none },
  'POST /api/notifications/[notificationId]/read': {
    verb: 'notification.read',
    elsewhere: 404,
    ask: async (world, userId) => ({ params: { notificationId: await world.notificationId(userId) } }),
  },
  'POST /api/projects': { verb: 'project.create', elsewhere: 'own', ask: () => ({ body: { name: 'Another' } }) },
  'POST /api/projects/[projectId]/account': {
    verb: 'account.select',
    elsewhere: 404,
    ask: ({ launch }) => ({
      params: { projectId: launch.projectId },
      body: { accountId: launch.account.id, pageId: launch.page.id },
    }),
  },
  'GET /api/projects/[projectId]/activity': { verb: read, elsewhere: 404, ask: project },
  'GET /api/projects/[projectId]/artifacts': { verb: read, elsewhere: 404, ask: project },
  'POST /api/projects/[projectId]/brief/confirm': {
    verb: 'brief.confirm',
    elsewhere: 404,
    ask: async ({ launch }) => ({ params: { projectId: launch.projectId }, body: { version: await brief(launch) } }),
  },
  'GET /api/projects/[projectId]/chat': { verb: read, elsewhere: 404, ask: project },
  'GET /api/projects/[projectId]/clock': { verb: read, elsewhere: 404, ask: project },
  'POST /api/projects/[projectId]/clock': {
    verb: 'clock.advance',
    elsewhere: 404,
    ask: ({ launch }) => ({ params: { projectId: launch.projectId }, body: { advance: '4h' } }),
  },
  'GET /api/projects/[projectId]/policy': { verb: read, elsewhere: 404, ask: project },
  'POST /api/projects/[projectId]/policy': {
    verb: 'policy.change',
    elsewhere: 404,
    ask: async ({ launch }) => ({
      params: { projectId: launch.projectId },
      body: { conversationId: null, change: { mayPauseBadAds: await otherThanNow(launch) } },
    }),
  },
  'POST /api/projects/[projectId]/workspace-limit': {
    verb: 'policy.change',
    elsewhere: 404,
    // Another amount each time: the same one twice changes nothing.
    ask: ({ launch }) => ({
      params: { projectId: launch.projectId },
      body: { currency: 'EUR', amount: { minor: String(9_000_000_000 - (Date.now() % 1_000_000)), currency: 'EUR' } },
    }),
  },
  'GET /api/dead-letters': { verb: read, elsewhere: 'own', ask: none },
  'POST /api/dead-letters/[deadLetterId]': {
    verb: 'job.manage',
    elsewhere: 404,
    ask: async ({ launch }) => ({
      params: { deadLetterId: await deadLetter(launch) },
      body: { decision: 'discard' },
    }),
  },
  'GET /api/drift': { verb: read, elsewhere: 'own', ask: none },
  'POST /api/drift': {
    verb: 'action.undo',
    elsewhere: 404,
    ask: async ({ launch }) => ({ body: { findingIds: [await driftFinding(launch)], decision: 'keep' } }),
  },
  'GET /api/quarantines': { verb: read, elsewhere: 'own', ask: none },
  'POST /api/quarantines/[quarantineId]/release': {
    verb: 'ads.release',
    elsewhere: 404,
    ask: async ({ launch }) => ({ params: { quarantineId: await quarantine(launch) } }),
  },
  'GET /api/stop': {
    verb: read,
    elsewhere: 'own',
    ask: ({ launch }) => ({ query: { projectId: launch.projectId } }),
  },
  'POST /api/stop': {
    verb: 'ads.stop',
    elsewhere: 404,
    ask: ({ launch }) => ({ body: { projectId: launch.projectId } }),
  },
  'POST /api/stop/release': {
    verb: 'ads.release',
    elsewhere: 404,
    ask: async ({ launch }) => ({ body: { stopId: await confirmedStop(launch) } }),
  },
  // Signed and good for pausing alone.
  'POST /api/stop/[token]': { open: true },
  'POST /api/workspaces/[workspaceId]/switch': {
    self: true,
    elsewhere: 404,
    ask: ({ launch }) => ({ params: { workspaceId: launch.ctx.workspaceId } }),
  },
};

function photo(): FormData {
  const form = new FormData();
  form.set('file', new File([new Uint8Array(pngOf(700, 700, 7))], 'shop.png', { type: 'image/png' }));
  return form;
}

const within = <T>(launch: Launch, work: Parameters<typeof inWorkspace<T>>[1]) =>
  inWorkspace(launch.ctx.workspaceId, work);

/** Limits are in force; the answer is a change of them. */
async function otherThanNow(launch: Launch): Promise<boolean> {
  const { ctx, projectId, plan } = launch;
  await within(launch, async (tx) => {
    if ((await tx.policyVersion.count({ where: { projectId } })) > 0) return;
    await tx.policyVersion.create({
      data: { workspaceId: ctx.workspaceId, projectId, version: 1, envelope: plan.envelope },
    });
  });
  return !plan.envelope.mayPauseBadAds;
}

/** A done pause of an ad, too old to be taken back: reached only by whoever may press Undo at all. */
async function doneAction(launch: Launch): Promise<string> {
  const row = await within(launch, (tx) =>
    tx.campaignActionRecord.create({
      data: {
        workspaceId: launch.ctx.workspaceId,
        projectId: launch.projectId,
        campaignRecordId: launch.campaignRecordId,
        kind: 'pause_ad',
        state: 'DONE',
        action: { kind: 'pause_ad', adKey: 'ad-1' },
        evidence: {},
        verdict: { answer: 'allow', reasons: [] },
        dedupeKey: randomUUID(),
        occurredAt: new Date(0),
        executedAt: new Date(0),
      },
    }),
  );
  return row.id;
}

/** A stop with nothing left to pause. */
async function confirmedStop(launch: Launch): Promise<string> {
  return within(launch, async (tx) => {
    const { workspaceId } = launch.ctx;
    // One is in force at a time: what the asker before left of it goes first.
    await tx.stopOrder.updateMany({ where: { workspaceId }, data: { state: 'RELEASED' } });
    const order = await tx.stopOrder.create({
      data: { workspaceId, state: 'STOPPED', via: 'owner', actor: { type: 'system' }, occurredAt: new Date() },
    });
    return order.id;
  });
}

/** A deployment that ended, in a campaign of its own standing. */
async function stuckCampaign(launch: Launch): Promise<string> {
  await within(launch, async (tx) => {
    const { workspaceId } = launch.ctx;
    const id = `stuck-${launch.campaignRecordId}`;
    const exists = await tx.deployment.count({ where: { id } });
    if (exists > 0) return;
    await tx.deployment.create({
      data: {
        id,
        workspaceId,
        projectId: launch.projectId,
        campaignRecordId: launch.campaignRecordId,
        approvalId: `${id}-approval`,
        planVersionId: launch.planVersionId,
        planHash: launch.hash,
        state: 'DONE',
      },
    });
  });
  return launch.campaignRecordId;
}

async function colleague(launch: Launch): Promise<string> {
  const id = randomUUID();
  await inSystem(async (tx) => {
    await tx.user.create({ data: { id, name: 'Eva', email: `${id}@owner.test` } });
    await tx.member.create({
      data: { id: randomUUID(), organizationId: launch.ctx.workspaceId, userId: id, role: 'analyst' },
    });
  });
  return id;
}

async function brief(launch: Launch): Promise<number> {
  await within(launch, (tx) =>
    tx.projectBrief.upsert({
      where: { projectId: launch.projectId },
      update: {},
      create: { workspaceId: launch.ctx.workspaceId, projectId: launch.projectId, version: 1 },
    }),
  );
  return 1;
}

async function deadLetter(launch: Launch): Promise<string> {
  const data = { v: 1, kind: 'optimize', workspaceId: launch.ctx.workspaceId, requestId: 'r', data: {}, snoozes: 0 };
  const rows = await inSystem(
    (tx) => tx.$queryRaw<{ id: string }[]>`
    INSERT INTO jobs.job (name, data) VALUES ('dead', ${JSON.stringify(data)}::jsonb) RETURNING id::text`,
  );
  return rows[0]?.id ?? '';
}

async function driftFinding(launch: Launch): Promise<string> {
  const row = await within(launch, (tx) =>
    tx.driftFinding.create({
      data: {
        workspaceId: launch.ctx.workspaceId,
        projectId: launch.projectId,
        campaignRecordId: launch.campaignRecordId,
        accountId: launch.account.externalId,
        level: 'campaign',
        localKey: 'campaign',
        remoteId: randomUUID(),
        field: 'name',
        ours: { value: 'ours' },
        theirs: { value: 'theirs' },
        occurredAt: new Date(),
      },
    }),
  );
  return row.id;
}

async function quarantine(launch: Launch): Promise<string> {
  const row = await within(launch, (tx) =>
    tx.quarantine.create({
      data: {
        workspaceId: launch.ctx.workspaceId,
        connectionId: randomUUID(),
        reason: 'manual',
        openedBy: { type: 'system' },
        occurredAt: new Date(),
      },
    }),
  );
  return row.id;
}
