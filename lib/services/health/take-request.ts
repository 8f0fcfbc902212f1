import { AppError } from '../../domain/errors';
import { inSystem } from '../../runtime/db';

/** Counts one request in the current minute (Postgres, so every server sees it). @throws AppError rate_limited */
export async function takeRequest(input: { key: string; limit: number }): Promise<void> {
  const count = await inSystem(async (tx) => {
    const rows = await tx.$queryRaw<{ count: number }[]>`
      INSERT INTO "RateCounter" ("key", "windowStart", "count") VALUES (${input.key}, date_trunc('minute', now() AT TIME ZONE 'utc'), 1)
      ON CONFLICT ("key", "windowStart") DO UPDATE SET "count" = "RateCounter"."count" + 1
      RETURNING "count"`;
    return rows[0]?.count ?? 1;
  });
  if (count > input.limit) throw new AppError('rate_limited', { key: input.key });
}
