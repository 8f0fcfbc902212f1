import { AppError } from '../../domain/errors';
import type { Envelope } from '../../domain/plan';
import type { Tx } from '../../runtime/db';
import type { ServiceContext } from '../context';
import { envelopeSchema } from './payload';
import type { ApprovalRow } from './row';

/** New limits the owner approved on a card of their own. */
export async function carryOutEnvelope(tx: Tx, ctx: ServiceContext, approval: ApprovalRow): Promise<void> {
  const parsed = envelopeSchema.safeParse(JSON.parse(approval.payload));
  if (!parsed.success) throw new AppError('invalid_input', { approval: approval.id }, { cause: parsed.error });
  await insertPolicyVersion(tx, ctx, { projectId: approval.projectId, envelope: parsed.data, approvalId: approval.id });
  await tx.approval.updateMany({
    where: { workspaceId: ctx.workspaceId, id: approval.id, state: 'APPROVED' },
    data: { state: 'DONE' },
  });
}

/** Policy is insert-only: the newest version is in force. The project row is locked so that versions stay without gaps. */
export async function insertPolicyVersion(
  tx: Tx,
  ctx: ServiceContext,
  input: { projectId: string; envelope: Envelope; approvalId: string },
): Promise<number> {
  await tx.$executeRaw`SELECT 1 FROM "Project" WHERE "id" = ${input.projectId} AND "workspaceId" = ${ctx.workspaceId} FOR UPDATE`;
  const last = await tx.policyVersion.aggregate({
    where: { workspaceId: ctx.workspaceId, projectId: input.projectId },
    _max: { version: true },
  });
  const version = (last._max.version ?? 0) + 1;
  await tx.policyVersion.create({
    data: {
      workspaceId: ctx.workspaceId,
      projectId: input.projectId,
      version,
      envelope: input.envelope,
      approvalId: input.approvalId,
    },
  });
  return version;
}
