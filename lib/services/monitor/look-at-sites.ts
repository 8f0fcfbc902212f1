import { simulatedSiteAnswers } from '../../platforms/meta/simulator';
import type { AccountAccess } from '../../platforms/port';
import { systemClock } from '../../runtime/clock';
import { log } from '../../runtime/log';
import { lookAtSite, type SiteLook } from '../../runtime/site-look';
import { type ServiceContext, transact } from '../context';
import type { WatchedAccount } from '../insights/watched';

/** Looks at a live shop's page; replaced in tests. */
export type LookAtSite = (address: string) => Promise<SiteLook>;
export type SiteAnswers = Record<string, boolean | null>;

/** Looks that must agree before a site counts as broken, and real ms between them: a restart of a server is no outage. */
const LOOKS = 3;
const BETWEEN_MS = 4_000;
/** Real days within which the site must have answered us before its silence means anything. */
const KNOWN_DAYS = 14;

/**
 * Whether the page each project's ads lead to answers now, by project; null where we cannot tell or no ad leads to a page.
 * A pretend shop's page is the simulator's. No transaction may be open meanwhile.
 */
export async function lookAtSites(
  ctx: ServiceContext,
  input: { account: WatchedAccount; access: AccountAccess; look?: LookAtSite; sleep?: (ms: number) => Promise<void> },
): Promise<SiteAnswers> {
  const { account, access, look = lookAtSite, sleep = systemClock.sleep } = input;
  const running = account.campaigns.filter((campaign) => campaign.siteUrl !== null);
  const sites = new Map(running.map((campaign) => [campaign.projectId, campaign.siteUrl ?? '']));
  if (sites.size === 0) return {};
  if (access.mode === 'SIMULATED') {
    const answers = await pretendAnswers(account);
    return Object.fromEntries([...sites.keys()].map((projectId) => [projectId, answers]));
  }
  const answers = await Promise.all(
    [...sites].map(async ([projectId, url]) => [projectId, await surely(() => look(url), sleep)] as const),
  );
  const known = answers.some(([, one]) => one === false) ? await answeredLately(ctx, account.id) : new Set<string>();
  // A page that never answered us may shut us out: its silence proves nothing.
  return Object.fromEntries(
    answers.map(([projectId, one]) => [projectId, one === false && !known.has(projectId) ? null : one]),
  );
}

async function pretendAnswers({ simulatorWorldId }: WatchedAccount): Promise<boolean | null> {
  if (!simulatorWorldId) return null;
  try {
    return await simulatedSiteAnswers(simulatorWorldId);
  } catch (error) {
    log.warn({ err: error }, 'the pretend shop could not be looked at');
    return null;
  }
}

async function surely(look: () => Promise<SiteLook>, sleep: (ms: number) => Promise<void>): Promise<boolean | null> {
  for (let tries = 1; ; tries += 1) {
    const { answers } = await look();
    if (answers !== false || tries === LOOKS) return answers;
    await sleep(BETWEEN_MS);
  }
}

async function answeredLately(ctx: ServiceContext, adAccountId: string): Promise<Set<string>> {
  return transact(ctx, async (tx) => {
    const rows = await tx.$queryRaw<{ project: string }[]>`
      SELECT DISTINCT site.key AS project FROM "MonitorRun" r, jsonb_each(r."siteAnswers") AS site
      WHERE r."workspaceId" = ${ctx.workspaceId} AND r."adAccountId" = ${adAccountId} AND site.value = 'true'::jsonb
        AND r."startedAt" > (now() AT TIME ZONE 'utc') - make_interval(days => ${KNOWN_DAYS})`;
    return new Set(rows.map(({ project }) => project));
  });
}
