import { randomUUID } from 'node:crypto';
import { AppError } from '../../domain/errors';
import { MISSING_PERMISSIONS } from '../../domain/login-need';
import type { AccountSeen, PageSeen } from '../../platforms/port';
import { encrypt } from '../../runtime/crypto';
import type { Tx } from '../../runtime/db';
import { type ServiceContext, transact } from '../context';
import { record } from '../ledger/record';
import { type Discovered, storeDiscovered } from './discovered';
import { selectAccount } from './select-account';
import type { ConnectionMode } from './start-login';
import { retireEmptied } from './take-over';

export type NewConnection = {
  projectId: string;
  userId: string;
  mode: ConnectionMode;
  fbUserId: string;
  token: string;
  expiresAt: Date | null;
  granted: string[];
  declined: string[];
  accounts: AccountSeen[];
  pages: PageSeen[];
  simulatorWorldId: string | null;
  /** The owner left out what ads cannot do without: kept, so that the next login asks for it, and not used. */
  incomplete?: boolean;
};

/**
 * Stores a login with everything found behind it, and selects account and Page where there is exactly one usable of each.
 * Logging in again with the same person refreshes the same connection; another person who reaches the same account takes it
 * over, and the login before is forgotten when nothing is left to it.
 */
export async function storeConnection(
  ctx: ServiceContext,
  input: NewConnection,
): Promise<{ connectionId: string; selected: boolean }> {
  return transact(ctx, async (tx, inner) => {
    if (input.mode === 'LIVE') await refusePretend(tx, ctx.workspaceId);
    const key = { workspaceId: ctx.workspaceId, mode: input.mode, fbUserId: input.fbUserId };
    const earlier = await tx.facebookConnection.findUnique({
      where: { workspaceId_mode_fbUserId: key },
      select: { id: true, status: true },
    });
    const id = earlier?.id ?? randomUUID();
    const fields = {
      userId: input.userId,
      accessToken: encrypt(input.token, id),
      tokenExpiresAt: input.expiresAt,
      scopes: input.granted,
      declinedScopes: input.declined,
      ...(earlier?.status === 'QUARANTINED' ? {} : standing(input)),
      dataAccessExpiresAt: null,
      // The next look at its health says how long it lives; nothing was said about this token yet.
      checkedAt: null,
      renewedAt: null,
      remindedDays: null,
      simulatorWorldId: input.simulatorWorldId,
    };
    await tx.facebookConnection.upsert({
      where: { workspaceId_mode_fbUserId: key },
      create: { id, ...key, ...fields },
      update: fields,
    });
    // A login that left permissions out shows nothing: that does not mean that anything is gone.
    const found = input.incomplete
      ? NOTHING
      : await storeDiscovered(tx, { ...input, workspaceId: ctx.workspaceId, connectionId: id, mayTake: true });
    await refuseQuarantined(tx, ctx.workspaceId, found.takenFrom);
    await record(tx, inner, {
      event: input.incomplete ? 'connection.denied' : 'connection.established',
      subject: { type: 'connection', id },
      projectId: input.projectId,
      payload: { mode: input.mode },
      audit: {
        before: earlier ? { status: earlier.status } : {},
        after: {
          mode: input.mode,
          accounts: found.accounts.length,
          pages: found.pages.length,
          declined: input.declined.length,
          takenOver: found.takenFrom.length,
        },
      },
    });
    await retireEmptied(tx, inner, { connectionIds: found.takenFrom, successorId: id, projectId: input.projectId });
    const choice = await obviousChoice(tx, { workspaceId: ctx.workspaceId, projectId: input.projectId, found });
    if (!choice) return { connectionId: id, selected: false };
    await selectAccount(inner, { projectId: input.projectId, ...choice });
    return { connectionId: id, selected: true };
  });
}

function standing({ incomplete }: NewConnection): { status: string; statusReason: string | null } {
  return incomplete
    ? { status: 'BROKEN', statusReason: MISSING_PERMISSIONS }
    : { status: 'HEALTHY', statusReason: null };
}

const NOTHING: Discovered = { accounts: [], pages: [], takenFrom: [], lost: [] };

/** What the project already uses, where this login shows it; else the only usable account with the only usable Page. */
async function obviousChoice(
  tx: Tx,
  input: { workspaceId: string; projectId: string; found: Discovered },
): Promise<{ accountId: string; pageId: string } | null> {
  const accounts = input.found.accounts.filter((account) => account.status === 'ACTIVE').map(({ id }) => id);
  const pages = input.found.pages.filter((page) => page.mayAdvertise).map(({ id }) => id);
  const used = await tx.project.findFirst({
    where: { workspaceId: input.workspaceId, id: input.projectId },
    select: { adAccountId: true, pageId: true },
  });
  // Another account than the chosen one is a decision of its own, never a consequence of signing in.
  if (used?.adAccountId) {
    const stillThere = used.pageId !== null && accounts.includes(used.adAccountId) && pages.includes(used.pageId);
    return stillThere && used.pageId ? { accountId: used.adAccountId, pageId: used.pageId } : null;
  }
  const [accountId, pageId] = [accounts[0], pages[0]];
  return accounts.length === 1 && pages.length === 1 && accountId && pageId ? { accountId, pageId } : null;
}

/** What was taken out of service stays so, whoever signs in: releasing it is a decision of its own. */
async function refuseQuarantined(tx: Tx, workspaceId: string, connectionIds: string[]): Promise<void> {
  const held = await tx.facebookConnection.count({
    where: { workspaceId, id: { in: connectionIds }, status: 'QUARANTINED' },
  });
  if (held > 0) throw new AppError('conflict', { why: 'this account was taken out of service' });
}

/** A live account lives on real time: it never enters a workspace whose clock was moved. */
/** Pretend and live stay apart: a live account never enters a workspace for pretend shops, nor one whose clock was moved. */
async function refusePretend(tx: Tx, workspaceId: string): Promise<void> {
  const rows = await tx.$queryRaw<{ moved: boolean }[]>`
    SELECT ("pretend" OR "clockOffsetMs" <> 0 OR "clockTargetMs" <> 0) AS moved FROM "organization" WHERE "id" = ${workspaceId} FOR UPDATE`;
  if (rows[0]?.moved !== false)
    throw new AppError('conflict', { why: 'a pretend workspace, or one whose clock was moved' });
}
