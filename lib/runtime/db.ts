import { PrismaPg } from '@prisma/adapter-pg';
import { env } from './env';
import { Prisma, PrismaClient } from './prisma/client';
import { processWide } from './process-wide';
import { statementNames } from './statement-names';

export { Prisma };
/** A transaction bound to one workspace (or to the system scope). The only handle services receive. */
export type Tx = Prisma.TransactionClient;

type Holder = { client?: PrismaClient };
const held = processWide<Holder>('db', () => ({}));

function client(): PrismaClient {
  held.client ??= new PrismaClient({
    adapter: new PrismaPg(
      { connectionString: env().DATABASE_URL, max: env().VERCEL ? 3 : 12 },
      // A pooler between a function and the database may hand each transaction another connection.
      env().VERCEL ? {} : { statementNameGenerator: statementNames() },
    ),
  });
  return held.client;
}

/** better-auth alone works on tables without a tenant (user, session …). */
export function authDatabase(): PrismaClient {
  return client();
}

/** Scope of the few verbs that look across workspaces (schedules, sweeps). Row-level security admits it by this value. */
const SYSTEM_SCOPE = '*';
const OPTIONS = { maxWait: 10_000, timeout: 30_000 };

/**
 * Runs `work` in one transaction that sees one workspace only: the id is set for the transaction and row-level security
 * checks every row against it. Never keep it open during a call to the outside.
 */
export async function inWorkspace<T>(workspaceId: string, work: (tx: Tx) => Promise<T>): Promise<T> {
  if (!workspaceId || workspaceId === SYSTEM_SCOPE) throw new Error('a workspace id is required');
  return scoped(workspaceId, work);
}

/** Across all workspaces: only for schedules, sweeps and sign-up, never on behalf of a request's input. */
export async function inSystem<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
  return scoped(SYSTEM_SCOPE, work);
}

/** Business time of the workspace a transaction is bound to: like now() in SQL, one instant for the whole of it. */
const instants = new WeakMap<Tx, { scope: string; now: Date }>();

async function scoped<T>(scope: string, work: (tx: Tx) => Promise<T>): Promise<T> {
  return client().$transaction(async (tx) => {
    // One statement for both: nearly every transaction goes on to ask for the time.
    const rows = await tx.$queryRaw<{ now: Date | null }[]>`
      SELECT set_config('app.workspace_id', ${scope}, true) AS scope, business_now(${scope}) AS now`;
    const now = rows[0]?.now;
    if (now) instants.set(tx, { scope, now });
    return work(tx);
  }, OPTIONS);
}

/** The workspace's own time: database time plus its offset. Zero offset wherever a live connection exists. */
export async function businessNow(tx: Tx, workspaceId: string): Promise<Date> {
  const held = instants.get(tx);
  if (held?.scope === workspaceId) return held.now;
  const rows = await tx.$queryRaw<{ now: Date }[]>`SELECT business_now(${workspaceId}) AS now`;
  const now = rows[0]?.now;
  if (!now) throw new Error('workspace not found');
  return now;
}

/** After the workspace's offset was changed in this transaction: what follows in it happens at the new time. */
export function forgetInstant(tx: Tx): void {
  instants.delete(tx);
}

export async function databaseAnswers(): Promise<boolean> {
  const rows = await client().$queryRaw<{ one: number }[]>`SELECT 1 AS one`;
  return rows.length === 1;
}

export async function closeDatabase(): Promise<void> {
  const { client } = held;
  delete held.client;
  await client?.$disconnect();
}

/** True for a unique-constraint violation (Prisma P2002). */
export function isUniqueViolation(error: unknown): boolean {
  return error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002';
}
