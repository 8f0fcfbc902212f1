import { AppError } from '../../domain/errors';
import { type AccountChange, accountChanges } from '../../platforms/meta/read/activities';
import type { AccountAccess, AdPlatformReader, RemoteSeen } from '../../platforms/port';
import { inSystem } from '../../runtime/db';
import { log } from '../../runtime/log';
import { type ServiceContext, transact } from '../context';
import { markerIn } from '../effects/marker';
import { openQuarantine } from './open';

type LookInput = {
  account: { externalId: string; connectionId: string };
  access: AccountAccess;
  reader: Pick<AdPlatformReader, 'read'>;
  /** Everything of our campaigns, as the platform just showed it. */
  tree: readonly RemoteSeen[];
  campaignRecordIds: readonly string[];
  /** From where on the account's own log is read, by the account's clock. */
  since: Date;
  /** Stands in for the account's own log. */
  changes?: (access: AccountAccess, query: { since: Date }) => Promise<AccountChange[]>;
};

/** What one side knows and the other does not. `subject` names it for ever, so that it is told once. */
export type Mismatch = { what: 'unknown-mark' | 'unknown-write' | 'missing'; subject: string; object: string };

/** Real minutes a platform may take to show what it made. */
const SHOWS_WITHIN_MINUTES = 15;
/** Objects that are read by themselves in one look. */
const MOST_READS = 20;

/**
 * Compares what the platform shows and logs with the ledger of our own writes: an object with a mark we never gave, a write
 * by our app that no attempt explains, an object we were told was made and that never was. One such thing holds the
 * connection still until a person has looked; each is told once. Only reads; an account whose log cannot be read is
 * compared by its objects alone. @returns what is new
 */
export async function lookAtLedger(ctx: ServiceContext, input: LookInput): Promise<Mismatch[]> {
  if (ctx.tx) throw new Error('no transaction may be open during a call to the outside');
  const access = { ...input.access, urgency: 'background' as const };
  const changes = await readLog(access, input);
  const found = [
    ...(await strangeMarks(input, changes)),
    ...(await strangeWrites(input, changes)),
    ...(await missingObjects(ctx, { ...input, access })),
  ];
  if (found.length === 0) return [];
  return transact(ctx, async (tx, inner) => {
    const fresh = await tx.sighting.createManyAndReturn({
      data: found.map(({ subject }) => ({ workspaceId: ctx.workspaceId, subject })),
      skipDuplicates: true,
      select: { subject: true },
    });
    const told = found.filter(({ subject }) => fresh.some((one) => one.subject === subject));
    const [first] = told;
    if (!first) return [];
    log.error({ account: input.account.externalId, mismatches: told }, 'the ledger and the platform do not agree');
    await openQuarantine(inner, {
      connectionId: input.account.connectionId,
      reason: 'ledger',
      evidence: { what: first.what, object: first.object, count: told.length },
    });
    return told;
  });
}

async function readLog(access: AccountAccess, input: LookInput): Promise<AccountChange[]> {
  try {
    return await (input.changes ?? accountChanges)(access, { since: input.since });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    log.info({ err: error, account: access.accountId }, 'the account’s log could not be read');
    return [];
  }
}

/** Objects named as only we name them, whose mark is not in the ledger, or stands there for another object. */
async function strangeMarks({ account, tree }: LookInput, changes: readonly AccountChange[]): Promise<Mismatch[]> {
  const named = [
    ...tree.map(({ remoteId, name }) => ({ remoteId, name })),
    ...changes
      .filter(({ kind }) => kind.startsWith('create_'))
      .map(({ objectId, objectName }) => ({ remoteId: objectId, name: objectName })),
  ].flatMap(({ remoteId, name }) => {
    const marker = markerIn(name);
    return marker ? [{ remoteId, marker }] : [];
  });
  if (named.length === 0) return [];
  // Two workspaces may share an account: what either of them made is explained.
  const known = await inSystem((tx) =>
    tx.remoteEffect.findMany({
      where: { accountId: account.externalId, marker: { in: named.map(({ marker }) => marker) } },
      select: { marker: true, remoteId: true, state: true },
    }),
  );
  const isOurs = (one: { remoteId: string; marker: string }) => {
    const effect = known.find(({ marker }) => marker === one.marker);
    // A call that is still open, or was looked for in vain, may have made it: the sweep settles that.
    return effect && (effect.remoteId === one.remoteId || effect.state !== 'DONE');
  };
  const strange = new Map(named.filter((one) => !isOurs(one)).map((one) => [one.remoteId, one]));
  return [...strange.keys()].map((object) => ({
    what: 'unknown-mark' as const,
    object,
    subject: `ledger:${account.externalId}:mark:${object}`,
  }));
}

