import { randomUUID } from 'node:crypto';
import type { CampaignStatus } from '../../domain/campaign-status';
import { AppError } from '../../domain/errors';
import type { Plan } from '../../domain/plan';
import { instantAt } from '../../domain/report-week';
import { addDays } from '../../domain/time';
import type { AdPlatformReader } from '../../platforms/port';
import { readerFor } from '../../platforms/registry-readers';
import { isUniqueViolation, type Prisma, type Tx } from '../../runtime/db';
import { accessFor } from '../connections/access';
import { type ServiceContext, transact, workspaceNow } from '../context';
import { record } from '../ledger/record';
import { monitorAccount } from '../monitor/monitor-account';
import { lastPulledSlot } from '../monitor/slot';
import { gatherReport, type ReportCampaign } from './gather';

export type CreateReport = {
  campaignRecordId: string /** Monday of the account's week. */;
  monday: string;
  reader?: AdPlatformReader;
};

/**
 * The report of one account week of one campaign, once. People reached are asked for as exactly this week and the one
 * before; the rest comes from what was pulled, after one more pull where none succeeded since the week ended. Null where
 * the campaign did not run in that week or its numbers cannot be had. The caller holds the account.
 * @throws AppError conflict while somebody else is pulling the account
 */
export async function createWeeklyReport(
  ctx: ServiceContext,
  input: CreateReport,
): Promise<{ reportId: string; created: boolean } | null> {
  const key = { campaignRecordId: input.campaignRecordId, week: new Date(input.monday) };
  const known = await transact(ctx, (tx) =>
    tx.report.findFirst({ where: { workspaceId: ctx.workspaceId, ...key }, select: { id: true } }),
  );
  if (known) return { reportId: known.id, created: false };
  const found = await transact(ctx, (tx) => findCampaign(tx, ctx, input.campaignRecordId));
  if (!found || !(await hasWholeWeek(ctx, found, input))) return null;
  const reach = await reachOfWeeks(ctx, found, input);
  try {
    return await transact(ctx, async (tx, inner) => {
      const view = await gatherReport(tx, inner, { campaign: found.campaign, monday: input.monday, ...reach });
      if (!view) return null;
      const reportId = randomUUID();
      await tx.report.create({
        data: {
          id: reportId,
          workspaceId: ctx.workspaceId,
          projectId: found.campaign.projectId,
          ...key,
          view: { ...view, reportId } as Prisma.InputJsonObject,
          occurredAt: await workspaceNow(inner, tx),
        },
      });
      await record(tx, inner, {
        event: 'report.created',
        subject: { type: 'report', id: reportId },
        projectId: found.campaign.projectId,
        payload: { campaignId: found.campaign.id, week: input.monday },
        audit: { after: { week: input.monday } },
      });
      return { reportId, created: true };
    });
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    // Somebody else reported this week at the same moment: theirs counts.
    const other = await transact(ctx, (tx) =>
      tx.report.findFirstOrThrow({ where: { workspaceId: ctx.workspaceId, ...key }, select: { id: true } }),
    );
    return { reportId: other.id, created: false };
  }
}

type Found = { campaign: ReportCampaign; adAccountId: string; remoteId: string };

async function findCampaign(tx: Tx, ctx: ServiceContext, id: string): Promise<Found | null> {
  const row = await tx.campaignRecord.findFirst({
    where: { workspaceId: ctx.workspaceId, id },
    include: {
      project: { select: { adAccountId: true, locale: true } },
      remoteObjects: { where: { level: 'campaign' }, select: { remoteId: true } },
    },
  });
  const remoteId = row?.remoteObjects[0]?.remoteId;
  // The structure is the approved plan, validated when it was saved.
  const plan = row?.structure as Plan | null | undefined;
  if (!row || !plan || !remoteId || !row.project.adAccountId) return null;
  const { projectId, name, timezone, currency, launchedAt } = row;
  return {
    adAccountId: row.project.adAccountId,
    remoteId,
    campaign: {
      id,
      projectId,
      name,
      status: row.status as CampaignStatus,
      timezone,
      currency,
      launchedAt,
      plan,
      locale: row.project.locale,
    },
  };
}

/** True when something was pulled since the week ended; pulls now where nothing was. */
async function hasWholeWeek(ctx: ServiceContext, found: Found, input: CreateReport): Promise<boolean> {
  const weekEnd = instantAt(addDays(input.monday, 7), 0, found.campaign.timezone);
  const pulledSince = async () => {
    const now = await transact(ctx, (tx, inner) => workspaceNow(inner, tx));
    const slot = await lastPulledSlot(ctx, { adAccountId: found.adAccountId, before: new Date(now.getTime() + 1) });
    return slot !== null && slot >= weekEnd;
  };
  if (await pulledSince()) return true;
  const pull = { adAccountId: found.adAccountId, ...(input.reader ? { reader: input.reader } : {}) };
  const { state } = await monitorAccount(ctx, pull);
  // Somebody else's pull is under way: the week is not skipped for it, the job comes again.
  if (state === 'busy') throw new AppError('conflict', { account: found.adAccountId });
  return pulledSince();
}

async function reachOfWeeks(
  ctx: ServiceContext,
  found: Found,
  input: CreateReport,
): Promise<{ reach: number | null; previousReach: number | null }> {
  const allowed = await accessFor(ctx, { projectId: found.campaign.projectId }).catch((error: unknown) => {
    // Everything but the people reached was pulled before the connection broke.
    if (error instanceof AppError && error.code === 'platform_reauthorise') return null;
    throw error;
  });
  if (!allowed) return { reach: null, previousReach: null };
  const { access } = allowed;
  const reader = input.reader ?? readerFor(access.platform);
  const ask = async (monday: string) => {
    const window = await reader.windowReach(access, {
      campaignRemoteId: found.remoteId,
      since: monday,
      until: addDays(monday, 6),
    });
    return window?.reach ?? null;
  };
  const [reach, previousReach] = await Promise.all([ask(input.monday), ask(addDays(input.monday, -7))]);
  return { reach, previousReach };
}
