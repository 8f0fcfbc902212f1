import { randomUUID } from 'node:crypto';
import type { CampaignAction } from '../../domain/action';
import { type FieldDifference, fieldDifferences } from '../../domain/drift';
import { AppError } from '../../domain/errors';
import { type AccountChange, accountChanges } from '../../platforms/meta/read/activities';
import type { AccountAccess, AdPlatformReader, RemoteSeen } from '../../platforms/port';
import { readerFor } from '../../platforms/registry-readers';
import type { Prisma, Tx } from '../../runtime/db';
import { log } from '../../runtime/log';
import { accessOfAccount } from '../connections/access-of-account';
import { type ServiceContext, transact, workspaceNow } from '../context';
import { record } from '../ledger/record';
import { lockProject } from '../pacing/lock';
import { recountRunning } from '../pacing/recount';
import { openQuarantine } from '../quarantine/open';
import { budgetsLeft } from './budgets-left';
import { type CampaignKnown, type MirrorRow, readCampaign } from './campaign-state';
import { ADDED_THERE, isOpenBudget, leftAt, type Ours, type ShownRule, shownAs } from './drift-ours';
import { guardsLeft } from './guards-left';
import { stateOfSeen } from './record-seen';

export type Drifted = FieldDifference & { object: Pick<MirrorRow, 'level' | 'localKey' | 'remoteId'> };
const GONE = ['DELETED', 'ARCHIVED'];
/** More differing fields than this in one campaign is no edit any more: its connection is held still. */
const BEYOND_RECOGNITION = 40;

/**
 * Reads a running campaign back, whole, and compares every object with what we left: how it was created and what our
 * approved actions made of it. What differs stays as an open finding until a person decides; what shows ours again closes
 * by itself. Changes nothing at the platform. @throws AppError not_found, platform_*
 */
export async function watchDrift(
  ctx: ServiceContext,
  input: { campaignRecordId: string; reader?: AdPlatformReader },
): Promise<{ found: number; fresh: number }> {
  if (ctx.tx) throw new Error('no transaction may be open during a call to the outside');
  const known = await transact(ctx, (tx, inner) => loadOurs(tx, inner, input.campaignRecordId));
  const root = known.campaign.objects.find(({ level }) => level === 'campaign');
  if (!root) return { found: 0, fresh: 0 };
  const access = await accessOfAccount(ctx, { accountId: known.accountId });
  if (!access) throw new AppError('facebook_not_connected', { account: known.accountId });
  const reader = input.reader ?? readerFor(access.platform);
  const tree = await reader.readCampaignTree({ ...access, urgency: 'background' }, root.remoteId);
  const creatives: RemoteSeen[] = [];
  for (const object of known.campaign.objects.filter(({ level }) => level === 'creative')) {
    const seen = await reader.read({ ...access, urgency: 'background' }, 'creative', object.remoteId);
    if (seen) creatives.push(seen);
  }
  const rule = await ruleShown(known.ours, { reader, access, campaignRemoteId: root.remoteId });
  const drifted = compare(known.ours, [...tree, ...creatives], rule);
  const who = drifted.length > 0 ? await whoChanged(access) : new Map<string, AccountChange>();
  const added = tree.filter(
    ({ level, status, remoteId }) =>
      level === 'adset' &&
      !GONE.includes(status ?? '') &&
      !known.ours.objects.some((object) => object.remoteId === remoteId && !isAdded(object)),
  );
  const fresh = await transact(ctx, async (tx, inner) => {
    await lockProject(tx, inner, known.campaign.projectId);
    await countAdded(tx, inner, known, added);
    return store(tx, inner, known, drifted, who);
  });
  if (drifted.length > BEYOND_RECOGNITION)
    await openQuarantine(ctx, {
      connectionId: access.connectionId,
      reason: 'drift',
      evidence: { campaign: known.campaign.id, fields: drifted.length },
    });
  return { found: drifted.length, fresh };
}

/** The newest change per object by the account's own log; none where it cannot be read: what differs counts more than who. */
async function whoChanged(access: AccountAccess): Promise<Map<string, AccountChange>> {
  try {
    const changes = await accountChanges({ ...access, urgency: 'background' }, { since: new Date(0) });
    return new Map([...changes].reverse().map((change) => [change.objectId, change]));
  } catch (error) {
    log.info({ err: error, account: access.accountId }, 'the account’s log could not be read');
    return new Map();
  }
}