const WRITES = /^(create|update)_/;

/** Writes that the account's log says our own app made, on objects no attempt of ours ever touched. */
async function strangeWrites({ account }: LookInput, changes: readonly AccountChange[]): Promise<Mismatch[]> {
  const ours = changes.filter(({ byUs, kind, objectId }) => byUs && WRITES.test(kind) && objectId !== '');
  const ids = [...new Set(ours.map(({ objectId }) => objectId))].filter((id) => !account.externalId.endsWith(id));
  if (ids.length === 0) return [];
  const touched = await inSystem(
    (tx) => tx.$queryRaw<{ id: string; open: boolean }[]>`
      SELECT DISTINCT unnest(ARRAY[e."remoteId", e."request"->>'remoteId', e."request"->>'campaignRemoteId']) AS id, false AS open
      FROM "RemoteEffect" e WHERE e."accountId" = ${account.externalId}
        AND (e."remoteId" = ANY(${ids}) OR e."request"->>'remoteId' = ANY(${ids}) OR e."request"->>'campaignRemoteId' = ANY(${ids}))
      UNION SELECT t."remoteId", false FROM "StopTarget" t WHERE t."accountId" = ${account.externalId} AND t."remoteId" = ANY(${ids})
      UNION SELECT NULL, true FROM "RemoteEffect" e WHERE e."accountId" = ${account.externalId} AND e."kind" LIKE 'create\\_%'
        AND e."state" IN ('SENT', 'UNKNOWN', 'NEEDS_REVIEW')`,
  );
  const known = new Set(touched.flatMap(({ id }) => (id === null ? [] : [id])));
  const mayBeLost = touched.some(({ open }) => open);
  const strange = ours.filter(
    // What a lost call of ours made is not known by its id yet.
    ({ objectId, kind }) =>
      ids.includes(objectId) && !known.has(objectId) && !(mayBeLost && kind.startsWith('create_')),
  );
  return [...new Set(strange.map(({ objectId }) => objectId))].map((object) => ({
    what: 'unknown-write' as const,
    object,
    subject: `ledger:${account.externalId}:write:${object}`,
  }));
}

/**
 * Objects the platform once said it made, that it now does not know at all. What somebody deleted is still known there, as
 * deleted: that is a silent change and not a hole in the books.
 */
async function missingObjects(ctx: ServiceContext, input: LookInput): Promise<Mismatch[]> {
  const { account, access, reader, tree, campaignRecordIds } = input;
  const shown = new Set(tree.map(({ remoteId }) => remoteId));
  const made = await transact(
    ctx,
    (tx) => tx.$queryRaw<{ remoteId: string; level: 'campaign' | 'adset' | 'ad' }[]>`
      SELECT o."remoteId", o."level" FROM "RemoteObject" o
      JOIN "RemoteEffect" e ON e."workspaceId" = o."workspaceId" AND e."remoteId" = o."remoteId" AND e."state" = 'DONE'
        AND e."kind" = CASE o."level" WHEN 'campaign' THEN 'create_campaign' WHEN 'adset' THEN 'create_ad_set' ELSE 'create_ad' END
      WHERE o."workspaceId" = ${ctx.workspaceId} AND o."campaignRecordId" = ANY(${[...campaignRecordIds]})
        AND o."level" IN ('campaign', 'adset', 'ad')
        AND e."settledAt" < (clock_timestamp() AT TIME ZONE 'utc') - make_interval(mins => ${SHOWS_WITHIN_MINUTES})`,
  );
  const missing: Mismatch[] = [];
  for (const { level, remoteId } of made.filter((one) => !shown.has(one.remoteId)).slice(0, MOST_READS)) {
    if (await reader.read(access, level, remoteId)) continue;
    missing.push({ what: 'missing', object: remoteId, subject: `ledger:${account.externalId}:missing:${remoteId}` });
  }
  return missing;
}
