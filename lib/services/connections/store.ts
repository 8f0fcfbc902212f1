import { randomUUID } from 'node:crypto';
import { AppError } from '../../domain/errors';
import { MISSING_PERMISSIONS } from '../../domain/login-need';
import type { AccountSeen, PageSeen } from '../../platforms/port';
import { encrypt } from '../../runtime/crypto';
import type { Tx } from '../../runtime/db';
import { type ServiceContext, transact } from '../context';
import { record } from '../ledger/record';
import { selectAccount } from './select-account';
import type { ConnectionMode } from './start-login';

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
 * Logging in again with the same person refreshes the same connection.
 */
export async function storeConnection(
  ctx: ServiceContext,
  input: NewConnection,
): Promise<{ connectionId: string; selected: boolean }> {
  return transact(ctx, async (tx, inner) => {
    if (input.mode === 'LIVE') await refuseMovedClock(tx, ctx.workspaceId);
    const key = { workspaceId: ctx.workspaceId, mode: input.mode, fbUserId: input.fbUserId };
    const earlier = await tx.facebookConnection.findUnique({
      where: { workspaceId_mode_fbUserId: key },
      select: { id: true },
    });
    const id = earlier?.id ?? randomUUID();
    const fields = {
      userId: input.userId,
      accessToken: encrypt(input.token, id),
      tokenExpiresAt: input.expiresAt,
      scopes: input.granted,
      declinedScopes: input.declined,
      status: input.incomplete ? 'BROKEN' : 'HEALTHY',
      statusReason: input.incomplete ? MISSING_PERMISSIONS : null,
      simulatorWorldId: input.simulatorWorldId,
    };
    await tx.facebookConnection.upsert({
      where: { workspaceId_mode_fbUserId: key },
      create: { id, ...key, ...fields },
      update: fields,
    });
    const accounts = await storeAccounts(tx, ctx.workspaceId, id, input.accounts);
    const pages = await storePages(tx, ctx.workspaceId, id, input.pages);
    await record(tx, inner, {
      event: input.incomplete ? 'connection.denied' : 'connection.established',
      subject: { type: 'connection', id },
      projectId: input.projectId,
      payload: { mode: input.mode },
      audit: {
        after: { mode: input.mode, accounts: accounts.length, pages: pages.length, declined: input.declined.length },
      },
    });
    if (input.incomplete) return { connectionId: id, selected: false };
    const usable = accounts.filter((account) => account.status === 'ACTIVE');
    const [account, page] = [usable[0], pages[0]];
    if (usable.length !== 1 || pages.length !== 1 || !account || !page) return { connectionId: id, selected: false };
    await selectAccount(inner, { projectId: input.projectId, accountId: account.id, pageId: page.id });
    return { connectionId: id, selected: true };
  });
}

/** A live account lives on real time: it never enters a workspace whose clock was moved. */
async function refuseMovedClock(tx: Tx, workspaceId: string): Promise<void> {
  const rows = await tx.$queryRaw<{ moved: boolean }[]>`
    SELECT ("clockOffsetMs" <> 0 OR "clockTargetMs" <> 0) AS moved FROM "organization" WHERE "id" = ${workspaceId} FOR UPDATE`;
  if (rows[0]?.moved !== false) throw new AppError('conflict', { why: 'the clock of this workspace was moved' });
}

async function storeAccounts(tx: Tx, workspaceId: string, connectionId: string, seen: AccountSeen[]) {
  const stored: { id: string; status: string }[] = [];
  for (const account of seen) {
    const fields = {
      name: account.name,
      currency: account.currency,
      timezone: account.timezone,
      status: account.status,
      hasFunding: account.hasFunding,
      minDailyBudgetMinor: account.minDailyBudget?.minor ?? null,
      seenAt: new Date(),
    };
    stored.push(
      await tx.adAccount.upsert({
        where: { connectionId_platform_externalId: { connectionId, platform: 'meta', externalId: account.externalId } },
        create: { workspaceId, connectionId, externalId: account.externalId, ...fields },
        update: fields,
        select: { id: true, status: true },
      }),
    );
  }
  return stored;
}

async function storePages(tx: Tx, workspaceId: string, connectionId: string, seen: PageSeen[]) {
  const stored: { id: string }[] = [];
  for (const page of seen) {
    const fields = { name: page.name, instagramId: page.instagramId, seenAt: new Date() };
    stored.push(
      await tx.platformPage.upsert({
        where: { connectionId_platform_externalId: { connectionId, platform: 'meta', externalId: page.externalId } },
        create: { workspaceId, connectionId, externalId: page.externalId, ...fields },
        update: fields,
        select: { id: true },
      }),
    );
  }
  return stored;
}
