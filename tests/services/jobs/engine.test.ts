import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { AppError } from '@/lib/domain/errors';
import { openBoss } from '@/lib/jobs/boss';
import { defineJob } from '@/lib/jobs/define-job';
import { closeSendingBoss, drain, plugJobEngine, type RunningWorker, startWorker } from '@/lib/jobs/engine';
import { knowJobs } from '@/lib/jobs/known-jobs';
import { closeDatabase, inSystem } from '@/lib/runtime/db';
import { enqueue } from '@/lib/runtime/ports';

type Ran = { name: string; from: number; to: number };
const ran: Ran[] = [];
let failuresLeft = 0;

const note = defineJob({
  kind: 'test-note',
  queue: 'account',
  schema: z.object({ name: z.string(), ms: z.number().default(0) }),
  async run({ data, clock }) {
    const from = performance.now();
    await clock.sleep(data.ms);
    ran.push({ name: data.name, from, to: performance.now() });
  },
});
const flaky = defineJob({
  kind: 'test-flaky',
  queue: 'user',
  retryLimit: 0,
  schema: z.object({ name: z.string(), code: z.enum(['platform_retry_later', 'platform_fix_input']) }),
  async run({ data }) {
    ran.push({ name: data.name, from: 0, to: 0 });
    if (failuresLeft-- > 0) throw new AppError(data.code, { retryAfterSeconds: 1 });
  },
});
const quick = defineJob({
  kind: 'test-quick',
  queue: 'react',
  schema: z.object({ name: z.string() }),
  async run({ data }) {
    ran.push({ name: data.name, from: performance.now(), to: 0 });
  },
});
knowJobs([note, flaky, quick]);

const send = (kind: string, data: Record<string, string | number>, more: { id?: string; key?: string } = {}) =>
  inSystem((tx) => enqueue(tx, { kind, workspaceId: 'w1', data, ...more }));
const names = () => ran.map((entry) => entry.name);
const until = async (done: () => boolean, ms = 8_000) => {
  const stop = performance.now() + ms;
  while (!done() && performance.now() < stop) await new Promise((resolve) => setTimeout(resolve, 20));
  expect(done()).toBe(true);
};

beforeAll(() => {
  process.env.JOBS_HEARTBEAT_SECONDS = '10';
  plugJobEngine();
});
beforeEach(() => {
  ran.length = 0;
  failuresLeft = 0;
});
afterAll(async () => {
  await closeSendingBoss();
  await closeDatabase();
});

describe('sending', () => {
  it('a rolled-back change leaves no job behind', async () => {
    const change = inSystem(async (tx) => {
      await enqueue(tx, { kind: 'test-note', workspaceId: 'w1', data: { name: 'never' } });
      throw new Error('changed my mind');
    });
    await expect(change).rejects.toThrow('changed my mind');
    await drain(3_000);
    expect(names()).not.toContain('never');
  });

  it('the same id sent three times at once runs once', async () => {
    const id = randomUUID();
    await Promise.all([1, 2, 3].map(() => send('test-note', { name: 'once' }, { id, key: 'act_1' })));
    await drain(4_000);
    expect(names().filter((name) => name === 'once')).toHaveLength(1);
  });

  it('a name that is no uuid is an id as well', async () => {
    await send('test-note', { name: 'named' }, { id: 'slot:2026-11-21T04' });
    await send('test-note', { name: 'named' }, { id: 'slot:2026-11-21T04' });
    await drain(4_000);
    expect(names().filter((name) => name === 'named')).toHaveLength(1);
  });

  it('refuses a kind nobody registered', async () => {
    await expect(send('test-unheard-of', {})).rejects.toThrow('no job is called');
  });
});

describe('working', () => {
  let workers: RunningWorker[] = [];
  const start = async (count: number) => {
    workers = await Promise.all(Array.from({ length: count }, () => startWorker()));
  };
  const stop = async () => {
    await Promise.all(workers.map((worker) => worker.stop()));
    workers = [];
  };

  it('two workers never run two jobs of one account at once', async () => {
    for (let index = 0; index < 12; index += 1)
      await send('test-note', { name: `n${index}`, ms: 40 }, { key: `act_${index % 3}` });
    await start(2);
    await until(() => ran.length === 12, 15_000);
    await stop();
    for (const account of [0, 1, 2]) {
      const spans = ran.filter((entry) => Number(entry.name.slice(1)) % 3 === account).sort((a, b) => a.from - b.from);
      expect(spans).toHaveLength(4);
      for (const [index, span] of spans.entries())
        if (index > 0) expect(span.from).toBeGreaterThanOrEqual((spans[index - 1] as Ran).to);
    }
  });

  it('a reaction starts within a second of its event', async () => {
    await start(1);
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    const sentAt = performance.now();
    for (let index = 0; index < 10; index += 1) await send('test-quick', { name: `q${index}` });
    const lastSentAt = performance.now();
    await until(() => ran.length === 10);
    await stop();
    expect((ran[0] as Ran).from - sentAt).toBeLessThan(1_000);
    expect(Math.max(...ran.map((entry) => entry.from)) - lastSentAt).toBeLessThan(1_500);
  });

  it('waiting for a busy platform uses up no retry', async () => {
    failuresLeft = 2;
    await send('test-flaky', { name: 'busy', code: 'platform_retry_later' }, { key: 'snooze' });
    await start(1);
    await until(() => ran.length === 3, 12_000);
    await stop();
  });

  it('what cannot be helped by trying again gives up at once, with the reason, and can be sent again', async () => {
    failuresLeft = 1;
    await send('test-flaky', { name: 'hopeless', code: 'platform_fix_input' }, { key: 'dead' });
    await drain(4_000);
    const boss = await openBoss({ supervise: false, max: 1, registerInstance: false });
    const [dead] = await boss.findJobs<{ data: { name: string } }>('dead', { data: { kind: 'test-flaky' } });
    expect(dead?.sourceName).toBe('user');
    expect(dead?.sourceOutput).toMatchObject({ code: 'platform_fix_input' });
    await boss.redrive('dead', { data: { kind: 'test-flaky' } });
    await boss.stop({ graceful: false });
    await drain(4_000);
    expect(names()).toEqual(['hopeless', 'hopeless']);
  });
});

it('a drain takes over what a killed function held', async () => {
  const boss = await openBoss({ supervise: false, max: 1, registerInstance: false });
  await inSystem((tx) =>
    enqueue(tx, { kind: 'test-note', workspaceId: 'w1', data: { name: 'left behind' }, key: 'act_killed' }),
  );
  expect(await boss.fetch('account')).toHaveLength(1);
  await boss.stop({ graceful: false });
  const stop = performance.now() + 30_000;
  while (!names().includes('left behind') && performance.now() < stop) await drain(2_000);
  expect(names()).toContain('left behind');
}, 40_000);
