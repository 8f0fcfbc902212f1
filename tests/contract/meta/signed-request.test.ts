import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { readSignedRequest } from '@/lib/platforms/meta/signed-request';
import { pointAt } from './environment';

pointAt('http://127.0.0.1:9');
const NOW = new Date('2026-11-21T12:00:00Z');

function sign(payload: object | string, secret = 'simulated-secret'): string {
  const encoded = Buffer.from(typeof payload === 'string' ? payload : JSON.stringify(payload)).toString('base64url');
  return `${createHmac('sha256', secret).update(encoded).digest('base64url')}.${encoded}`;
}
const honest = { algorithm: 'HMAC-SHA256', user_id: '1207059', issued_at: 1_763_700_000 };

describe('signed requests', () => {
  test("Meta's own are read", () => {
    expect(readSignedRequest('SIMULATED', sign(honest), NOW)).toEqual({
      userId: '1207059',
      issuedAt: new Date(1_763_700_000_000),
      signed: sign(honest).split('.')[1],
    });
  });

  test.each([
    ['another secret', sign(honest, 'guess')],
    [
      'a changed payload',
      `${sign(honest).split('.')[0]}.${Buffer.from(JSON.stringify({ ...honest, user_id: '2' })).toString('base64url')}`,
    ],
    ['another algorithm', sign({ ...honest, algorithm: 'none' })],
    ['no user', sign({ algorithm: 'HMAC-SHA256' })],
    ['not JSON', sign('hello')],
    ['expired', sign({ ...honest, expires: 1_000 })],
    ['empty', ''],
    ['no signature', `.${Buffer.from(JSON.stringify(honest)).toString('base64url')}`],
    ['three parts', `${sign(honest)}.x`],
  ])('%s is refused', (_name, text) => {
    expect(() => readSignedRequest('SIMULATED', text, NOW)).toThrow('not_permitted');
  });
});
