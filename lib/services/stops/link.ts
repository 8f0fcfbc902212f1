import { AppError } from '../../domain/errors';
import { may, roleNamed } from '../../domain/roles';
import type { StopLinkView } from '../../domain/views';
import { sameSecret, sign } from '../../runtime/crypto';
import { inSystem } from '../../runtime/db';
import { env } from '../../runtime/env';
import { newRequestId } from '../../runtime/ids';
import { type ServiceContext, transact } from '../context';
import { record } from '../ledger/record';
import { stopNow } from '../mutations/stop-now';
import { requireMay } from '../workspaces/require-may';
import { readStop } from './read';

/** Real days a link works: long enough for the mail to be found again. */
export const STOP_LINK_DAYS = 30;
const DAY_MS = 86_400_000;

type LinkRow = { id: string; workspaceId: string; projectId: string | null; userId: string | null; expiresAt: Date };

/** Covers all that the link may do: whoever changes the row, or the address, has no link any more. */
function signatureOf(row: LinkRow): string {
  return sign('stop-link', [row.id, row.workspaceId, row.projectId ?? '', row.expiresAt.getTime()].join('|'));
}

/**
 * A link that works without signing in and can do one thing: pause. `projectId` null: everything of the workspace.
 * @throws AppError not_permitted
 */
export async function createStopLink(
  ctx: ServiceContext,
  input: { projectId: string | null; userId?: string; days?: number },
): Promise<{ url: string; linkId: string; expiresAt: Date }> {
  const days = Math.min(input.days ?? STOP_LINK_DAYS, STOP_LINK_DAYS);
  return transact(ctx, async (tx, inner) => {
    await requireMay(inner, 'ads.stop');
    const clock = await tx.$queryRaw<{ now: Date }[]>`SELECT date_trunc('milliseconds', clock_timestamp()) AS now`;
    const row = await tx.stopLink.create({
      data: {
        workspaceId: ctx.workspaceId,
        projectId: input.projectId,
        userId: input.userId ?? null,
        expiresAt: new Date((clock[0]?.now.getTime() ?? 0) + days * DAY_MS),
      },
    });
    await record(tx, inner, {
      event: 'stop.link_created',
      subject: { type: 'stop_link', id: row.id },
      projectId: input.projectId,
      quiet: true,
      audit: { after: { expiresAt: row.expiresAt.toISOString(), scope: input.projectId ? 'project' : 'workspace' } },
    });
    return { url: `${env().APP_URL}/stop/${row.id}.${signatureOf(row)}`, linkId: row.id, expiresAt: row.expiresAt };
  });
}

/** Every link of the workspace is worthless from now on. @throws AppError not_permitted */
export async function revokeStopLinks(ctx: ServiceContext): Promise<{ revoked: number }> {
  return transact(ctx, async (tx, inner) => {
    await requireMay(inner, 'ads.stop');
    const { count } = await tx.stopLink.updateMany({
      where: { workspaceId: ctx.workspaceId, revokedAt: null },
      data: { revokedAt: new Date() },
    });
    if (count > 0)
      await record(tx, inner, {
        event: 'stop.link_revoked',
        subject: { type: 'workspace', id: ctx.workspaceId },
        quiet: true,
        audit: { after: { revoked: count } },
      });
    return { revoked: count };
  });
}

/** What the page behind a link shows. Looking changes nothing. @throws AppError not_found for an address of no link */
export async function readStopLink(token: string): Promise<StopLinkView> {
  const { row, state } = await openLink(token);
  const ctx = contextOf(row);
  const project =
    row.projectId && state !== 'revoked'
      ? await transact(ctx, (tx) =>
          tx.project.findFirst({
            where: { workspaceId: row.workspaceId, id: row.projectId ?? '' },
            select: { name: true },
          }),
        )
      : null;
  const stop = state === 'ready' ? await readStop(ctx, row.projectId ? { projectId: row.projectId } : {}) : null;
  return {
    state: stop?.stopId ? 'used' : state,
    projectName: project?.name ?? null,
    stop: stop?.stopId ? stop : null,
  };
}

/** The press behind a link: pauses, and nothing else. @throws AppError not_found, not_permitted when it no longer works */
export async function stopByLink(token: string): Promise<StopLinkView> {
  const { row, state } = await openLink(token);
  if (state !== 'ready') throw new AppError('not_permitted', { link: row.id, state });
  const ctx = contextOf(row);
  await transact(ctx, (tx) =>
    tx.stopLink.updateMany({
      where: { workspaceId: row.workspaceId, id: row.id },
      data: { lastUsedAt: new Date(), uses: { increment: 1 } },
    }),
  );
  const scope = row.projectId
    ? ({ kind: 'project', projectId: row.projectId } as const)
    : ({ kind: 'workspace' } as const);
  const stop = await stopNow(ctx, { scope, via: 'link' });
  return { state: 'used', projectName: null, stop };
}

async function openLink(
  token: string,
): Promise<{ row: LinkRow; state: Extract<StopLinkView['state'], 'ready' | 'expired' | 'revoked'> }> {
  const [id = '', signature = ''] = token.split('.');
  if (!/^[\w-]+$/.test(id)) throw new AppError('not_found', { link: true });
  const row = await inSystem((tx) => tx.stopLink.findUnique({ where: { id } }));
  // A wrong signature answers as an id that never was.
  if (!row || !sameSecret(signature, signatureOf(row))) throw new AppError('not_found', { link: true });
  if (row.revokedAt || !(await mayStillStop(row))) return { row, state: 'revoked' };
  const past = await inSystem(
    (tx) =>
      tx.$queryRaw<
        { over: boolean }[]
      >`SELECT ${row.expiresAt.toISOString()}::timestamptz <= clock_timestamp() AS over`,
  );
  return { row, state: past[0]?.over === false ? 'ready' : 'expired' };
}

/** A link sent to a person is worth no more than what that person may do by now. */
async function mayStillStop(row: LinkRow): Promise<boolean> {
  const { workspaceId: organizationId, userId } = row;
  if (userId === null) return true;
  const member = await inSystem((tx) =>
    tx.member.findUnique({
      where: { organizationId_userId: { organizationId, userId } },
      select: { role: true },
    }),
  );
  return member !== null && may(roleNamed(member.role), 'ads.stop');
}

function contextOf(row: LinkRow): ServiceContext {
  return {
    workspaceId: row.workspaceId,
    actor: { type: 'webhook', name: `stop-link:${row.id}` },
    requestId: newRequestId(),
  };
}
