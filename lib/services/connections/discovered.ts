import type { AccountSeen, PageSeen } from '../../platforms/port';
import type { Tx } from '../../runtime/db';
import type { ConnectionMode } from './start-login';

export type Discovered = {
  accounts: { id: string; status: string }[];
  pages: { id: string; mayAdvertise: boolean }[];
  /** Connections something was taken from: another person's login brought it before. */
  takenFrom: string[];
  /** Accounts some project uses that this login no longer shows. */
  lost: string[];
};

/**
 * Stores what stands behind a login: accounts with their pixels, and Pages. What another login of this workspace brought
 * before changes hands and keeps its row, so that projects and campaigns stay where they are. What is no longer shown is
 * marked as gone and offered to nobody; it is not deleted, because records point to it.
 */
export async function storeDiscovered(
  tx: Tx,
  input: {
    workspaceId: string;
    connectionId: string;
    mode: ConnectionMode;
    accounts: AccountSeen[];
    pages: PageSeen[];
    /** False for the daily look: two people behind one account must not take it from each other every night. */
    mayTake: boolean;
  },
): Promise<Discovered> {
  const takenFrom = new Set<string>();
  const accounts = [];
  for (const account of input.accounts) accounts.push(await storeAccount(tx, input, account, takenFrom));
  const pages = [];
  for (const page of input.pages) pages.push(await storePage(tx, input, page, takenFrom));
  const lost = await markGone(tx, input);
  return { accounts, pages, takenFrom: [...takenFrom], lost };
}

type Login = { workspaceId: string; connectionId: string; mode: ConnectionMode; mayTake: boolean };

/** A row another login of the same kind already has, preferring one's own. */
function earlierRow(login: Login, externalId: string) {
  const { workspaceId, mode } = login;
  return {
    where: { workspaceId, platform: 'meta', externalId, connection: { is: { mode } } },
    select: { id: true, connectionId: true, status: true },
  };
}

function preferOwn<Row extends { connectionId: string }>(rows: Row[], login: Login): Row | undefined {
  return rows.find((row) => row.connectionId === login.connectionId) ?? rows[0];
}

async function storeAccount(tx: Tx, login: Login, seen: AccountSeen, takenFrom: Set<string>) {
  const { workspaceId, connectionId } = login;
  const fields = {
    connectionId,
    name: seen.name,
    currency: seen.currency,
    timezone: seen.timezone,
    status: seen.status,
    hasFunding: seen.hasFunding,
    minDailyBudgetMinor: seen.minDailyBudget?.minor ?? null,
    ...(seen.minCampaignSpendCap === undefined
      ? {}
      : { details: { minCampaignSpendCapMinor: seen.minCampaignSpendCap?.minor.toString() ?? null } }),
    seenAt: new Date(),
    goneAt: null,
  };
  const earlier = preferOwn(await tx.adAccount.findMany(earlierRow(login, seen.externalId)), login);
  if (earlier && earlier.connectionId !== connectionId) {
    if (!login.mayTake) return { id: earlier.id, status: earlier.status };
    takenFrom.add(earlier.connectionId);
  }
  const select = { id: true, status: true } as const;
  const stored = earlier
    ? await tx.adAccount.update({ where: { id: earlier.id }, data: fields, select })
    : await tx.adAccount.create({ data: { workspaceId, externalId: seen.externalId, ...fields }, select });
  if (seen.pixels) await storePixels(tx, { workspaceId, adAccountId: stored.id }, seen.pixels);
  return stored;
}

async function storePixels(
  tx: Tx,
  owner: { workspaceId: string; adAccountId: string },
  pixels: NonNullable<AccountSeen['pixels']>,
): Promise<void> {
  await tx.platformPixel.deleteMany({
    where: { ...owner, externalId: { notIn: pixels.map((pixel) => pixel.externalId) } },
  });
  for (const { externalId, name, hasFired } of pixels) {
    const fields = { name, hasFired, seenAt: new Date() };
    await tx.platformPixel.upsert({
      where: {
        adAccountId_platform_externalId: { adAccountId: owner.adAccountId, platform: 'meta', externalId },
      },
      create: { ...owner, externalId, ...fields },
      update: fields,
    });
  }
}

async function storePage(tx: Tx, login: Login, seen: PageSeen, takenFrom: Set<string>) {
  const { workspaceId, connectionId } = login;
  const fields = {
    connectionId,
    name: seen.name,
    instagramId: seen.instagramId,
    mayAdvertise: seen.mayAdvertise ?? true,
    seenAt: new Date(),
    goneAt: null,
  };
  const { where } = earlierRow(login, seen.externalId);
  const rows = await tx.platformPage.findMany({ where, select: { id: true, connectionId: true, mayAdvertise: true } });
  const earlier = preferOwn(rows, login);
  if (earlier && earlier.connectionId !== connectionId) {
    if (!login.mayTake) return { id: earlier.id, mayAdvertise: earlier.mayAdvertise };
    takenFrom.add(earlier.connectionId);
  }
  const select = { id: true, mayAdvertise: true } as const;
  return earlier
    ? tx.platformPage.update({ where: { id: earlier.id }, data: fields, select })
    : tx.platformPage.create({ data: { workspaceId, externalId: seen.externalId, ...fields }, select });
}

async function markGone(
  tx: Tx,
  input: Login & { accounts: { externalId: string }[]; pages: { externalId: string }[] },
): Promise<string[]> {
  const { workspaceId, connectionId } = input;
  const behind = (seen: { externalId: string }[]) => ({
    workspaceId,
    connectionId,
    goneAt: null,
    externalId: { notIn: seen.map((one) => one.externalId) },
  });
  const data = { goneAt: new Date() };
  const gone = await tx.adAccount.findMany({
    where: { ...behind(input.accounts), projects: { some: {} } },
    select: { id: true },
  });
  await tx.adAccount.updateMany({ where: behind(input.accounts), data });
  await tx.platformPage.updateMany({ where: behind(input.pages), data });
  return gone.map((account) => account.id);
}
