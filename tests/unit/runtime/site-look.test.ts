import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isPublicAddress, lookAtSite } from '@/lib/runtime/site-look';

let server: http.Server;
let port: number;
const seen: string[] = [];
beforeAll(async () => {
  server = http.createServer((request, response) => {
    seen.push(request.url ?? '');
    const [, kind, rest] = (request.url ?? '').split('/');
    if (kind === 'to') response.writeHead(302, { location: decodeURIComponent(rest ?? '') }).end();
    else if (kind === 'slow') setTimeout(() => response.end('late'), 2_000).unref();
    else response.writeHead(Number(kind) || 200).end('<html>');
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  port = (server.address() as AddressInfo).port;
});
afterAll(() => new Promise((done) => server.close(done)));

const own = { mayCall: (address: string) => address === '127.0.0.1', timeoutMs: 500 };
const shop = (path: string) => `http://shop.test:${port}/${path}`;
const named = { ...own, resolve: async () => [{ address: '127.0.0.1', family: 4 }] };

describe('a look at a site', () => {
  it.each([
    ['200', true],
    ['404', false],
    ['500', false],
    ['502', false],
    ['403', null],
    ['429', null],
    ['503', null],
  ])('takes status %s for %s', async (path, answers) => {
    expect((await lookAtSite(shop(path), named)).answers).toBe(answers);
  });

  it('cannot say where it waits too long, and says broken where nothing listens', async () => {
    expect((await lookAtSite(shop('slow'), named)).answers).toBeNull();
    expect((await lookAtSite('http://shop.test:1/', named)).answers).toBe(false);
  });

  it('takes a name that is gone for broken, and a name our own line cannot resolve for unknown', async () => {
    const failing = (code: string) => ({
      ...own,
      resolve: () => Promise.reject(Object.assign(new Error(code), { code })),
    });
    expect((await lookAtSite(shop('200'), failing('ENOTFOUND'))).answers).toBe(false);
    expect((await lookAtSite(shop('200'), failing('EAI_AGAIN'))).answers).toBeNull();
  });

  it('follows redirects, a handful at most', async () => {
    expect((await lookAtSite(shop(`to/${encodeURIComponent(shop('200'))}`), named)).answers).toBe(true);
    const loop = shop(`to/${encodeURIComponent(`/to/${encodeURIComponent('/')}`)}`);
    expect((await lookAtSite(loop, { ...named })).answers).toBe(true);
    const circle = { ...named };
    expect((await lookAtSite(shop('to/%2Fto%2F%252Fto'), circle)).answers).not.toBe(false);
  });

  it('calls nothing that is not public, whatever the name, the redirect or the port', async () => {
    seen.length = 0;
    const inside = `http://127.0.0.1:${port}/200`;
    for (const address of [
      inside,
      `http://localhost:${port}/`,
      `http://[::1]:${port}/`,
      'http://169.254.169.254/latest',
      'file:///etc/passwd',
    ])
      expect((await lookAtSite(address)).answers).toBeNull();
    const rebinding = {
      resolve: async () => [
        { address: '8.8.8.8', family: 4 },
        { address: '127.0.0.1', family: 4 },
      ],
    };
    expect((await lookAtSite('http://shop.test/', rebinding)).why).toBe('not a public address');
    expect((await lookAtSite('http://8.8.8.8:6379/')).why).toBe('not a public address');
    expect(seen).toEqual([]);
    const outward = { ...named, mayCall: (address: string) => address === '127.0.0.1' };
    expect((await lookAtSite(shop(`to/${encodeURIComponent('http://10.0.0.1/')}`), outward)).answers).toBeNull();
  });

  it.each([
    ['8.8.8.8', true],
    ['2606:4700::1111', true],
    ['10.1.2.3', false],
    ['172.20.0.1', false],
    ['100.64.1.1', false],
    ['::1', false],
    ['fd00::1', false],
    ['fe80::1', false],
    ['::ffff:127.0.0.1', false],
    ['::ffff:7f00:1', false],
    ['64:ff9b::7f00:1', false],
    ['0.0.0.0', false],
    ['shop.test', false],
  ])('knows whether %s is public', (address, isPublic) => {
    expect(isPublicAddress(address)).toBe(isPublic);
  });
});
