import pg from 'pg';
import { startGraph } from './graph';

// The environment stands before anything that reads it is loaded.
const latencyMs = 150;
const accounts = Number(process.argv[2] ?? 1_000);
const queued = Number(process.argv[3] ?? 100_000);
const lanes = Number(process.argv[4] ?? 25);
const THROTTLED = 'act_1000007';
const graph = await startGraph({ latencyMs, throttled: THROTTLED });
process.env.META_GRAPH_URL = graph.url;
process.env.FACEBOOK_APP_ID = 'bench';
process.env.FACEBOOK_APP_SECRET = 'bench-secret';
process.env.LOG_LEVEL = 'silent';

const { closeDatabase, inSystem } = await import('@/lib/runtime/db');
const { closeSendingBoss, plugJobEngine } = await import('@/lib/jobs/engine');
const { runJobNow } = await import('@/lib/jobs/run-now');
const { runMonitorTick } = await import('@/lib/services/monitor/tick');
const { createBareAccounts, createTenants } = await import('./tenants');

let queries = 0;
const plain = pg.Client.prototype.query;
pg.Client.prototype.query = function counted(this: pg.Client, ...args: Parameters<typeof plain>) {
  queries += 1;
  return plain.apply(this, args);
} as typeof plain;

const say = (text: string) => process.stdout.write(`${text}\n`);
const seconds = (since: number) => (performance.now() - since) / 1000;
const megabytes = () => {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed / 2 ** 20;
};

plugJobEngine();
say(
  `tick: ${accounts} accounts x 3 campaigns x 3 ads, ${latencyMs} ms a question, ${lanes} lanes, one account told to wait`,
);
const tenants = await createTenants(accounts);
if (accounts > 0) {
  const began = performance.now();
  const { enqueued } = await runMonitorTick();
  say(`  ${enqueued} pulls enqueued in ${seconds(began).toFixed(1)} s`);
}

/** Works the pulls off side by side as so many lanes would, and notes what each tenth of them took. */
async function tick(name: string): Promise<void> {
  const parts: { requests: number; queries: number; heap: number; seconds: number }[] = [];
  const failed: string[] = [];
  let [next, throttled] = [0, 0];
  const started = performance.now();
  for (let part = 0; part < 10; part += 1) {
    const end = Math.ceil((accounts * (part + 1)) / 10);
    const before = { asked: total(), queries, at: performance.now() };
    const first = next;
    const lane = async () => {
      for (let at = next++; at < end; at = next++) {
        const one = tenants[at];
        if (!one) return;
        const ctx = {
          workspaceId: one.workspaceId,
          actor: { type: 'job' as const, name: 'bench' },
          requestId: 'bench',
        };
        try {
          await runJobNow('monitor-account', ctx, { adAccountId: one.adAccountId });
        } catch (error) {
          if (one.externalId === THROTTLED) throttled += 1;
          else failed.push(error instanceof Error ? (error.message.split('\n').at(-1) ?? '') : 'unknown');
        }
      }
    };
    await Promise.all(Array.from({ length: lanes }, lane));
    next = end;
    const count = end - first;
    parts.push({
      requests: (total() - before.asked) / count,
      queries: (queries - before.queries) / count,
      heap: megabytes(),
      seconds: seconds(before.at),
    });
  }
  const worked = seconds(started);
  const [head, tail] = [parts[0], parts.at(-1)];
  if (!head || !tail) return;
  say(
    `${name}: ${worked.toFixed(1)} s, ${(accounts / worked).toFixed(1)} accounts a second, ${throttled} put off, ${failed.length} failed${failed[0] ? ` (${failed[0].slice(0, 120)})` : ''}`,
  );
  say(
    `  requests an account: ${head.requests.toFixed(2)} in the first tenth, ${tail.requests.toFixed(2)} in the last (ratio ${(tail.requests / head.requests).toFixed(2)})`,
  );
  say(
    `  queries an account: ${head.queries.toFixed(1)} in the first tenth, ${tail.queries.toFixed(1)} in the last (ratio ${(tail.queries / head.queries).toFixed(2)})`,
  );
  say(
    `  heap: ${head.heap.toFixed(0)} MB after the first tenth, ${tail.heap.toFixed(0)} MB after the last (ratio ${(tail.heap / head.heap).toFixed(2)})`,
  );
  say(
    `  slowest tenth ${Math.max(...parts.map((part) => part.seconds)).toFixed(1)} s, fastest ${Math.min(...parts.map((part) => part.seconds)).toFixed(1)} s`,
  );
}
const total = () => [...graph.asked.values()].reduce((sum, one) => sum + one, 0);

if (accounts > 0) {
  await tick('first pull (28 days)');
  await inSystem((tx) => tx.$executeRaw`UPDATE "organization" SET "clockOffsetMs" = "clockOffsetMs" + 14400000`);
  await tick('next pull');
}

say(`queue: ${queued} accounts of ${queued / 10} tenants`);
await createBareAccounts(queued);
// Late in its slot everything is due: the worst case. Otherwise each account has its own minute.
const late = 14_400_000 - 25 * 60_000 - (Date.now() % 14_400_000);
await inSystem((tx) => tx.$executeRaw`UPDATE "organization" SET "clockOffsetMs" = ${late} WHERE "id" LIKE 'w%'`);
const heapBefore = megabytes();
for (const again of ['enqueued', 'enqueued again (everything is there)']) {
  const since = performance.now();
  const before = queries;
  const done = await runMonitorTick();
  say(
    `  ${done.enqueued} ${again} in ${seconds(since).toFixed(1)} s, ${queries - before} queries, heap +${(megabytes() - heapBefore).toFixed(0)} MB`,
  );
}
await closeSendingBoss();
await closeDatabase();
await graph.close();
