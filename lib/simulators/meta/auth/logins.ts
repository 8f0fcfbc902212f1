import { randomBytes } from 'node:crypto';
import type { WorldHost } from '../world/host';
import type { LiveWorld } from '../world/live-world';

/**
 * One opened login page. Which pretend person it stands for is kept here and not in the page or
 * the browser, so that nobody becomes somebody else by a left-over cookie or a guessed id.
 */
export type Login = { known: string | null; seed: number; openedMs: number; madeWorld: string | null };

export type Logins = {
  open(login: Omit<Login, 'openedMs' | 'madeWorld'>): string;
  find(key: string): Login | null;
  /** Notes in the browser's secret that its owner is this world's person. */
  remember(live: LiveWorld): string;
  /** The world a browser's secret belongs to. */
  recall(cookie: string | undefined): LiveWorld | null;
};

const LIFE_MS = 30 * 60_000;
const MOST_BROWSERS = 50;

export function createLogins(host: WorldHost): Logins {
  const opened = new Map<string, Login>();
  return {
    open: (login) => {
      for (const [key, one] of opened) if (host.now() - one.openedMs > LIFE_MS) opened.delete(key);
      const key = randomBytes(18).toString('base64url');
      opened.set(key, { ...login, openedMs: host.now(), madeWorld: null });
      return key;
    },
    find: (key) => {
      const login = opened.get(key);
      return login && host.now() - login.openedMs <= LIFE_MS ? login : null;
    },
    remember: (live) => {
      const secret = randomBytes(18).toString('base64url');
      live.world.browsers = [...(live.world.browsers ?? []), secret].slice(-MOST_BROWSERS);
      host.persist(live);
      return `${live.world.id}.${secret}`;
    },
    recall: (cookie) => {
      const [worldId = '', secret = ''] = (cookie ?? '').split('.');
      const live = host.worlds.get(worldId);
      return live && secret !== '' && live.world.browsers?.includes(secret) ? live : null;
    },
  };
}
