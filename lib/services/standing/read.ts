import { type BriefDraft, missingBriefFields } from '../../domain/brief';
import type { CampaignStatus } from '../../domain/campaign-status';
import { AppError } from '../../domain/errors';
import { type LoginNeed, MISSING_PERMISSIONS, missingNeeds } from '../../domain/login-need';
import type { Plan } from '../../domain/plan';
import type { Tx } from '../../runtime/db';
import { draftOfRow } from '../briefs/row';
import { type ServiceContext, transact } from '../context';
import type { Learned } from '../past/stored';

/** Where a project stands, as far as a conversation about it needs to know. Holds no secret: it goes to the model. */
export type Standing = {
  project: { id: string; name: string; locale: string };
  conversation: { id: string; type: 'ONBOARDING' | 'CAMPAIGN' | 'AGENT'; campaignId: string | null };
  brief: { draft: BriefDraft; version: number; confirmed: boolean; missing: ReturnType<typeof missingBriefFields> };
  connection: {
    state: 'none' | 'connected' | 'broken';
    simulated: boolean;
    /** What the owner left unticked at Facebook and ads cannot do without. */
    missing: LoginNeed[];
    accountsToChoose: number;
    account: { name: string; currency: string; usable: boolean } | null;
    page: { name: string } | null;
  };
  campaigns: { id: string; name: string; status: CampaignStatus; planVersion: number; plan: Plan }[];
  waiting: { approvalId: string; kind: string; campaignId: string | null; conversationId: string | null }[];
  /** What the account's earlier ads say, read from the platform; null where nobody has looked yet. */
  past: Learned | null;
  /** Photos the owner gave for this project. */
  photos: number;
};

const LOGIN = { status: true, mode: true, statusReason: true, scopes: true } as const;

/** @throws AppError not_found, also for another workspace's conversation. */
export async function readStanding(ctx: ServiceContext, input: { conversationId: string }): Promise<Standing> {
  return transact(ctx, async (tx) => {
    const conversation = await tx.conversation.findFirst({
      where: { workspaceId: ctx.workspaceId, id: input.conversationId },
      include: {
        project: {
          include: {
            brief: true,
            page: true,
            adAccount: { include: { connection: { select: LOGIN }, past: { select: { learned: true } } } },
          },
        },
      },
    });
    if (!conversation) throw new AppError('not_found', { conversation: input.conversationId });
    const { project } = conversation;
    const draft = project.brief ? draftOfRow(project.brief) : {};
    const login = await tx.facebookConnection.findFirst({
      where: { workspaceId: ctx.workspaceId },
      orderBy: { createdAt: 'desc' },
      select: LOGIN,
    });
    const connection = project.adAccount?.connection ?? login;
    return {
      project: { id: project.id, name: project.name, locale: project.locale },
      conversation: {
        id: conversation.id,
        type: conversation.type as Standing['conversation']['type'],
        campaignId: conversation.campaignRecordId,
      },
      brief: {
        draft,
        version: project.brief?.version ?? 0,
        confirmed: Boolean(project.brief?.confirmedAt),
        missing: missingBriefFields(draft),
      },
      connection: {
        state: connection ? (connection.status === 'HEALTHY' ? 'connected' : 'broken') : 'none',
        simulated: connection?.mode === 'SIMULATED',
        missing: connection?.statusReason === MISSING_PERMISSIONS ? missingNeeds(connection.scopes) : [],
        accountsToChoose:
          project.adAccount && project.page ? 0 : await tx.adAccount.count({ where: { workspaceId: ctx.workspaceId } }),
        account: project.adAccount
          ? {
              name: project.adAccount.name,
              currency: project.adAccount.currency,
              usable: project.adAccount.status === 'ACTIVE',
            }
          : null,
        page: project.page ? { name: project.page.name } : null,
      },
      campaigns: await campaignsOf(tx, ctx, project.id),
      waiting: await waitingOf(tx, ctx, project.id),
      // Written by learnPast alone, from the same type.
      past: (project.adAccount?.past?.learned ?? null) as Learned | null,
      photos: await tx.artifact.count({
        where: {
          workspaceId: ctx.workspaceId,
          projectId: project.id,
          type: 'IMAGE',
          content: { path: ['source'], equals: 'owner' },
        },
      }),
    };
  });
}

async function campaignsOf(tx: Tx, ctx: ServiceContext, projectId: string): Promise<Standing['campaigns']> {
  const rows = await tx.campaignRecord.findMany({
    where: { workspaceId: ctx.workspaceId, projectId, status: { not: 'ARCHIVED' } },
    orderBy: { createdAt: 'desc' },
    take: 5,
    include: {
      planVersions: { orderBy: { version: 'desc' }, take: 1 },
      remoteObjects: { where: { level: 'ad', status: 'DELETED' }, select: { localKey: true } },
    },
  });
  return rows.flatMap((row) => {
    const newest = row.planVersions[0];
    // Both written by savePlan and the launch alone, from the same type.
    const plan = newest ? (JSON.parse(newest.canonical) as Plan) : (row.structure as Plan | null);
    if (!plan) return [];
    const gone = row.remoteObjects.map(({ localKey }) => localKey);
    const adSets = plan.adSets.map((adSet) => ({ ...adSet, ads: adSet.ads.filter(({ key }) => !gone.includes(key)) }));
    return [
      {
        id: row.id,
        name: row.name,
        status: row.status as CampaignStatus,
        planVersion: newest?.version ?? 1,
        plan: { ...plan, adSets },
      },
    ];
  });
}

async function waitingOf(tx: Tx, ctx: ServiceContext, projectId: string): Promise<Standing['waiting']> {
  const rows = await tx.approval.findMany({
    where: { workspaceId: ctx.workspaceId, projectId, state: 'WAITING' },
    orderBy: { createdAt: 'desc' },
    select: { id: true, kind: true, campaignRecordId: true, conversationId: true },
  });
  return rows.map((row) => ({
    approvalId: row.id,
    kind: row.kind,
    campaignId: row.campaignRecordId,
    conversationId: row.conversationId,
  }));
}
