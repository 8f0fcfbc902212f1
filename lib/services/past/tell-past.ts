import type { Goal } from '../../domain/brief';
import type { CostSeen, PastGoal } from '../../domain/past/past';
import type { NoticeKey, NoticeParams } from '../../words/en/notices';
import { type ServiceContext, transact } from '../context';
import { tellProject } from '../notifications/tell-project';
import type { Learned } from './stored';

/**
 * Says in the chat what the account's past says, once per account of the workspace, and only once the brief stands: before,
 * the owner is asked about the business. Without any past there is nothing to say.
 */
export async function tellPast(
  ctx: ServiceContext,
  input: { projectId: string; learned: Learned },
): Promise<{ told: boolean }> {
  return transact(ctx, async (tx, inner) => {
    const project = await tx.project.findFirst({
      where: { workspaceId: ctx.workspaceId, id: input.projectId },
      select: { adAccount: { select: { externalId: true } }, brief: { select: { goal: true, confirmedAt: true } } },
    });
    if (!project?.adAccount || !project.brief?.confirmedAt) return { told: false };
    const notice = noticeOf(input.learned, project.brief.goal as Goal | null);
    if (!notice) return { told: false };
    const first = await tx.sighting.createMany({
      data: [{ workspaceId: ctx.workspaceId, subject: `past:${project.adAccount.externalId}` }],
      skipDuplicates: true,
    });
    if (first.count === 0) return { told: false };
    await tellProject(inner, { projectId: input.projectId, tone: 'info', ...notice });
    return { told: true };
  });
}

/** The part of the past that is about what the owner wants now; else the part most was spent on. */
function noticeOf(learned: Learned, wanted: Goal | null): { key: NoticeKey; params: NoticeParams } | null {
  const about = learned.goals.find(({ goal }) => goal !== null && goal === wanted) ?? learned.goals[0];
  if (!about) return null;
  const params = {
    day: learned.until,
    days: about.days,
    clicks: about.clicks,
    spendMinor: about.spend.minor,
    currency: about.spend.currency,
    ...(about.goal === null ? {} : { goal: about.goal }),
  };
  if (!about.perClick) return { key: 'past_little', params };
  return {
    key: 'past_learned',
    params: {
      ...params,
      ...range('click', about.perClick),
      ...(about.results === null ? {} : { results: about.results }),
      ...(about.perResult ? range('result', about.perResult) : {}),
      ...differenceOf(learned, about),
      ...(learned.checks[0] ? { check: learned.checks[0] } : {}),
    },
  };
}

function differenceOf({ hypotheses, names }: Learned, { goal }: PastGoal): NoticeParams {
  const found = hypotheses.find((one) => one.goal === goal);
  const [better, worse] = [names[found?.better.campaignId ?? ''], names[found?.worse.campaignId ?? '']];
  if (!found || !better || !worse) return {};
  return {
    better,
    worse,
    ...range('better', found.better.perResult),
    ...range('worse', found.worse.perResult),
    betterResults: found.better.results,
    worseResults: found.worse.results,
  };
}

function range(name: string, { low, high }: CostSeen): NoticeParams {
  return { [`${name}LowMinor`]: low.minor, [`${name}HighMinor`]: high.minor };
}
