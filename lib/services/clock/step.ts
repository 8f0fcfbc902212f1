import { AppError } from '../../domain/errors';
import { setSimulatedClock } from '../../platforms/meta/simulator';
import { forgetInstant } from '../../runtime/db';
import { type ServiceContext, transact } from '../context';
import { record } from '../ledger/record';
import { SLOT_MS } from '../monitor/slot';
import { simulatedWorlds } from './worlds';

/** Moves a simulator world to a distance from real time; replaced in tests that have no simulator. */
export type MoveWorld = (worldId: string, offsetMs: number) => Promise<void>;
const moveSimulator: MoveWorld = async (worldId, offsetMs) => {
  await setSimulatedClock(worldId, { offsetMs });
};

/**
 * Moves the workspace's business time and its worlds one step of at most four hours towards the stored target. Worlds
 * first, set to an absolute distance: after a crash between the two the same step is made again and nothing is skipped.
 * Answers false at the target.
 */
export async function stepClock(ctx: ServiceContext, moveWorld: MoveWorld = moveSimulator): Promise<boolean> {
  const { from, target, worlds } = await transact(ctx, async (tx, inner) => {
    const workspace = await tx.organization.findUnique({
      where: { id: ctx.workspaceId },
      select: { clockOffsetMs: true, clockTargetMs: true },
    });
    if (!workspace) throw new AppError('not_found', { workspace: ctx.workspaceId });
    return { from: workspace.clockOffsetMs, target: workspace.clockTargetMs, worlds: await simulatedWorlds(inner) };
  });
  if (from >= target) return false;
  const to = from + BigInt(SLOT_MS) < target ? from + BigInt(SLOT_MS) : target;
  for (const world of worlds) await moveWorld(world, Number(to));
  await transact(ctx, async (tx, inner) => {
    await simulatedWorlds(inner);
    const changed = await tx.organization.updateMany({
      where: { id: ctx.workspaceId, clockOffsetMs: from },
      data: { clockOffsetMs: to },
    });
    if (changed.count === 0) throw new AppError('conflict', { clock: 'moved by somebody else' });
    forgetInstant(tx);
    await record(tx, inner, {
      event: 'clock.advanced',
      subject: { type: 'workspace', id: ctx.workspaceId },
      payload: { offsetMs: Number(to), running: to < target },
    });
  });
  return true;
}

/** Ends an advance where it stands: what is left of it is forgotten, and the browser is told. */
export async function haltClock(ctx: ServiceContext): Promise<void> {
  await transact(ctx, async (tx, inner) => {
    const rows = await tx.$queryRaw<{ offsetMs: bigint }[]>`
      UPDATE "organization" SET "clockTargetMs" = "clockOffsetMs"
      WHERE "id" = ${ctx.workspaceId} AND "clockTargetMs" > "clockOffsetMs" RETURNING "clockOffsetMs" AS "offsetMs"`;
    const halted = rows[0];
    if (!halted) return;
    await record(tx, inner, {
      event: 'clock.advanced',
      subject: { type: 'workspace', id: ctx.workspaceId },
      payload: { offsetMs: Number(halted.offsetMs), running: false },
    });
  });
}
