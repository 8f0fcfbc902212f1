import { canonicalJson } from '../../domain/canonical';
import { AppError } from '../../domain/errors';
import { money, moneyToJson } from '../../domain/money';
import type { Envelope } from '../../domain/plan';
import type { Tx } from '../../runtime/db';
import type { ServiceContext } from '../context';
import { accountMonth, accountZone } from '../pacing/account-month';
import { lockProject } from '../pacing/lock';
import { lockWorkspaceMonths, workspaceLimit } from '../pacing/workspace-room';
import { applyWorkspaceLimit } from '../policy/apply-workspace-limit';
import { currentPolicy } from '../policy/current';
import { policyChangeSchema, type WorkspaceLimitChange, workspaceLimitChangeSchema } from './payload';
import type { ApprovalRow } from './row';

/**
 * New limits the owner approved on a card of their own. Refused when others came into force since the card was made, or
 * when what already runs was promised more than the new limit.
 * @throws AppError approval_drift, below_promised
 */
export async function carryOutPolicy(tx: Tx, ctx: ServiceContext, approval: ApprovalRow): Promise<void> {
  const whole = workspaceLimitChangeSchema.safeParse(JSON.parse(approval.payload));
  if (whole.success) return carryOutWorkspaceLimit(tx, ctx, approval, whole.data);
  const parsed = policyChangeSchema.safeParse(JSON.parse(approval.payload));
  if (!parsed.success || parsed.data.projectId !== approval.projectId)
    throw new AppError('invalid_input', { approval: approval.id }, { cause: parsed.error });
  const { basedOn, before, after } = parsed.data;
  await lockProject(tx, ctx, approval.projectId);
  const policy = await currentPolicy(tx, ctx, approval.projectId);
  const stands =
    (policy?.version ?? null) === basedOn && canonicalJson(policy?.envelope ?? null) === canonicalJson(before);
  if (!stands) throw new AppError('approval_drift', { approval: approval.id, differences: ['limits'] });
  await insertPolicyVersion(tx, ctx, { projectId: approval.projectId, envelope: after, approvalId: approval.id });
  await tx.approval.updateMany({
    where: { workspaceId: ctx.workspaceId, id: approval.id, state: 'APPROVED' },
    data: { state: 'DONE' },
  });
}

/** @throws AppError approval_drift where another limit came into force since the card was made */
async function carryOutWorkspaceLimit(
  tx: Tx,
  ctx: ServiceContext,
  approval: ApprovalRow,
  change: WorkspaceLimitChange,
): Promise<void> {
  await lockWorkspaceMonths(tx, ctx);
  const stands = await workspaceLimit(tx, ctx, change.currency);
  if ((stands?.version ?? 0) !== change.basedOn)
    throw new AppError('approval_drift', { approval: approval.id, differences: ['limits'] });
  await applyWorkspaceLimit(tx, ctx, {
    currency: change.currency,
    amountMinor: change.after ? BigInt(change.after.minor) : null,
    approvalId: approval.id,
    projectId: approval.projectId,
  });
  await tx.approval.updateMany({
    where: { workspaceId: ctx.workspaceId, id: approval.id, state: 'APPROVED' },
    data: { state: 'DONE' },
  });
}

/**
 * Policy is insert-only: the newest version is in force, for the month that is open as well. The project row is locked so
 * that versions stay without gaps. @throws AppError below_promised
 */
export async function insertPolicyVersion(
  tx: Tx,
  ctx: ServiceContext,
  input: { projectId: string; envelope: Envelope; approvalId: string },
): Promise<number> {
  await lockProject(tx, ctx, input.projectId);
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
  await setCeiling(tx, ctx, input.projectId, input.envelope);
  return version;
}

/**
 * The ceiling of every month that is not over: the next one may be open already. What is promised can be lowered by
 * stopping ads, not by a number.
 */
async function setCeiling(tx: Tx, ctx: ServiceContext, projectId: string, envelope: Envelope): Promise<void> {
  const zone = await accountZone(tx, ctx, projectId);
  if (!zone) return;
  const { month } = await accountMonth(tx, ctx, zone);
  const open = await tx.$queryRaw<
    { currency: string; committedMinor: bigint; reservedMinor: bigint; ceilingMinor: bigint }[]
  >`
    SELECT "currency", "committedMinor", "reservedMinor", "ceilingMinor" FROM "MonthBudget"
    WHERE "workspaceId" = ${ctx.workspaceId} AND "projectId" = ${projectId} AND "month" >= ${month} ORDER BY "month" FOR UPDATE`;
  const ceilingMinor = BigInt(envelope.monthlyCeiling.minor);
  for (const row of open) {
    if (row.currency !== envelope.monthlyCeiling.currency) throw new AppError('invalid_input', { reason: 'currency' });
    const promised = row.committedMinor + row.reservedMinor;
    if (ceilingMinor < row.ceilingMinor && ceilingMinor < promised)
      throw new AppError('below_promised', { promised: moneyToJson(money(promised, row.currency)) });
  }
  await tx.monthBudget.updateMany({
    where: { workspaceId: ctx.workspaceId, projectId, month: { gte: month } },
    data: { ceilingMinor },
  });
}
