import { inSystem } from '../../runtime/db';
import { enqueue } from '../../runtime/ports';

/** Sends today's tidying on its way; the id holds the day, so that it runs once however often it is asked. */
export async function enqueueKeepInsights(now: Date): Promise<void> {
  await inSystem((tx) =>
    enqueue(tx, { kind: 'keep-insights', workspaceId: '', data: {}, id: `day:${now.toISOString().slice(0, 10)}` }),
  );
}

/** Months prepared ahead of the current one, and kept behind it. */
const AHEAD = 3;
const KEPT = 25;
/** Real days a run of the watch is remembered. */
const RUN_DAYS = 60;

/**
 * Once a day: makes the coming months' partitions of the numbers, drops months older than two years, and forgets old runs
 * of the watch. Only the owner of the tables may do the first two: a function of the owner's does it, and nothing else.
 */
export async function keepInsightMonths(): Promise<{ changed: number }> {
  return inSystem(async (tx) => {
    const rows = await tx.$queryRaw<
      { changed: number }[]
    >`SELECT keep_insight_months(${AHEAD}::int, ${KEPT}::int) AS changed`;
    await tx.$executeRaw`
      DELETE FROM "MonitorRun" WHERE "startedAt" < (now() AT TIME ZONE 'utc') - make_interval(days => ${RUN_DAYS})`;
    return { changed: rows[0]?.changed ?? 0 };
  });
}
