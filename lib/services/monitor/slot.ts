import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { PreparedRun } from '../../platforms/port';
import { type ServiceContext, transact } from '../context';

/** Business time is cut into slots of four hours; an account is pulled once in each. */
export const SLOT_MS = 4 * 3_600_000;
/** Real seconds after which a run that never ended counts as dead. */
const STALE_SECONDS = 90;

export function slotOf(now: Date): Date {
  return new Date(Math.floor(now.getTime() / SLOT_MS) * SLOT_MS);
}

const progressSchema: z.ZodType<PreparedRun> = z.object({
  runId: z.string(),
  since: z.string(),
  until: z.string(),
  orderedAt: z.number(),
});

export type Claim = { kind: 'mine'; runId: string; progress: PreparedRun | null } | { kind: 'done' } | { kind: 'busy' };

/** Takes an account's slot: one runner only, whoever asks and however often. A failed or dead run may be taken again. */
export async function claimSlot(ctx: ServiceContext, input: { adAccountId: string; slot: Date }): Promise<Claim> {
  return transact(ctx, async (tx) => {
    const rows = await tx.$queryRaw<{ id: string; progress: unknown }[]>`
      INSERT INTO "MonitorRun" AS run ("id", "workspaceId", "adAccountId", "slot", "state", "startedAt")
      VALUES (${randomUUID()}, ${ctx.workspaceId}, ${input.adAccountId}, ${input.slot.toISOString()}::timestamp(3), 'RUNNING', now() AT TIME ZONE 'utc')
      ON CONFLICT ("adAccountId", "slot") DO UPDATE SET "state" = 'RUNNING', "startedAt" = EXCLUDED."startedAt", "errorCode" = NULL
      WHERE run."state" IN ('QUEUED', 'FAILED') OR (run."state" = 'RUNNING' AND run."startedAt" < EXCLUDED."startedAt" - make_interval(secs => ${STALE_SECONDS}))
      RETURNING "id", "progress"`;
    const mine = rows[0];
    if (mine) return { kind: 'mine', runId: mine.id, progress: progressSchema.safeParse(mine.progress).data ?? null };
    const run = await tx.monitorRun.findFirst({
      where: { workspaceId: ctx.workspaceId, adAccountId: input.adAccountId, slot: input.slot },
      select: { state: true },
    });
    return { kind: run?.state === 'DONE' ? 'done' : 'busy' };
  });
}

/** Keeps where an unfinished pull stands: the platform's report that is being made. Whoever takes the slot next goes on with it. */
export async function keepProgress(
  ctx: ServiceContext,
  input: { runId: string; progress: PreparedRun },
): Promise<void> {
  await transact(ctx, async (tx) => {
    await tx.monitorRun.updateMany({
      where: { workspaceId: ctx.workspaceId, id: input.runId, state: 'RUNNING' },
      data: { progress: input.progress },
    });
  });
}

export async function finishSlot(
  ctx: ServiceContext,
  input: { runId: string; errorCode?: string; siteAnswers?: Record<string, boolean | null> },
): Promise<void> {
  await transact(ctx, async (tx) => {
    await tx.$executeRaw`
      UPDATE "MonitorRun" SET "state" = ${input.errorCode ? 'FAILED' : 'DONE'}, "errorCode" = ${input.errorCode ?? null}, "finishedAt" = now() AT TIME ZONE 'utc',
        "progress" = CASE WHEN ${input.errorCode === undefined} THEN NULL ELSE "progress" END,
        "siteAnswers" = ${input.siteAnswers ? JSON.stringify(input.siteAnswers) : null}::jsonb
      WHERE "id" = ${input.runId} AND "workspaceId" = ${ctx.workspaceId} AND "state" = 'RUNNING'`;
  });
}

/** Start of the last slot before `before` whose pull succeeded. */
export async function lastPulledSlot(
  ctx: ServiceContext,
  input: { adAccountId: string; before: Date },
): Promise<Date | null> {
  return transact(ctx, async (tx) => {
    const run = await tx.monitorRun.findFirst({
      where: {
        workspaceId: ctx.workspaceId,
        adAccountId: input.adAccountId,
        state: 'DONE',
        slot: { lt: input.before },
      },
      orderBy: { slot: 'desc' },
      select: { slot: true },
    });
    return run?.slot ?? null;
  });
}
