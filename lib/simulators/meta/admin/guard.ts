import { timingSafeEqual } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import { socketOf } from '../wire/send';

const LOCAL_PEERS = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);
const LOCAL_NAMES = new Set(['127.0.0.1', '[::1]', 'localhost']);
/** Headers only a proxy adds: the peer is then the proxy, and says nothing about who asks. */
const PROXY_HEADERS = ['x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip', 'forwarded', 'via'];

function isSame(one: string, other: string): boolean {
  const [left, right] = [Buffer.from(one), Buffer.from(other)];
  return left.length === right.length && timingSafeEqual(left, right);
}

function hostName(header: string | undefined): string {
  const url = `http://${header ?? ''}`;
  return URL.canParse(url) ? new URL(url).hostname : '';
}

/**
 * Who may administer. With a key, whoever shows it. Without one, only somebody on this machine who
 * asks directly: the server listens here alone, the peer is this machine, no proxy stands between,
 * and the address asked for is this machine's own.
 */
export function adminGuard(adminKey: string | null, isLocalOnly: () => boolean): MiddlewareHandler {
  return async (c, next) => {
    if (adminKey !== null) {
      if (!isSame(c.req.header('authorization') ?? '', `Bearer ${adminKey}`))
        return c.json({ error: 'a valid admin key is needed' }, 401);
      return next();
    }
    const isDirect =
      isLocalOnly() &&
      LOCAL_PEERS.has(socketOf(c.env)?.remoteAddress ?? '') &&
      LOCAL_NAMES.has(hostName(c.req.header('host'))) &&
      !PROXY_HEADERS.some((name) => c.req.header(name) !== undefined);
    if (!isDirect) return c.json({ error: 'without an admin key only this machine may ask, and only directly' }, 403);
    return next();
  };
}
