import { type ServiceContext, transact } from '../context';

/**
 * Runs a reaction's effect in the transaction that marks it as run: both commit or neither, so that an event delivered
 * twice, even at the same moment, has the consequence once. Returns false where it had already run.
 */
export async function reactOnce(
  ctx: ServiceContext,
  input: { eventId: string; reaction: string },
  effect: (inner: ServiceContext) => Promise<void>,
): Promise<boolean> {
  return transact(ctx, async (tx, inner) => {
    // A second run waits here for the first one's commit and then inserts nothing.
    const marked = await tx.reactionRun.createMany({
      data: [{ eventId: input.eventId, reaction: input.reaction, workspaceId: ctx.workspaceId }],
      skipDuplicates: true,
    });
    if (marked.count === 0) return false;
    await effect(inner);
    return true;
  });
}
