import { canonicalJson } from '../../domain/canonical';
import { sha256Hex } from '../../runtime/ids';
import { type ServiceContext, transact } from '../context';
import { noteAttempts } from '../effects/attempts';
import { markerOf } from '../effects/marker';

export type TakenTarget = {
  id: string;
  campaignRecordId: string;
  projectId: string;
  remoteId: string;
  actionId: string | null;
  attempts: number;
  state: 'QUEUED' | 'SENT' | 'FAILED';
  /** A call that switches on may still arrive: not confirmed before. */
  unsafe: boolean;
  /** Key of the write's effect; null where it is only read back. */
  effectKey: string | null;
};

/** Real seconds a target is left to whoever took it; longer than a call and its look. */
const LEASE_SECONDS = 20;
/** One account's targets of one round. */
const AT_ONCE = 20;

/**
 * Takes what is due of an account, and writes the intents and attempts of the pauses that will leave: the ledger knows of
 * them before the platform does. One transaction, whatever the number.
 */
export async function takeStopTargets(
  ctx: ServiceContext,
  input: { stopId: string; accountId: string },
): Promise<TakenTarget[]> {
  return transact(ctx, async (tx, inner) => {
    const rows = await tx.$queryRaw<Omit<TakenTarget, 'effectKey'>[]>`
      UPDATE "StopTarget" t SET "attempts" = t."attempts" + 1,
        "leaseUntil" = (clock_timestamp() AT TIME ZONE 'utc') + make_interval(secs => ${LEASE_SECONDS})
      WHERE t."id" IN (
        SELECT d."id" FROM "StopTarget" d JOIN "StopOrder" s ON s."id" = d."stopId" AND s."state" <> 'RELEASED'
        WHERE d."workspaceId" = ${ctx.workspaceId} AND d."stopId" = ${input.stopId} AND d."accountId" = ${input.accountId}
          AND d."state" <> 'CONFIRMED' AND d."remoteId" IS NOT NULL AND d."nextAt" <= (clock_timestamp() AT TIME ZONE 'utc')
          AND (d."leaseUntil" IS NULL OR d."leaseUntil" < (clock_timestamp() AT TIME ZONE 'utc'))
        ORDER BY d."state" DESC, d."attempts", d."id" LIMIT ${AT_ONCE} FOR UPDATE OF d SKIP LOCKED)
      RETURNING t."id", t."campaignRecordId", t."projectId", t."remoteId", t."actionId", t."attempts", t."state",
        COALESCE(t."unsafeUntil" > (clock_timestamp() AT TIME ZONE 'utc'), false) AS "unsafe"`;
    const targets = rows.map((row) => ({
      ...row,
      effectKey: row.state === 'SENT' ? null : `${input.stopId}:${row.campaignRecordId}:${row.attempts}`,
    }));
    const sending = targets.filter((target) => target.effectKey !== null);
    if (sending.length === 0) return targets;
    const request = (remoteId: string) => ({ kind: 'set_status', level: 'campaign', remoteId, status: 'PAUSED' });
    await tx.remoteEffect.createMany({
      data: sending.map(({ effectKey, remoteId, actionId }) => ({
        key: effectKey ?? '',
        workspaceId: ctx.workspaceId,
        actionId,
        accountId: input.accountId,
        kind: 'set_status',
        marker: markerOf(effectKey ?? ''),
        requestHash: sha256Hex(canonicalJson(request(remoteId))),
        request: request(remoteId),
        state: 'SENT',
        attempts: 1,
        fence: 1,
        sentAt: new Date(),
      })),
    });
    await noteAttempts(
      tx,
      inner,
      sending.map(({ effectKey }) => ({ key: effectKey ?? '', accountId: input.accountId, fence: 1 })),
    );
    return targets;
  });
}
