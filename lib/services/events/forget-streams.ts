import { inSystem } from '../../runtime/db';

/** Streams whose server died without closing them. A living one reports every two seconds. */
export async function forgetStreams(): Promise<void> {
  await inSystem(
    (tx) => tx.$executeRaw`DELETE FROM "OpenStream" WHERE "seenAt" < (now() AT TIME ZONE 'utc') - interval '2 minutes'`,
  );
}
