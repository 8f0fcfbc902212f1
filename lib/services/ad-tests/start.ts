import { type AdTestAnswer, planAdTest } from '../../domain/optimization/experiments/ad-test';
import { addDays, dayIn } from '../../domain/time';
import type { Prisma, Tx } from '../../runtime/db';
import { type ServiceContext, transact, workspaceNow } from '../context';
import { record } from '../ledger/record';
import { gatherEvidence } from '../monitor/evidence';
import { lockProject } from '../pacing/lock';
import { requireMay } from '../workspaces/require-may';

export type AdTestWish = { campaignId: string; question: string | null; start: boolean };
export type AdTestPlanned =
  | (AdTestAnswer & { names: string[]; started: boolean; endsOn: string | null })
  | { refused: 'runs_already' | 'not_running'; days: null; names: string[] };

/**
 * Plans a comparison of the ads that run side by side, and starts it where that is wished. It changes nothing at the
 * platform and costs nothing more: the ads go on as they are, and while it runs none of them is paused or swapped alone.
 * @throws AppError not_permitted
 */
export async function planOrStartAdTest(ctx: ServiceContext, input: AdTestWish): Promise<AdTestPlanned | null> {
  return transact(ctx, async (tx, inner) => {
    const campaign = await tx.campaignRecord.findFirst({
      where: { workspaceId: ctx.workspaceId, id: input.campaignId },
      select: { id: true, projectId: true, status: true, timezone: true },
    });
    if (!campaign) return null;
    const refused = (why: 'runs_already' | 'not_running') => ({ refused: why, days: null, names: [] });
    if (campaign.status !== 'ACTIVE') return refused('not_running');
    if (input.start) {
      await requireMay(inner, 'policy.change');
      await lockProject(tx, inner, campaign.projectId);
    }
    const open = await tx.adTest.findFirst({
      where: { workspaceId: ctx.workspaceId, campaignRecordId: campaign.id, state: 'RUNNING' },
      select: { id: true },
    });
    if (open) return refused('runs_already');
    const today = dayIn(campaign.timezone, await workspaceNow(inner, tx));
    const evidence = await gatherEvidence(tx, inner, {
      campaignRecordId: campaign.id,
      today,
      pulledOn: today,
      lastDecidedOn: null,
    });
    if (!evidence) return null;
    const answer = planAdTest(evidence);
    if ('refused' in answer) return { ...answer, names: [], started: false, endsOn: null };
    const endsOn = addDays(today, answer.plan.days);
    const names = await headlinesOf(tx, inner, { campaignId: campaign.id, keys: answer.plan.arms });
    if (input.start) await begin(tx, inner, { campaign, answer, question: input.question, today, endsOn });
    return { ...answer, names, started: input.start, endsOn };
  });
}

type Begin = {
  campaign: { id: string; projectId: string };
  answer: Extract<AdTestAnswer, { plan: object }>;
  question: string | null;
  today: string;
  endsOn: string;
};

async function begin(tx: Tx, ctx: ServiceContext, { campaign, answer, question, today, endsOn }: Begin): Promise<void> {
  const { adSetKey, arms, measure, ...plan } = answer.plan;
  const test = await tx.adTest.create({
    data: {
      workspaceId: ctx.workspaceId,
      projectId: campaign.projectId,
      campaignRecordId: campaign.id,
      adSetKey,
      arms,
      measure,
      question,
      plan: plan as Prisma.InputJsonObject,
      startedOn: new Date(today),
      endsOn: new Date(endsOn),
    },
    select: { id: true },
  });
  await record(tx, ctx, {
    event: 'ad_test.started',
    subject: { type: 'ad_test', id: test.id },
    projectId: campaign.projectId,
    payload: { campaignId: campaign.id },
    audit: { after: { arms: arms.join(','), measure, endsOn } },
  });
}

/** Headlines of ads by the plan's keys, in the order of the keys. */
export async function headlinesOf(
  tx: Tx,
  ctx: ServiceContext,
  { campaignId, keys }: { campaignId: string; keys: readonly string[] },
): Promise<string[]> {
  const campaign = await tx.campaignRecord.findFirst({
    where: { workspaceId: ctx.workspaceId, id: campaignId },
    select: { structure: true },
  });
  const plan = campaign?.structure as { adSets: { ads: { key: string; headline: string }[] }[] } | null | undefined;
  const ads = plan?.adSets.flatMap((adSet) => adSet.ads) ?? [];
  return keys.map((key) => ads.find((ad) => ad.key === key)?.headline ?? key);
}