/** What our rule shows there; left out where we never made one, or nobody could say. */
async function ruleShown(
  ours: Ours,
  of: { reader: AdPlatformReader; access: AccountAccess; campaignRemoteId: string },
): Promise<ShownRule> {
  const wanted = ours.guards?.rule;
  if (!wanted) return undefined;
  try {
    const rules = await of.reader.listStopRules(
      { ...of.access, urgency: 'background' },
      { campaignRemoteId: of.campaignRemoteId },
    );
    const shown = rules.find(({ remoteId }) => remoteId === wanted.remoteId);
    if (!shown) return null;
    return shown.works ? (shown.perDay?.minor.toString() ?? 'off') : 'off';
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    log.info({ err: error, account: of.access.accountId }, 'the rules could not be read');
    return undefined;
  }
}

function isAdded({ localKey }: Pick<MirrorRow, 'localKey'>): boolean {
  return localKey.startsWith(ADDED_THERE);
}

/**
 * Groups somebody added at the platform spend money of this campaign: they are kept in the mirror, so that the month counts
 * them from now on and every look follows them; what is gone there is forgotten.
 */
async function countAdded(tx: Tx, ctx: ServiceContext, known: Known, added: readonly RemoteSeen[]): Promise<void> {
  const of = { workspaceId: ctx.workspaceId, campaignRecordId: known.campaign.id, accountId: known.accountId };
  const gone = await tx.remoteObject.deleteMany({
    where: { ...of, localKey: { startsWith: ADDED_THERE }, remoteId: { notIn: added.map(({ remoteId }) => remoteId) } },
  });
  const made = await tx.remoteObject.createMany({
    skipDuplicates: true,
    data: added.map((seen) => ({
      ...of,
      level: seen.level,
      localKey: `${ADDED_THERE}${seen.remoteId}`,
      remoteId: seen.remoteId,
      parentRemoteId: seen.parentRemoteId,
      status: seen.status,
      effectiveStatus: seen.effectiveStatus,
      state: stateOfSeen(seen),
    })),
  });
  if (gone.count + made.count > 0) await recountRunning(tx, ctx, known.campaign.projectId);
}

/** Pure: what of the objects we know differs, is gone, or stands there without us. */
export function compare(ours: Ours, seen: readonly RemoteSeen[], rule?: ShownRule): Drifted[] {
  const known = ours.objects.filter((object) => !isAdded(object) && isLiving(object));
  const living = seen.filter((one) => !GONE.includes(one.status ?? ''));
  const differing = known.flatMap((object): Drifted[] => {
    const expected = leftAt(ours, object);
    if (!expected) return [];
    const shown = living.find((one) => one.level === object.level && one.remoteId === object.remoteId);
    if (!shown) return [{ object, field: 'exists', ours: true, theirs: false }];
    const of = shown.level === 'campaign' ? rule : undefined;
    // What could not be looked at is no difference.
    const { stop_rule, ...fields } = expected as { stop_rule?: unknown };
    const asked = of === undefined || stop_rule === undefined ? fields : { ...fields, stop_rule };
    return fieldDifferences(asked, shownAs(shown, of))
      .filter((difference) => !isOpenBudget(ours, object, difference))
      .map((difference) => ({ object, ...difference }));
  });
  const surplus = living
    .filter((one) => !known.some(({ level, remoteId }) => level === one.level && remoteId === one.remoteId))
    .map(
      (one): Drifted => ({
        object: { level: one.level, localKey: '', remoteId: one.remoteId },
        field: 'exists',
        ours: false,
        theirs: true,
      }),
    );
  return [...differing, ...surplus];
}

function isLiving({ level, status }: MirrorRow): boolean {
  return ['campaign', 'adset', 'ad', 'creative'].includes(level) && !GONE.includes(status ?? '');
}

type Known = { campaign: CampaignKnown; ours: Ours; accountId: string };

/** A campaign with all that we left it at. @throws AppError not_found, conflict when it has no approved plan */
export async function loadOurs(tx: Tx, ctx: ServiceContext, campaignRecordId: string): Promise<Known> {
  const campaign = await readCampaign(tx, ctx, campaignRecordId);
  const scope = { workspaceId: ctx.workspaceId, campaignRecordId };
  const deployment = await tx.deployment.findFirst({
    where: scope,
    orderBy: { createdAt: 'desc' },
    select: { id: true },
  });
  const actions = await tx.campaignActionRecord.findMany({
    where: {
      workspaceId: ctx.workspaceId,
      OR: [{ campaignRecordId }, { otherCampaignId: campaignRecordId }],
      state: { in: ['DONE', 'UNDONE'] },
    },
    orderBy: [{ executedAt: 'asc' }, { id: 'asc' }],
    select: { id: true, action: true },
  });
  const uploads = await tx.remoteEffect.findMany({
    where: { workspaceId: ctx.workspaceId, kind: 'upload_image', state: 'DONE', remoteId: { not: null } },
    select: { key: true, remoteId: true },
  });
  const project = await tx.project.findFirst({
    where: { workspaceId: ctx.workspaceId, id: campaign.projectId },
    select: { page: { select: { externalId: true } } },
  });
  const root = await tx.remoteObject.findFirst({ where: { ...scope, level: 'campaign' }, select: { accountId: true } });
  return {
    campaign,
    accountId: root?.accountId ?? campaign.adAccountId,
    ours: {
      campaignId: campaign.id,
      plan: campaign.plan,
      deploymentId: deployment?.id ?? '',
      pageId: project?.page?.externalId ?? campaign.plan.page.id,
      actions: actions.map(({ action }) => action as CampaignAction),
      objects: campaign.objects,
      guards: await guardsLeft(tx, ctx, campaign),
      budgets: await budgetsLeft(tx, ctx, campaign),
      addedBy: new Map(
        actions.flatMap(({ id, action }) => {
          const one = action as CampaignAction;
          return one.kind === 'add_ad' ? [[one.ad.key, id] as const] : [];
        }),
      ),
      images: new Map(uploads.map(({ key, remoteId }) => [key.split(':').at(-1) ?? '', remoteId ?? ''])),
    },
  };
}

