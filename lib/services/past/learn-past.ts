import { grouped } from '../../domain/past/grouped';
import { learnFromPast, pastWindow } from '../../domain/past/learn';
import type { Past, PastDay } from '../../domain/past/past';
import { dayIn, daysBetween } from '../../domain/time';
import type { AccountAccess, AdPlatformReader } from '../../platforms/port';
import { readerFor } from '../../platforms/registry-readers';
import { accessFor } from '../connections/access';
import { type ServiceContext, transact, workspaceNow } from '../context';
import type { Learned, StoredDay } from './stored';

/** Account days after which an account's past is read anew where it is asked for. */
const GOOD_FOR_DAYS = 28;

/**
 * Reads what the project's ad account did in its last 90 days and keeps what it says: one question for the daily rows of
 * all campaigns (paged), and the names of two campaigns where they differ. Kept for four weeks; run again before, it asks
 * nothing, and run anew it replaces. @throws AppError facebook_not_connected, platform_*, not_found
 */
export async function learnPast(
  ctx: ServiceContext,
  input: { projectId: string; reader?: AdPlatformReader },
): Promise<{ asked: boolean; learned: Learned }> {
  const { access, account } = await accessFor(ctx, input);
  const { kept, now } = await transact(ctx, async (tx, inner) => ({
    kept: await tx.accountPast.findFirst({ where: { workspaceId: ctx.workspaceId, adAccountId: account.id } }),
    now: await workspaceNow(inner, tx),
  }));
  const today = dayIn(account.timezone, now);
  // Written below alone, from the same type.
  if (kept && daysBetween(kept.readOn.toISOString().slice(0, 10), today) < GOOD_FOR_DAYS)
    return { asked: false, learned: kept.learned as unknown as Learned };

  const reader = input.reader ?? readerFor(access.platform);
  const { rows: seen } = await reader.insights(access, { level: 'campaign', ...pastWindow(today), goal: 'TRAFFIC' });
  const rows = seen.map((row): PastDay => {
    const goal = row.campaign?.goal ?? null;
    const { day, spendMinor, impressions, clicks } = row;
    // Counts of something we have no word for (registrations, carts) are not results of any goal of ours.
    const counts = goal ? { results: row.results, valueMinor: row.valueMinor } : { results: null, valueMinor: null };
    return { campaignId: row.entityId, goal, day, spendMinor, impressions, clicks, ...counts };
  });
  const past = learnFromPast({ rows, currency: account.currency, today });
  const learned: Learned = { ...past, names: await namesIn(past, access, reader) };
  const days = sumByGoal(rows, past);
  // A plan and the job may read at the same moment: one row stands, the later one's.
  await transact(
    ctx,
    (tx) => tx.$executeRaw`
      INSERT INTO "AccountPast" ("adAccountId", "workspaceId", "readOn", "days", "learned", "updatedAt")
      VALUES (${account.id}, ${ctx.workspaceId}, ${today}::date, ${JSON.stringify(days)}::jsonb, ${JSON.stringify(learned)}::jsonb, now() AT TIME ZONE 'utc')
      ON CONFLICT ("adAccountId") DO UPDATE SET
        "readOn" = EXCLUDED."readOn", "days" = EXCLUDED."days", "learned" = EXCLUDED."learned", "updatedAt" = EXCLUDED."updatedAt"
      WHERE "AccountPast"."workspaceId" = ${ctx.workspaceId}`,
  );
  return { asked: true, learned };
}

async function namesIn(past: Past, access: AccountAccess, reader: AdPlatformReader): Promise<Record<string, string>> {
  const names: Record<string, string> = {};
  for (const { better, worse } of past.hypotheses) {
    for (const { campaignId } of [better, worse]) {
      const seen = await reader.read({ urgency: 'background', ...access }, 'campaign', campaignId);
      if (seen) names[campaignId] = seen.name;
    }
  }
  return names;
}

/** Mature days only; what is stored does not grow with the number of campaigns. */
function sumByGoal(rows: readonly PastDay[], { since, until }: Past): StoredDay[] {
  const mature = rows.filter(({ day }) => day >= since && day <= until);
  return [...grouped(mature, ({ goal, day }) => `${goal} ${day}`).values()].flatMap((own) => {
    const [first] = own;
    if (!first) return [];
    const counted = own.filter(({ results }) => results !== null);
    return {
      goal: first.goal,
      day: first.day,
      spendMinor: String(own.reduce((sum, row) => sum + row.spendMinor, 0n)),
      impressions: own.reduce((sum, row) => sum + row.impressions, 0),
      clicks: own.reduce((sum, row) => sum + row.clicks, 0),
      results: counted.length ? counted.reduce((sum, row) => sum + (row.results ?? 0), 0) : null,
      valueMinor: valueSum(counted),
    };
  });
}

/** Null where any result's value is unknown: a sum over some of them would make each look worth less. */
function valueSum(counted: readonly PastDay[]): string | null {
  const sold = counted.filter(({ results }) => (results ?? 0) > 0);
  if (sold.some(({ valueMinor }) => valueMinor === null)) return null;
  return String(sold.reduce((sum, row) => sum + (row.valueMinor ?? 0n), 0n));
}
