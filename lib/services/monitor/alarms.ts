import type { Trouble } from '../../domain/optimization/watch/types';
import { dayOfTick } from '../../domain/tick-series';
import type { Tx } from '../../runtime/db';
import type { ServiceContext } from '../context';

export type AlarmRow = Awaited<ReturnType<typeof findAlarms>>[number];

/** Ticks of 4 hours after which an earlier outage is no part of any baseline any more. */
const REMEMBERED_TICKS = 26 * 6;

/** Whether the stop switch holds a project: then nothing but stops is done to its campaigns. */
export async function hasOpenAlarm(tx: Tx, ctx: ServiceContext, projectId: string): Promise<boolean> {
  const open = await tx.alarm.findFirst({
    where: { workspaceId: ctx.workspaceId, projectId, closedAt: null },
    select: { id: true },
  });
  return open !== null;
}

/** Open alarms, closed ones that still keep days out of a baseline, and such whose pauses were not taken back yet. */
export function findAlarms(tx: Tx, ctx: ServiceContext, input: { projectId: string; tick: number }) {
  return tx.alarm.findMany({
    where: {
      workspaceId: ctx.workspaceId,
      projectId: input.projectId,
      OR: [{ closedAt: null }, { untilTick: { gte: input.tick - REMEMBERED_TICKS } }, { paused: { isEmpty: false } }],
    },
    orderBy: { openedAt: 'asc' },
  });
}

/** Kinds during which results are not counted or cannot come. */
const BLIND = ['tracking_lost', 'site_down', 'checkout_broken'];

/** Account days on which nothing could be counted or sold, by the alarms of a project. */
export async function spoiledDays(tx: Tx, ctx: ServiceContext, projectId: string): Promise<Set<string>> {
  const alarms = await tx.alarm.findMany({
    where: { workspaceId: ctx.workspaceId, projectId, kind: { in: BLIND } },
    select: { kind: true, answer: true, ownerSaid: true, sinceTick: true, untilTick: true },
  });
  const days = new Set<string>();
  for (const { kind, answer, ownerSaid, sinceTick, untilTick } of alarms) {
    // A first faint sign that came to nothing spoils nothing, nor does what the owner called fine. Asked here and not of the
    // database, where a word the owner never said is neither equal nor unequal to anything.
    if ((kind === 'checkout_broken' && answer === 'freeze') || ownerSaid === 'all-fine') continue;
    const until = untilTick ?? sinceTick + MOST_OPEN_TICKS;
    for (let tick = sinceTick; tick <= until; tick += 1) days.add(dayOfTick(tick));
  }
  return days;
}

/** An open alarm spoils at most so many ticks ahead; under it nothing is decided anyway. */
const MOST_OPEN_TICKS = 28 * 6;

/** An alarm as the pure watch knows it. */
export function troubleOf(row: AlarmRow): Trouble {
  return {
    kind: row.kind as Trouble['kind'],
    since: row.sinceTick,
    confidence: row.confidence,
    answer: row.answer as Trouble['answer'],
    releasedWhen: row.releaseWhen as Trouble['releasedWhen'],
  };
}
