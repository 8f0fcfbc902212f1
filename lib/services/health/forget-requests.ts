import { inSystem } from '../../runtime/db';

/** Counters of minutes long past judge nothing any more. Two hours are kept. */
export async function forgetRequests(): Promise<void> {
  await inSystem(
    (tx) =>
      tx.$executeRaw`DELETE FROM "RateCounter" WHERE "windowStart" < (now() AT TIME ZONE 'utc') - interval '2 hours'`,
  );
}
