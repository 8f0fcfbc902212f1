import { randomUUID } from 'node:crypto';
import type { ApprovalKind } from '../../domain/approval';
import { canonicalJson } from '../../domain/canonical';
import type { Prisma, Tx } from '../../runtime/db';
import { sha256Hex } from '../../runtime/ids';
import { type ServiceContext, transact, workspaceNow } from '../context';
import { record } from '../ledger/record';
import { postMessage } from '../messages/post';
import { lockProject } from '../pacing/lock';
import { dropActions } from './drop-actions';
import { type RemoteLine, remoteDigest } from './remote-state';
import { setsWith } from './subjects';

export type RequestApprovalInput = {
  kind: ApprovalKind;
  projectId: string;
  /** Where the card appears; null posts none. */
  conversationId: string | null;
  campaignRecordId?: string;
  /** Exactly what the hash covers. For a launch this is the Plan itself, so that the hash is its version's. */
  payload: object;
  /** The sentence above the card, kept as the record of what the owner was told. */
  shownText: string;
  /** Change of the daily spend this card would allow, minor units. */
  deltaMinor?: bigint;
  currency?: string;
  planVersionId?: string;
  actionId?: string;
  riskClass?: 'normal' | 'high';
  /** Who may press at least; manager where it is left out. */
  requiredRole?: 'owner' | 'manager' | 'client';
  /** Business hours until the card may no longer be pressed. */
  lifetimeHours: number;
  /** A newer card of the same subject supersedes the waiting one ("launch:<campaign>", "budget:<ad set row>"). */
  subject: string;
  /** Other subjects whose waiting cards this one replaces: a card that stops takes the place of one that starts. */
  alsoReplaces?: readonly string[];
  policyVersion?: number;
  /** What the platform showed of the thing when this was planned. */
  remote?: RemoteLine[];
};

const HOUR_MS = 3_600_000;

/**
 * Puts a card before the owner: the approval row, its APPROVAL_REQUEST message and the event commit together. Waiting
 * cards of the same subject are superseded. Answers the id and the SHA-256 that the press must carry, and the actions that
 * stood on a set this one splits (`left`): the caller asks for them anew.
 */
export async function requestApproval(
  ctx: ServiceContext,
  input: RequestApprovalInput,
): Promise<{ approvalId: string; hash: string; messageId: string | null; left: string[] }> {
  const payload = canonicalJson(input.payload);
  const hash = sha256Hex(payload);
  return transact(ctx, async (tx, inner) => {
    await lockProject(tx, inner, input.projectId);
    // Two cards of one subject asked for at the same moment take turns, so that exactly one stays waiting.
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`${ctx.workspaceId}:${input.subject}`}, 0))`;
    const now = await workspaceNow(inner, tx);
    const approvalId = randomUUID();
    const left = await supersede(tx, inner, {
      projectId: input.projectId,
      subjects: [input.subject, ...(input.alsoReplaces ?? [])],
      by: approvalId,
    });
    await tx.approval.create({
      data: {
        id: approvalId,
        workspaceId: ctx.workspaceId,
        projectId: input.projectId,
        conversationId: input.conversationId,
        campaignRecordId: input.campaignRecordId ?? null,
        kind: input.kind,
        requestedBy: ctx.actor as Prisma.InputJsonValue,
        payload,
        hash,
        shownText: input.shownText,
        deltaMinor: input.deltaMinor ?? null,
        currency: input.currency ?? null,
        planVersionId: input.planVersionId ?? null,
        actionId: input.actionId ?? null,
        riskClass: input.riskClass ?? 'normal',
        ...(input.requiredRole ? { requiredRole: input.requiredRole } : {}),
        policyVersion: input.policyVersion ?? null,
        ...(input.remote ? { remoteDigest: remoteDigest(input.remote), remoteState: input.remote } : {}),
        subject: input.subject,
        requestId: ctx.requestId,
        expiresAt: new Date(now.getTime() + input.lifetimeHours * HOUR_MS),
        occurredAt: now,
      },
    });
    await record(tx, inner, {
      event: 'approval.requested',
      subject: { type: 'approval', id: approvalId },
      projectId: input.projectId,
      payload: {
        kind: input.kind,
        conversationId: input.conversationId,
        campaignId: input.campaignRecordId ?? null,
        actionId: input.actionId ?? null,
      },
      audit: {
        after: {
          state: 'WAITING',
          hash,
          delta: input.deltaMinor?.toString() ?? null,
          currency: input.currency ?? null,
        },
      },
    });
    if (input.conversationId === null) return { approvalId, hash, messageId: null, left };
    const message = await postMessage(inner, {
      conversationId: input.conversationId,
      role: 'agent',
      kind: 'APPROVAL_REQUEST',
      text: input.shownText,
      card: { id: approvalId },
      clientMessageId: `approval:${approvalId}`,
    });
    return { approvalId, hash, messageId: message.id, left };
  });
}

/**
 * Closes waiting cards of a subject before a newer one takes their place; an action that waited on one is dropped with it.
 * Answers the actions of sets that were split by it: they stand on no card now.
 */
async function supersede(
  tx: Tx,
  ctx: ServiceContext,
  input: { projectId: string; subjects: string[]; by: string },
): Promise<string[]> {
  const subject = { in: input.subjects };
  // A card the owner sent back has now been answered by a newer one, and says so.
  await tx.approval.updateMany({
    where: {
      workspaceId: ctx.workspaceId,
      subject,
      state: 'DECLINED',
      decision: 'request_changes',
      supersededById: null,
    },
    data: { supersededById: input.by },
  });
  const sets = await setsWith(tx, ctx, input);
  for (const { replaced, left } of sets) {
    const of = (ids: string[]) => ({ workspaceId: ctx.workspaceId, id: { in: ids }, state: 'WAITING' });
    await tx.campaignActionRecord.updateMany({ where: of(left), data: { approvalId: null } });
    await tx.campaignActionRecord.updateMany({
      where: of(replaced),
      data: { state: 'DECLINED', errorCode: 'approval_not_waiting' },
    });
  }
  const waiting = { workspaceId: ctx.workspaceId, state: 'WAITING' };
  for (const older of await tx.approval.findMany({
    where: { ...waiting, OR: [{ subject }, { id: { in: sets.map(({ id }) => id) } }] },
    select: { id: true, kind: true, projectId: true },
  })) {
    const changed = await tx.approval.updateMany({
      where: { ...waiting, id: older.id },
      data: { state: 'SUPERSEDED', supersededById: input.by },
    });
    if (changed.count === 0) continue;
    await dropActions(tx, ctx, older.id, 'approval_not_waiting');
    await record(tx, ctx, {
      event: 'approval.superseded',
      subject: { type: 'approval', id: older.id },
      projectId: older.projectId,
      payload: { kind: older.kind, by: input.by },
      audit: { before: { state: 'WAITING' }, after: { state: 'SUPERSEDED' } },
    });
  }
  return sets.flatMap(({ left }) => left);
}
