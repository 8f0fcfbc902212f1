import { type ServiceContext, transact } from '../context';

export type ModelCall = {
  turnId: string | null;
  provider: string;
  model: string;
  inputTokens: number;
  outputTokens: number;
  costMicros: bigint;
};

/** Writes what one call of a model took: tokens, and cost in micro-dollars. */
export async function recordModelUsage(ctx: ServiceContext, call: ModelCall): Promise<void> {
  await transact(ctx, (tx) => tx.modelUsage.create({ data: { workspaceId: ctx.workspaceId, ...call } }));
}
