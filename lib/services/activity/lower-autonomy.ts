import type { ActionKind } from '../../domain/action';
import type { Envelope } from '../../domain/plan';
import type { Tx } from '../../runtime/db';
import type { ServiceContext } from '../context';
import { record } from '../ledger/record';
import { tellProject } from '../notifications/tell-project';
import { lockProject } from '../pacing/lock';
import { currentPolicy } from '../policy/current';
import { readTrackRecords } from './track-records';

/** What an envelope looks like once a kind of change must be asked about; null where nothing is left to lower. */
const LOWERED: Partial<Record<ActionKind, (envelope: Envelope) => Envelope | null>> = {
  pause_ad: (envelope) => (envelope.mayPauseBadAds ? { ...envelope, mayPauseBadAds: false } : null),
  swap_creative: (envelope) => (envelope.maySwapInReserves ? { ...envelope, maySwapInReserves: false } : null),
  shift_campaigns: (envelope) => (envelope.maxShiftPercent > 0 ? { ...envelope, maxShiftPercent: 0 } : null),
  shift_budget: (envelope) => (envelope.maxShiftPercent > 0 ? { ...envelope, maxShiftPercent: 0 } : null),
};

/**
 * Takes back what may be done alone where it was graded badly: from then on that kind of change is a card. Only lowers,
 * never raises; a new policy version of the system's own, audited, and told once.
 */
export async function lowerAutonomy(tx: Tx, ctx: ServiceContext, input: { projectId: string }): Promise<void> {
  const records = await readTrackRecords(tx, ctx, input.projectId);
  for (const { kind, standing, missed, kept } of records) {
    if (standing !== 'lowered') continue;
    await lockProject(tx, ctx, input.projectId);
    const policy = await currentPolicy(tx, ctx, input.projectId);
    const envelope = policy ? LOWERED[kind]?.(policy.envelope) : null;
    if (!policy || !envelope) continue;
    const version = policy.version + 1;
    await tx.policyVersion.create({
      data: { workspaceId: ctx.workspaceId, projectId: input.projectId, version, envelope, approvalId: null },
    });
    await record(tx, ctx, {
      event: 'policy.lowered',
      subject: { type: 'policy', id: `${input.projectId}:${version}` },
      projectId: input.projectId,
      payload: { kind, version },
      audit: { before: { version: policy.version }, after: { version }, reason: { kind, missed, kept } },
    });
    await tellProject(ctx, {
      projectId: input.projectId,
      key: 'autonomy_lowered',
      params: { kind, missed, judged: missed + kept },
      tone: 'info',
      bell: 'AGENT_UPDATE',
    });
  }
}
