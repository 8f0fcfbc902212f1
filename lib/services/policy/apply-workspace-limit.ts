import { AppError } from '../../domain/errors';
import { money, moneyToJson } from '../../domain/money';
import type { Prisma, Tx } from '../../runtime/db';
import { type ServiceContext, workspaceNow } from '../context';
import { record } from '../ledger/record';
import { mostPromised, workspaceLimit } from '../pacing/workspace-room';

/**
 * A new version of the limit, in force from here on. The caller holds the lock on the workspace's months.
 * @throws AppError below_promised with what is promised
 */
export async function applyWorkspaceLimit(
  tx: Tx,
  ctx: ServiceContext,
  input: { currency: string; amountMinor: bigint | null; approvalId: string | null; projectId: string },
): Promise<void> {
  const { currency, amountMinor } = input;
  const stands = await workspaceLimit(tx, ctx, currency);
  const isLower = amountMinor !== null && (stands?.amountMinor == null || amountMinor < stands.amountMinor);
  const promised = isLower ? await mostPromised(tx, ctx, currency) : 0n;
  if (isLower && promised > amountMinor)
    throw new AppError('below_promised', { promised: moneyToJson(money(promised, currency)) });
  const version = (stands?.version ?? 0) + 1;
  await tx.workspaceLimit.create({
    data: {
      workspaceId: ctx.workspaceId,
      currency,
      version,
      amountMinor,
      setBy: ctx.actor as Prisma.InputJsonValue,
      approvalId: input.approvalId,
      occurredAt: await workspaceNow(ctx, tx),
    },
  });
  await record(tx, ctx, {
    event: 'workspace.limit_set',
    subject: { type: 'workspace', id: ctx.workspaceId },
    projectId: input.projectId,
    payload: { currency, version },
    quiet: true,
    audit: {
      before: { limit: stands?.amountMinor?.toString() ?? null, currency },
      after: { limit: amountMinor?.toString() ?? null, currency },
      ...(input.approvalId === null ? {} : { approvalId: input.approvalId }),
    },
  });
}
