import { randomUUID } from 'node:crypto';
import { AppError } from '@/lib/domain/errors';
import type { InsightRow } from '@/lib/domain/insight';
import type { Money } from '@/lib/domain/money';
import type { Plan } from '@/lib/domain/plan';
import type { AdPlatformReader, RemoteSeen } from '@/lib/platforms/port';
import { inWorkspace } from '@/lib/runtime/db';
import { buildConnection, buildProject, type Owner } from '@/tests/factories';
import { plan as planOf } from '@/tests/unit/domain/plan-fixture';

export type Running = Owner & {
  projectId: string;
  conversationId: string;
  campaignRecordId: string;
  adAccountId: string;
  accountExternalId: string;
  plan: Plan;
  remote: { campaign: string; adset: string; ads: string[] };
};

type Options = {
  status?: string;
  launchedAt?: Date | null;
  timezone?: string;
  mode?: 'LIVE' | 'SIMULATED';
  owner?: Owner;
};

/** A campaign that exists at the platform: plan, mirror, conversation, selected account. */
export async function buildRunningCampaign(options: Options = {}): Promise<Running> {
  const project = await buildProject(options.owner);
  const timezone = options.timezone ?? 'Europe/Lisbon';
  const { account } = await buildConnection(project, { timezone, mode: options.mode ?? 'SIMULATED' });
  const plan = planOf({ account: { id: account.externalId, name: 'Padaria', currency: 'EUR', timezone } });
  const adSet = plan.adSets[0];
  if (!adSet) throw new Error('the plan has no ad set');
  const number = () => String(Math.floor(Math.random() * 1e15));
  const remote = { campaign: number(), adset: number(), ads: adSet.ads.map(number) };
  const { workspaceId } = project.ctx;
  const campaignRecordId = randomUUID();
  const conversationId = await inWorkspace(workspaceId, async (tx) => {
    await tx.facebookConnection.updateMany({
      where: { workspaceId },
      data: { simulatorWorldId: `world-${workspaceId}` },
    });
    const conversation = await tx.conversation.create({
      data: { workspaceId, projectId: project.projectId, type: 'CAMPAIGN', title: plan.name, campaignRecordId },
    });
    await tx.campaignRecord.create({
      data: {
        id: campaignRecordId,
        workspaceId,
        projectId: project.projectId,
        conversationId: conversation.id,
        name: 'Birthday cakes',
        status: options.status ?? 'IN_REVIEW',
        structure: plan,
        adAccountId: account.id,
        currency: 'EUR',
        timezone,
        launchedAt: options.launchedAt ?? null,
      },
    });
    const object = (level: string, localKey: string, remoteId: string, parentRemoteId: string | null) => ({
      workspaceId,
      campaignRecordId,
      accountId: account.externalId,
      level,
      localKey,
      remoteId,
      parentRemoteId,
      status: 'ACTIVE',
      effectiveStatus: 'PENDING_REVIEW',
      seenAt: new Date(0),
    });
    await tx.remoteObject.createMany({
      data: [
        object('campaign', 'campaign', remote.campaign, null),
        object('adset', adSet.key, remote.adset, remote.campaign),
        ...adSet.ads.map((ad, at) => object('ad', ad.key, remote.ads[at] ?? '', remote.adset)),
      ],
    });
    return conversation.id;
  });
  return {
    ...project,
    conversationId,
    campaignRecordId,
    adAccountId: account.id,
    accountExternalId: account.externalId,
    plan,
    remote,
  };
}

/** Moves the workspace's business time to an instant. */
export async function setBusinessTime(workspaceId: string, instant: string): Promise<void> {
  await inWorkspace(
    workspaceId,
    (tx) => tx.$executeRaw`
    UPDATE "organization" SET "clockOffsetMs" = (extract(epoch FROM (${instant.replace('Z', '')}::timestamp - (now() AT TIME ZONE 'utc'))) * 1000)::bigint,
      "clockTargetMs" = (extract(epoch FROM (${instant.replace('Z', '')}::timestamp - (now() AT TIME ZONE 'utc'))) * 1000)::bigint WHERE "id" = ${workspaceId}`,
  );
}

export function insightRow(fields: Partial<InsightRow> & Pick<InsightRow, 'entityId' | 'day'>): InsightRow {
  return {
    level: 'campaign',
    parentId: null,
    currency: 'EUR',
    attribution: '7d_click,1d_view',
    spendMinor: 1000n,
    impressions: 2000,
    clicks: 20,
    landingPageViews: null,
    results: 2,
    valueMinor: null,
    reach: 1500,
    ...fields,
  };
}

