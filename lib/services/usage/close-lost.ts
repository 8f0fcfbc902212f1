import { inSystem } from '../../runtime/db';

/** Longer than any call of a model may take, real minutes. */
const LOST_AFTER_MINUTES = 20;

/**
 * Closes reservations whose process died before it could settle them. Nobody knows what such a call took, so it stays
 * counted at its estimate: the limit errs on the side of having been used. Returns how many.
 */
export async function closeLostReservations(): Promise<number> {
  return inSystem(
    (tx) => tx.$executeRaw`
      UPDATE "ModelUsage" SET "state" = 'LOST', "settledAt" = now() AT TIME ZONE 'utc'
      WHERE "state" = 'RESERVED' AND "at" < (now() AT TIME ZONE 'utc') - make_interval(mins => ${LOST_AFTER_MINUTES})`,
  );
}
