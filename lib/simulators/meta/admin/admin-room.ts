import type { Context } from 'hono';
import { z } from 'zod';
import type { WorldHost } from '../world/host';
import type { LiveWorld } from '../world/live-world';

/** What every part of the admin interface needs. */
export type AdminRoom = {
  host: WorldHost;
  worldOf: (id: string) => LiveWorld;
  /** Reads and checks a body; throws a ZodError that is answered with 400. */
  read: <T>(c: Context, draft: z.ZodType<T>) => Promise<T>;
  NoSuch: typeof NoSuch;
};

/** Something the admin interface was asked about does not exist: answered with 404. */
export class NoSuch extends Error {
  constructor(id: string) {
    super(`nothing here is called ${id}`);
  }
}

export function adminRoom(host: WorldHost): AdminRoom {
  return {
    host,
    NoSuch,
    worldOf: (id) => {
      const live = host.worlds.get(id);
      if (!live) throw new NoSuch(id);
      return live;
    },
    read: async (c, draft) => draft.parse(await readBody(c.req.raw)),
  };
}

async function readBody(request: Request): Promise<unknown> {
  const text = await request.text();
  if (text.trim() === '') return {};
  try {
    return JSON.parse(text);
  } catch {
    throw new z.ZodError([{ code: 'custom', path: [], message: 'the body is not JSON', input: undefined }]);
  }
}
