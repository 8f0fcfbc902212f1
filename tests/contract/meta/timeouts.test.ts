import { type ChildProcess, spawn } from 'node:child_process';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, expect, test } from 'vitest';
import { AppError } from '@/lib/domain/errors';
import type { MetaHost } from '@/lib/platforms/meta/host';
import { createdSchema } from '@/lib/platforms/meta/schemas';
import { MetaApi } from '@/lib/platforms/meta/transport';
import { json, startScripted } from './scripted-server';

const TOKEN = 'EAAtimeoutTOKENtimeoutTOKEN0123456789';
const host = (graphUrl: string, limits: { connectTimeoutMs: number; timeoutMs: number }): MetaHost => ({
  mode: 'SIMULATED',
  graphUrl,
  dialogUrl: graphUrl,
  version: 'v26.0',
  appId: 'app',
  appSecret: 'secret',
  ...limits,
});
const write = (target: MetaHost) => new MetaApi(TOKEN, target, 'act_t').post(['act_t', 'ads'], {}, createdSchema);
const read = (target: MetaHost) => new MetaApi(TOKEN, target, 'act_t').get(['act_t'], {}, createdSchema);

async function failureOf(call: Promise<unknown>): Promise<AppError> {
  return call.then(
    () => {
      throw new Error('expected a failure');
    },
    (error: unknown) => {
      if (error instanceof AppError) return error;
      throw error;
    },
  );
}
async function timed<T>(work: Promise<T>): Promise<{ ms: number; value: T }> {
  const started = Date.now();
  const value = await work;
  return { ms: Date.now() - started, value };
}

const children: ChildProcess[] = [];
const sockets: Socket[] = [];
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy();
  for (const child of children.splice(0)) child.kill('SIGKILL');
});
const scripted = startScripted();
afterAll(async () => (await scripted).stop());

/** A listener whose process sleeps for ever and whose queue is full: the next connection is never made. */
async function deafListener(): Promise<number> {
  const program = `const s = require('node:net').createServer();
    s.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
      require('node:fs').writeSync(1, s.address().port + '\\n');
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
    });`;
  const child = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'pipe', 'ignore'] });
  children.push(child);
  const port = await new Promise<number>((resolve) =>
    child.stdout?.once('data', (chunk: Buffer) => resolve(Number(chunk.toString()))),
  );
  for (let index = 0; index < 4; index += 1) {
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => undefined);
    sockets.push(socket);
  }
  await new Promise((resolve) => setTimeout(resolve, 150));
  return port;
}

test('a host that accepts no connection ends at the connect deadline, and the write cannot have arrived', async () => {
  const target = host(`http://127.0.0.1:${await deafListener()}`, { connectTimeoutMs: 300, timeoutMs: 20_000 });
  const { ms, value } = await timed(failureOf(write(target)));
  expect(value).toMatchObject({ code: 'platform_retry_later', details: { reason: 'network' } });
  expect(value.details.message).toContain('300 ms');
  expect(ms).toBeGreaterThanOrEqual(290);
  expect(ms).toBeLessThan(2_000);
});

test('a host that never finishes the encryption has not been asked anything', async () => {
  const silent = createServer((socket) => sockets.push(socket));
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  const { port } = silent.address() as AddressInfo;
  const target = host(`https://127.0.0.1:${port}`, { connectTimeoutMs: 300, timeoutMs: 20_000 });
  const { ms, value } = await timed(failureOf(write(target)));
  expect(value).toMatchObject({ code: 'platform_retry_later', details: { reason: 'network' } });
  expect(ms).toBeLessThan(2_000);
  silent.close();
});

test('a slow drip ends at the total deadline, however often a byte comes', async () => {
  const server = await scripted;
  server.answerWith((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).write('{"id":"');
    const drip = setInterval(() => response.write('1'), 20);
    response.on('close', () => clearInterval(drip));
  });
  const target = host(server.url, { connectTimeoutMs: 300, timeoutMs: 700 });
  for (const [call, code] of [
    [write, 'platform_unknown_outcome'],
    [read, 'platform_retry_later'],
  ] as const) {
    const { ms, value } = await timed(failureOf(call(target)));
    expect(value).toMatchObject({ code, details: { reason: 'timeout' } });
    expect(ms).toBeGreaterThanOrEqual(690);
    expect(ms).toBeLessThan(2_500);
  }
});

test('a slow answer that comes in time is not cut by the connect deadline', async () => {
  const server = await scripted;
  server.answerWith((_request, response) => void setTimeout(() => json(response, 200, { id: '7' }), 600));
  expect(await write(host(server.url, { connectTimeoutMs: 200, timeoutMs: 5_000 }))).toEqual({ id: '7' });
});

test('a packed answer is unpacked; one that is packed wrongly is unreadable, not a crash', async () => {
  const server = await scripted;
  const target = host(server.url, { connectTimeoutMs: 300, timeoutMs: 2_000 });
  server.answerWith(
    (_request, response) => void response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('{"id":"9"}')),
  );
  expect(await read(target)).toEqual({ id: '9' });
  server.answerWith(
    (_request, response) => void response.writeHead(200, { 'content-encoding': 'gzip' }).end('no gzip'),
  );
  expect((await failureOf(write(target))).code).toBe('platform_unknown_outcome');
});

test('writes never go over a connection that was kept open; reads may', async () => {
  const server = await scripted;
  const ports: string[] = [];
  server.answerWith((request, response) => {
    ports.push(`${request.method} ${response.socket?.remotePort}`);
    json(response, 200, { id: '1' });
  });
  const target = host(server.url, { connectTimeoutMs: 300, timeoutMs: 2_000 });
  for (const call of [read, read, write, write]) await call(target);
  const [first, second, third, fourth] = ports.map((line) => line.split(' ')[1]);
  expect(second).toBe(first);
  expect(new Set([first, third, fourth]).size).toBe(3);
});
