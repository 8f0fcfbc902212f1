import { randomUUID } from 'node:crypto';
import pg from 'pg';
import type { Plan } from '@/lib/domain/plan';
import { encrypt } from '@/lib/runtime/crypto';
import { inSystem, type Prisma } from '@/lib/runtime/db';
import { plan as planOf } from '../../unit/domain/plan-fixture';
import { ids } from './graph';

export type Tenant = { workspaceId: string; adAccountId: string; externalId: string };

/** Tenants made in one transaction. */
const PAGE = 20;

/** One tenant per account, each with three running campaigns of one ad set and three ads. */
export async function createTenants(count: number): Promise<Tenant[]> {
  const tenants: Tenant[] = [];
  for (let first = 0; first < count; first += PAGE)
    tenants.push(...(await createPage(Math.min(PAGE, count - first), 1_000_000 + first)));
  return tenants;
}

async function createPage(count: number, from: number): Promise<Tenant[]> {
  const made = Array.from({ length: count }, (_, at) => {
    const number = String(from + at);
    return {
      number,
      workspaceId: randomUUID(),
      connectionId: randomUUID(),
      projectId: randomUUID(),
      adAccountId: randomUUID(),
      externalId: `act_${number}`,
    };
  });
  const plan = planWithoutSite();
  const campaigns = made.flatMap((one) =>
    ids(one.number).campaigns.map((remoteId) => ({ ...one, remoteId, id: randomUUID() })),
  );
  await inSystem(async (tx) => {
    await tx.organization.createMany({
      data: made.map((one) => ({
        id: one.workspaceId,
        name: one.number,
        slug: one.workspaceId,
        createdAt: new Date(),
      })),
    });
    await tx.facebookConnection.createMany({
      data: made.map((one) => ({
        id: one.connectionId,
        workspaceId: one.workspaceId,
        userId: 'bench',
        mode: 'LIVE',
        fbUserId: one.number,
        accessToken: encrypt(`token-${one.number}`, one.connectionId),
        scopes: ['ads_read'],
        declinedScopes: [],
      })),
    });
    await tx.adAccount.createMany({
      data: made.map((one) => ({
        id: one.adAccountId,
        workspaceId: one.workspaceId,
        connectionId: one.connectionId,
        externalId: one.externalId,
        name: one.number,
        currency: 'EUR',
        timezone: 'Europe/Lisbon',
        status: 'ACTIVE',
      })),
    });
    await tx.project.createMany({
      data: made.map((one) => ({
        id: one.projectId,
        workspaceId: one.workspaceId,
        name: one.number,
        adAccountId: one.adAccountId,
      })),
    });
    await tx.campaignRecord.createMany({
      data: campaigns.map((one) => ({
        id: one.id,
        workspaceId: one.workspaceId,
        projectId: one.projectId,
        name: one.remoteId,
        status: 'ACTIVE',
        structure: plan as Prisma.InputJsonObject,
        adAccountId: one.externalId,
        currency: 'EUR',
        timezone: 'Europe/Lisbon',
        launchedAt: new Date(Date.now() - 3 * 86_400_000),
      })),
    });
    await tx.conversation.createMany({
      data: campaigns.map((one) => ({
        workspaceId: one.workspaceId,
        projectId: one.projectId,
        type: 'CAMPAIGN',
        title: one.remoteId,
        campaignRecordId: one.id,
      })),
    });
    await tx.remoteObject.createMany({ data: campaigns.flatMap((one) => objectsOf(one)) });
  });
  return made;
}

function objectsOf(one: { id: string; workspaceId: string; externalId: string; remoteId: string; number: string }) {
  const own = ids(one.number);
  const object = (level: string, localKey: string, remoteId: string, parentRemoteId: string | null) => ({
    workspaceId: one.workspaceId,
    campaignRecordId: one.id,
    accountId: one.externalId,
    level,
    localKey,
    remoteId,
    parentRemoteId,
    status: 'ACTIVE',
    effectiveStatus: 'ACTIVE',
    seenAt: new Date(0),
  });
  const adSet = own.adSet(one.remoteId);
  return [
    object('campaign', 'campaign', one.remoteId, null),
    object('adset', 'adset-1', adSet, one.remoteId),
    ...own.ads(one.remoteId).map((id, at) => object('ad', `ad-${at + 1}`, id, adSet)),
  ];
}

/** Ads that lead to no page: what a website costs to look at is not what is measured here. */
function planWithoutSite(): Plan {
  const plan = planOf({ account: { id: 'act_0', name: 'Bench', currency: 'EUR', timezone: 'Europe/Lisbon' } });
  return {
    ...plan,
    adSets: plan.adSets.map((adSet) => ({ ...adSet, ads: adSet.ads.map((ad) => ({ ...ad, linkUrl: null })) })),
  };
}

/**
 * Accounts for the queue alone, made inside the scratch database by its owner, without what checks each row: five foreign
 * keys a row cost more than everything that is measured.
 */
export async function createBareAccounts(count: number): Promise<void> {
  const owner = new pg.Client({ connectionString: process.env.MIGRATE_DATABASE_URL });
  await owner.connect();
  const into = (sql: string) => owner.query(sql);
  const { rows } = await owner.query<{ table: string; name: string }>(
    `SELECT conrelid::regclass::text AS table, conname AS name FROM pg_constraint
     WHERE contype = 'f' AND conrelid IN ('"FacebookConnection"'::regclass, '"AdAccount"'::regclass, '"Project"'::regclass, '"CampaignRecord"'::regclass)`,
  );
  for (const { table, name } of rows) await into(`ALTER TABLE ${table} DROP CONSTRAINT "${name}"`);
  const tenants = Math.ceil(count / 10);
  await into(
    `INSERT INTO "organization" ("id", "name", "slug", "createdAt") SELECT 'w' || n, 'w', 'w' || n, now() FROM generate_series(1, ${tenants}) n`,
  );
  await into(`INSERT INTO "FacebookConnection" ("id", "workspaceId", "userId", "mode", "fbUserId", "accessToken", "scopes", "declinedScopes", "updatedAt")
    SELECT 'f' || n, 'w' || n, 'u', 'LIVE', 'f' || n, '', '{}', '{}', now() FROM generate_series(1, ${tenants}) n`);
  for (let from = 1; from <= count; from += 10_000) {
    const range = `generate_series(${from}, ${Math.min(count, from + 9_999)}) n`;
    await into(`INSERT INTO "AdAccount" ("id", "workspaceId", "connectionId", "externalId", "name", "currency", "timezone", "status")
      SELECT 'a' || n, 'w' || ((n - 1) / 10 + 1), 'f' || ((n - 1) / 10 + 1), 'act_' || n, 'a', 'EUR', 'UTC', 'ACTIVE' FROM ${range}`);
    await into(
      `INSERT INTO "Project" ("id", "workspaceId", "name", "adAccountId") SELECT 'p' || n, 'w' || ((n - 1) / 10 + 1), 'p', 'a' || n FROM ${range}`,
    );
    await into(`INSERT INTO "CampaignRecord" ("id", "workspaceId", "projectId", "name", "status", "adAccountId", "currency", "timezone", "updatedAt")
      SELECT 'c' || n, 'w' || ((n - 1) / 10 + 1), 'p' || n, 'c', 'ACTIVE', 'act_' || n, 'EUR', 'UTC', now() FROM ${range}`);
  }
  await owner.end();
}
