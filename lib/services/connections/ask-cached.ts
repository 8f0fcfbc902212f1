import type * as z from 'zod';
import { canonicalJson } from '../../domain/canonical';
import { AppError } from '../../domain/errors';
import type { Prisma } from '../../runtime/db';
import { type ServiceContext, transact } from '../context';

/** `ageMs`: how old the answer is, real milliseconds; 0 when it was asked just now. */
export type Cached<T> = { value: T; ageMs: number };

export type CachedQuestion<T> = {
  connectionId: string;
  /** What is asked, without anything secret: it is stored, and the same question finds its answer. */
  question: Record<string, string | number | boolean | null>;
  schema: z.ZodType<T>;
  /** Real milliseconds an answer is good for. */
  maxAgeMs: number;
  /** Ask anew whatever is stored: somebody pressed "refresh". */
  refresh?: boolean;
  ask: () => Promise<T>;
};

const MOST_PER_LOGIN = 500;

/**
 * An answer of the platform that changes rarely, kept per workspace and login: nobody is shown what another tenant asked,
 * and what one login may see another may not. Where the platform cannot answer now, what it said before is better than
 * nothing, and its age says so; a refusal is a refusal.
 */
export async function askCached<T>(ctx: ServiceContext, input: CachedQuestion<T>): Promise<Cached<T>> {
  if (ctx.tx) throw new Error('no transaction may be open during a call to the outside');
  const question = canonicalJson(input.question);
  const kept = await keptAnswer(ctx, input, question);
  if (kept && !input.refresh && kept.ageMs < input.maxAgeMs) return kept;
  let value: T;
  try {
    value = await input.ask();
  } catch (error) {
    const isBusy = error instanceof AppError && error.code === 'platform_retry_later';
    if (kept && isBusy && !input.refresh) return kept;
    throw error;
  }
  await keep(ctx, input.connectionId, question, value);
  return { value, ageMs: 0 };
}

async function keptAnswer<T>(
  ctx: ServiceContext,
  { connectionId, schema }: CachedQuestion<T>,
  question: string,
): Promise<Cached<T> | null> {
  const rows = await transact(
    ctx,
    (tx) => tx.$queryRaw<{ answer: unknown; ageMs: number }[]>`
      SELECT "answer", GREATEST(0, extract(epoch FROM (clock_timestamp() AT TIME ZONE 'utc') - "askedAt") * 1000)::float8 AS "ageMs"
      FROM "PlatformAnswer" WHERE "workspaceId" = ${ctx.workspaceId} AND "connectionId" = ${connectionId} AND "question" = ${question}`,
  );
  const [row] = rows;
  if (!row) return null;
  // An answer an earlier version kept in another shape is no answer.
  const parsed = schema.safeParse(row.answer);
  return parsed.success ? { value: parsed.data, ageMs: row.ageMs } : null;
}

async function keep(ctx: ServiceContext, connectionId: string, question: string, value: unknown): Promise<void> {
  await transact(ctx, async (tx) => {
    const owned = await tx.facebookConnection.count({ where: { workspaceId: ctx.workspaceId, id: connectionId } });
    if (owned === 0) return;
    const kept = { answer: value as Prisma.InputJsonValue, askedAt: new Date() };
    await tx.platformAnswer.upsert({
      where: { connectionId_question: { connectionId, question } },
      create: { workspaceId: ctx.workspaceId, connectionId, question, ...kept },
      update: kept,
    });
    await tx.$executeRaw`
      DELETE FROM "PlatformAnswer" WHERE "workspaceId" = ${ctx.workspaceId} AND "connectionId" = ${connectionId} AND "question" IN (
        SELECT "question" FROM "PlatformAnswer" WHERE "connectionId" = ${connectionId} ORDER BY "askedAt" DESC OFFSET ${MOST_PER_LOGIN})`;
  });
}