/** A day a test wrote for the campaign alone is its first ad's day. */
function asAds(rows: InsightRow[], { remote }: Running): InsightRow[] {
  const campaign = { id: remote.campaign, countsOneKind: true };
  const told = new Set(rows.flatMap((row) => (row.level === 'ad' ? [row.day] : [])));
  return rows.flatMap((row): InsightRow[] => {
    if (row.level === 'ad') return [{ ...row, parentId: row.parentId ?? remote.adset, campaign }];
    if (row.level !== 'campaign' || told.has(row.day)) return [];
    return [{ ...row, level: 'ad', entityId: remote.ads[0] ?? '', parentId: remote.adset, campaign }];
  });
}

/** A platform whose answers a test writes; it counts what it was asked. */
export type StandIn = AdPlatformReader & {
  rows: InsightRow[];
  effective: Record<string, string>;
  reach: number | null;
  asked: string[];
  refuses: boolean;
  /** Daily budget the ad set shows; null = none. */
  budget: Money | null;
};

export function standInPlatform(running: Running): StandIn {
  const unused = () => Promise.reject(new Error('not asked for in this test'));
  const platform: StandIn = {
    rows: [],
    effective: {},
    reach: 900,
    asked: [],
    refuses: false,
    budget: null,
    listAccounts: unused,
    listPages: unused,
    read: unused,
    findByMarker: unused,
    searchCities: unused,
    listPixels: unused,
    listLeadForms: unused,
    acceptsLeadForms: unused,
    findLeadForm: unused,
    mayDraw: () => Promise.resolve({ yes: false, reason: 'no_business' }),
    readDraw: unused,
    findDraw: unused,
    searchInterests: unused,
    wouldTake: unused,
    listInstagramAccounts: unused,
    minimumBudgets: unused,
    accountSpend: unused,
    listStopRules: unused,
    findStopRule: unused,
    insightCuts: unused,
    preview: unused,
    asHeld: (amount) => amount,
    insights(_access, query) {
      if (platform.refuses) return Promise.reject(new AppError('platform_reauthorise'));
      platform.asked.push(`insights:${query.level}:${query.since}:${query.until}`);
      const rows = (query.level === 'ad' ? asAds(platform.rows, running) : platform.rows).filter(
        (row) => row.level === query.level && row.day >= query.since && row.day <= query.until,
      );
      return Promise.resolve({
        rows,
        raw: rows.map((row) => ({
          campaign_id: row.campaign?.id ?? row.entityId,
          date_start: row.day,
          impressions: String(row.impressions),
        })),
      });
    },
    accountReach(_access, query) {
      platform.asked.push(`reach:${query.since}:${query.until}`);
      const { reach } = platform;
      return Promise.resolve(
        reach === null ? [] : [{ entityId: running.remote.campaign, ...query, reach, impressions: reach * 2 }],
      );
    },
    windowReach(_access, query) {
      platform.asked.push(`reach:${query.since}:${query.until}`);
      const { reach } = platform;
      return Promise.resolve(
        reach === null
          ? null
          : { entityId: query.campaignRemoteId, since: query.since, until: query.until, reach, impressions: reach * 2 },
      );
    },
    readCampaignTree: unused,
    readAccountTree() {
      platform.asked.push('tree');
      const seen = (level: RemoteSeen['level'], remoteId: string, parentRemoteId: string | null): RemoteSeen => ({
        remoteId,
        level,
        name: `${level} ${remoteId}`,
        parentRemoteId,
        status: 'ACTIVE',
        effectiveStatus: platform.effective[remoteId] ?? 'ACTIVE',
        dailyBudget: level === 'adset' ? platform.budget : null,
        creativeId: null,
        reviewFeedback:
          platform.effective[remoteId] === 'DISAPPROVED'
            ? ['Before and after pictures are not allowed.']
            : platform.effective[remoteId] === 'WITH_ISSUES'
              ? ['The form of this ad was archived.']
              : [],
        fields: {},
      });
      const { campaign, adset, ads } = running.remote;
      return Promise.resolve([
        seen('campaign', campaign, null),
        seen('adset', adset, campaign),
        ...ads.map((ad) => seen('ad', ad, adset)),
      ]);
    },
  };
  return platform;
}
