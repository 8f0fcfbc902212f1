import type { Actor } from '../domain/events';
import { businessNow, inWorkspace, type Tx } from '../runtime/db';

/** Who acts, in which workspace, and which request caused it. Every verb takes one. */
export type ServiceContext = {
  workspaceId: string;
  actor: Actor;
  requestId: string;
  /** The caller's transaction, when a verb is part of a larger change. */
  tx?: Tx;
};

/** Opens the workspace's transaction, or joins the caller's. */
export async function transact<T>(
  ctx: ServiceContext,
  work: (tx: Tx, inner: ServiceContext) => Promise<T>,
): Promise<T> {
  if (ctx.tx) return work(ctx.tx, ctx);
  return inWorkspace(ctx.workspaceId, (tx) => work(tx, { ...ctx, tx }));
}

/** Business time of the context's workspace. */
export function workspaceNow(ctx: ServiceContext, tx: Tx): Promise<Date> {
  return businessNow(tx, ctx.workspaceId);
}
