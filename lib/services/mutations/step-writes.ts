import { isStopAction } from '../../domain/action';
import { AppError } from '../../domain/errors';
import type { AccountAccess } from '../../platforms/port';
import { readerFor } from '../../platforms/registry-readers';
import { type ServiceContext, transact } from '../context';
import { type ActionStep, standsAsPlanned, standsAsWanted } from './action-steps';
import type { HeldAction } from './check';
import { shownOf } from './shown';

/** `name`: what the object is kept under; by default its level and local key. */
type Looking = {
  held: Pick<HeldAction, 'id' | 'action'>;
  step: ActionStep;
  access: AccountAccess;
  key: string;
  name?: string;
};

function nameOf(step: ActionStep): string {
  return `${step.level}:${step.object.localKey}`;
}

/** @throws AppError conflict where the platform shows something else than the action was planned from */
export async function refuseDrift(ctx: ServiceContext, looking: Looking): Promise<void> {
  const { step } = looking;
  if (await hasDrifted(ctx, looking))
    throw new AppError('conflict', { reason: 'drift', object: `${step.level}:${step.object.localKey}` });
}

/** Reads the object before the first write to it and keeps what stood there; a crash in between is no drift. */
export async function hasDrifted(ctx: ServiceContext, input: Looking): Promise<boolean> {
  const { held, step, access, key, name = nameOf(step) } = input;
  const sent = await transact(ctx, (tx) =>
    tx.remoteEffect.findFirst({
      where: { workspaceId: ctx.workspaceId, key, sentAt: { not: null } },
      select: { key: true },
    }),
  );
  if (sent) return false;
  const seen = await readerFor(access.platform).read(access, step.level, step.object.remoteId);
  // Somebody stopped it already: a stop that finds nothing to stop has done its work.
  const alreadyStopped = isStopAction(held.action) && standsAsWanted(step, seen, null);
  if (alreadyStopped && !seen) return false;
  if (!seen || (!alreadyStopped && !standsAsPlanned(step, seen))) return true;
  await transact(ctx, async (tx) => {
    const row = await tx.campaignActionRecord.findFirst({
      where: { workspaceId: ctx.workspaceId, id: held.id },
      select: { before: true },
    });
    const earlier = (row?.before as Record<string, object> | null) ?? {};
    const before = { ...earlier, [name]: shownOf(seen) };
    await tx.campaignActionRecord.updateMany({
      where: { workspaceId: ctx.workspaceId, id: held.id, state: 'EXECUTING' },
      data: { before },
    });
  });
  return false;
}

/** The write that puts a step's value. */
export function writeOfStep(step: ActionStep, creativeRemoteId: string | null) {
  if (step.set === 'status')
    return { kind: 'set_status' as const, level: step.level, remoteId: step.object.remoteId, status: step.after };
  if (step.set === 'budget')
    return {
      kind: 'set_ad_set_budget' as const,
      remoteId: step.object.remoteId,
      dailyBudget: { minor: step.after, currency: step.currency },
    };
  if (step.set === 'audience')
    return { kind: 'set_ad_set_audience' as const, remoteId: step.object.remoteId, targeting: step.after };
  if (step.set === 'removal') return { kind: 'remove' as const, level: step.level, remoteId: step.object.remoteId };
  if (step.set === 'cap')
    return {
      kind: 'set_spend_cap' as const,
      remoteId: step.object.remoteId,
      spendCap: { minor: step.after, currency: step.currency },
    };
  if (step.set === 'end')
    return { kind: 'set_ad_set_end' as const, remoteId: step.object.remoteId, endsAt: step.after };
  return { kind: 'set_ad_creative' as const, remoteId: step.object.remoteId, creativeRemoteId: creativeRemoteId ?? '' };
}
