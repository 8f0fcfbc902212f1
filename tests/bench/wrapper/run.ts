import { spawn } from 'node:child_process';
import { performance } from 'node:perf_hooks';
import type { MetaHost } from '@/lib/platforms/meta/host';
import { adSchema } from '@/lib/platforms/meta/schemas';
import { MetaApi } from '@/lib/platforms/meta/transport';
import { memoryPace, plugPace } from '@/lib/platforms/pace';
import { closeDatabase } from '@/lib/runtime/db';
import { plugSharedPace } from '@/lib/services/connections/pace';

/** Calls per round and rounds per way of calling; rounds of all ways are interleaved, so that a busy machine hits each. */
const [CALLS, ROUNDS] = [40, 25];
const TOKEN = 'EAAbenchTOKENbenchTOKENbench0123456789';
const schema = adSchema.omit({ adset_id: true });

type Way = { name: string; against: string | null; prepare?: () => void; call: () => Promise<unknown> };

async function startServer(): Promise<{ url: string; stop: () => void }> {
  const child = spawn(process.execPath, [process.argv[2] ?? ''], { stdio: ['ignore', 'pipe', 'inherit'] });
  const port = await new Promise<string>((resolve) =>
    child.stdout.once('data', (chunk: Buffer) => resolve(chunk.toString())),
  );
  return { url: `http://127.0.0.1:${Number(port)}`, stop: () => child.kill() };
}

function waysOf(url: string): Way[] {
  const host: MetaHost = {
    mode: 'SIMULATED',
    graphUrl: url,
    dialogUrl: url,
    version: 'v26.0',
    appId: 'bench',
    appSecret: 'secret',
    connectTimeoutMs: 5_000,
    timeoutMs: 30_000,
  };
  const fields = 'id,name,status,effective_status';
  const address = `${url}/v26.0/120212345678901234`;
  const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' };
  const api = () => new MetaApi(TOKEN, host, 'act_1');
  const read = () => api().get(['120212345678901234'], { fields }, schema);
  const ways: Way[] = [
    {
      name: 'a read by plain fetch',
      against: null,
      call: async () => (await fetch(`${address}?fields=${fields}`, { headers })).json(),
    },
    {
      name: 'a read by the wrapper',
      against: 'a read by plain fetch',
      prepare: () => plugPace(memoryPace()),
      call: read,
    },
    {
      name: 'a write by plain fetch',
      against: null,
      call: async () => (await fetch(address, { method: 'POST', headers, body: '{"status":"PAUSED"}' })).json(),
    },
    {
      name: 'a write by the wrapper',
      against: 'a write by plain fetch',
      prepare: () => plugPace(memoryPace()),
      call: () => api().post(['120212345678901234'], { status: 'PAUSED' }, schema),
    },
  ];
  const shared = {
    name: 'a read, limits in Postgres',
    against: 'a read by plain fetch',
    prepare: plugSharedPace,
    call: read,
  };
  return process.env.DATABASE_URL ? [...ways, shared] : ways;
}

async function round(way: Way): Promise<number> {
  way.prepare?.();
  const started = performance.now();
  for (let index = 0; index < CALLS; index += 1) await way.call();
  return ((performance.now() - started) * 1_000) / CALLS;
}

const median = (values: number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

const server = await startServer();
const ways = waysOf(server.url);
const figures = new Map(ways.map((way) => [way.name, [] as number[]]));
for (const way of ways) for (let warm = 0; warm < 5; warm += 1) await round(way);
for (let index = 0; index < ROUNDS; index += 1) for (const way of ways) figures.get(way.name)?.push(await round(way));
for (const way of ways) {
  const own = median(figures.get(way.name) ?? []);
  const plain = way.against ? median(figures.get(way.against) ?? []) : null;
  const compared = plain
    ? `   x ${(own / plain).toFixed(2)}, ${own >= plain ? '+' : ''}${((own - plain) / 1_000).toFixed(2)} ms`
    : '';
  process.stdout.write(`  ${way.name.padEnd(28)} ${(own / 1_000).toFixed(2).padStart(6)} ms${compared}\n`);
}
server.stop();
await closeDatabase();
process.exit(0);
