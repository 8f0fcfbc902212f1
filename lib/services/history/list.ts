import type { ActionKind, CampaignAction } from '../../domain/action';
import type { Actor } from '../../domain/events';
import {
  type HistoryActor,
  type HistoryEntry,
  type HistoryFacts,
  type HistoryKind,
  historyKind,
  NAMED_NOUNS,
  nounsOf,
} from '../../domain/history';
import type { Plan } from '../../domain/plan';
import type { Prisma, Tx } from '../../runtime/db';
import { historySentence, historyWho } from '../../words/en/history';
import { subjectNameOf } from '../actions/subject-name';
import { type ServiceContext, transact } from '../context';

export type ListHistoryInput = {
  projectId?: string;
  kind?: HistoryKind;
  /** Entries older than this place in the trail. */
  beforeSeq?: number;
  /** At most this many; 50 when left out. */
  limit?: number;
  locale: string;
};
type Row = NonNullable<Awaited<ReturnType<Tx['auditEntry']['findFirst']>>>;

/** The workspace's trail in plain words, newest first, and where the next page begins (null at the end). */
export async function listHistory(
  ctx: ServiceContext,
  input: ListHistoryInput,
): Promise<{ entries: HistoryEntry[]; nextBefore: number | null }> {
  const limit = input.limit ?? 50;
  return transact(ctx, async (tx) => {
    const rows = await tx.auditEntry.findMany({
      where: {
        workspaceId: ctx.workspaceId,
        ...(input.projectId === undefined ? {} : { projectId: input.projectId }),
        ...(input.beforeSeq === undefined ? {} : { seq: { lt: input.beforeSeq } }),
        ...(input.kind === undefined ? {} : whereKind(input.kind)),
      },
      orderBy: { seq: 'desc' },
      take: limit + 1,
    });
    const page = rows.slice(0, limit);
    const names = await namesFor(tx, ctx, page);
    return {
      entries: page.map((row) => toEntry(row, names, ctx, input.locale)),
      nextBefore: rows.length > limit ? (page.at(-1)?.seq ?? null) : null,
    };
  });
}

function whereKind(kind: HistoryKind): Prisma.AuditEntryWhereInput {
  const starting = (nouns: readonly string[]) => nouns.map((noun) => ({ action: { startsWith: `${noun}.` } }));
  const nouns = nounsOf(kind);
  return nouns ? { OR: starting(nouns) } : { NOT: { OR: starting(NAMED_NOUNS) } };
}

type Names = Awaited<ReturnType<typeof namesFor>>;

/** Everything the rows point to, one query per kind of thing. */
async function namesFor(tx: Tx, ctx: ServiceContext, rows: Row[]) {
  const scope = { workspaceId: ctx.workspaceId };
  const ids = (type: string) => rows.filter((row) => row.subjectType === type).map((row) => row.subjectId);
  const userIds = rows.flatMap(({ actor }) => {
    const who = actor as Actor;
    return who.type === 'user' ? [who.id] : [];
  });
  const [projects, members, actions, approvals, deployments, targets] = await Promise.all([
    tx.project.findMany({
      where: { ...scope, id: { in: rows.flatMap(({ projectId }) => projectId ?? []) } },
      select: { id: true, name: true },
    }),
    tx.member.findMany({
      where: { organizationId: ctx.workspaceId, userId: { in: userIds } },
      select: { userId: true, user: { select: { name: true } } },
    }),
    tx.campaignActionRecord.findMany({
      where: { ...scope, id: { in: ids('action') } },
      select: {
        id: true,
        action: true,
        undoOfId: true,
        campaignRecordId: true,
        campaign: { select: { structure: true } },
      },
    }),
    tx.approval.findMany({
      where: { ...scope, id: { in: ids('approval') } },
      select: { id: true, kind: true, shownText: true, campaignRecordId: true },
    }),
    tx.deployment.findMany({
      where: { ...scope, id: { in: ids('deployment') } },
      select: { id: true, campaignRecordId: true },
    }),
    tx.planVersion.findMany({
      where: { ...scope, id: { in: ids('plan') } },
      select: { id: true, campaignRecordId: true },
    }),
  ]);
  const campaignOf = new Map(
    [...actions, ...approvals, ...deployments, ...targets].flatMap(({ id, campaignRecordId }) =>
      campaignRecordId ? [[id, campaignRecordId] as const] : [],
    ),
  );
  const campaigns = await tx.campaignRecord.findMany({
    where: { ...scope, id: { in: [...ids('campaign'), ...campaignOf.values()] } },
    select: { id: true, name: true },
  });
  const byId = <T extends { id: string }>(list: T[]) => new Map(list.map((one) => [one.id, one]));
  return {
    projects: byId(projects),
    people: new Map(members.map(({ userId, user }) => [userId, user.name])),
    actions: byId(actions),
    approvals: byId(approvals),
    campaigns: byId(campaigns),
    campaignOf,
  };
}

function toEntry(row: Row, names: Names, ctx: ServiceContext, locale: string): HistoryEntry {
  const actor = row.actor as Actor;
  const who: HistoryActor = {
    type: actor.type,
    name: actor.type === 'user' ? (names.people.get(actor.id) ?? null) : null,
  };
  const you = actor.type === 'user' && ctx.actor.type === 'user' && actor.id === ctx.actor.id;
  const campaignId = names.campaignOf.get(row.subjectId) ?? row.subjectId;
  const facts: HistoryFacts = {
    event: row.action,
    actor: who,
    before: fieldsOf(row.before),
    after: fieldsOf(row.after),
    reason: fieldsOf(row.reason),
    campaign: names.campaigns.get(campaignId)?.name ?? null,
    action: actionOf(names.actions.get(row.subjectId)),
    approval: approvalOf(names.approvals.get(row.subjectId)),
  };
  const { text, detail } = historySentence(facts, locale);
  const project = row.projectId ? names.projects.get(row.projectId) : undefined;
  return {
    seq: row.seq,
    at: row.occurredAt.toISOString(),
    kind: historyKind(row.action),
    who: historyWho(who, you),
    text,
    detail,
    project: project ?? null,
  };
}

function fieldsOf(value: unknown): Record<string, unknown> {
  return value && typeof value === 'object' && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

function actionOf(row: { action: unknown; undoOfId: string | null; campaign: { structure: unknown } } | undefined) {
  if (!row) return null;
  // Written by the gate alone, from the same type.
  const action = row.action as CampaignAction & { kind: ActionKind };
  const subject = subjectNameOf(action, row.campaign.structure as Plan | null);
  return { action, subject, isUndo: row.undoOfId !== null };
}

function approvalOf(row: { kind: string; shownText: string } | undefined) {
  return row ? { kind: row.kind, text: row.shownText } : null;
}