/** Putting ours back came to nothing (declined, refused, failed): the question is open again. */
async function reopenUnrestored(tx: Tx, scope: { workspaceId: string; campaignRecordId: string }): Promise<void> {
  const over = await tx.campaignActionRecord.findMany({
    where: { ...scope, state: { notIn: ['WAITING', 'EXECUTING', 'DONE', 'UNDONE'] } },
    select: { id: true },
  });
  await tx.driftFinding.updateMany({
    where: { ...scope, state: 'RESTORING', actionId: { in: over.map(({ id }) => id) } },
    data: { state: 'OPEN', actionId: null, decidedAt: null },
  });
}

/** Answers how many are new. A value somebody chose to keep is ours from then on. */
async function store(
  tx: Tx,
  ctx: ServiceContext,
  known: Known,
  drifted: readonly Drifted[],
  who: ReadonlyMap<string, AccountChange>,
): Promise<number> {
  const { campaign } = known;
  const scope = { workspaceId: ctx.workspaceId, campaignRecordId: campaign.id };
  const nameOf = (one: { level: string; remoteId: string; field: string }) =>
    `${one.level} ${one.remoteId} ${one.field}`;
  const kept = await tx.driftFinding.findMany({ where: { ...scope, state: 'KEPT' }, orderBy: { decidedAt: 'asc' } });
  const keptValue = new Map(kept.map((row) => [nameOf(row), JSON.stringify((row.theirs as { value: unknown }).value)]));
  await reopenUnrestored(tx, scope);
  const open = await tx.driftFinding.findMany({ where: { ...scope, state: { in: ['OPEN', 'RESTORING'] } } });
  const now = await workspaceNow(ctx, tx);
  const wanted = drifted.filter(
    ({ object, field, theirs }) => keptValue.get(nameOf({ ...object, field })) !== JSON.stringify(theirs),
  );
  const names = new Set(wanted.map(({ object, field }) => nameOf({ ...object, field })));
  const over = open.filter((row) => !names.has(nameOf(row)));
  await tx.driftFinding.updateMany({
    where: { ...scope, id: { in: over.map(({ id }) => id) }, state: 'OPEN' },
    data: { state: 'GONE', seenAt: new Date() },
  });
  await tx.driftFinding.updateMany({
    where: { ...scope, id: { in: over.map(({ id }) => id) }, state: 'RESTORING' },
    data: { state: 'RESTORED', seenAt: new Date() },
  });
  const fresh = wanted.filter(({ object, field }) => !open.some((row) => nameOf(row) === nameOf({ ...object, field })));
  if (fresh.length === 0) return 0;
  await tx.driftFinding.createMany({
    skipDuplicates: true,
    data: fresh.map(({ object, field, ours, theirs }) => ({
      id: randomUUID(),
      ...scope,
      projectId: campaign.projectId,
      accountId: known.accountId,
      level: object.level,
      localKey: object.localKey,
      remoteId: object.remoteId,
      field,
      ours: { value: ours } as Prisma.InputJsonObject,
      theirs: { value: theirs } as Prisma.InputJsonObject,
      changedBy: who.get(object.remoteId)?.actor ?? null,
      changedAt: who.get(object.remoteId)?.at ?? null,
      occurredAt: now,
    })),
  });
  await record(tx, ctx, {
    event: 'drift.found',
    subject: { type: 'campaign', id: campaign.id },
    projectId: campaign.projectId,
    payload: { campaignId: campaign.id, fields: fresh.length },
    audit: {
      after: {
        fields: fresh
          .map(({ object, field }) => `${object.level}:${object.localKey || object.remoteId}:${field}`)
          .join(','),
      },
      reason: { rule: 'read-back' },
    },
  });
  return fresh.length;
}
