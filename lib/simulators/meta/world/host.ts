import { randomBytes, randomInt } from 'node:crypto';
import { catchUp } from '../delivery/catch-up';
import type { App, Host } from '../graph/context';
import { NODE_TYPES } from '../nodes/registry';
import type { SimulatorStore } from '../store/store';
import { addHistory, HISTORY_MS } from './history';
import { type LiveWorld, persistWorld, reviveWorld } from './live-world';
import { buildWorld, type Scenario } from './scenarios';
import type { RateTier, World } from './types';

const DEFAULT_APP: App = {
  id: 'simulated-app',
  secret: 'simulated-secret',
  name: 'Simulated app',
  isRegistered: true,
  requireProof: false,
  tier: 'full',
  isInDevelopment: false,
};

export type HostOptions = {
  store: SimulatorStore;
  publicUrl: string;
  now: () => number;
  asyncDelayMs?: number;
  strictVersions?: boolean;
  legacyFeatures?: boolean;
};

/** A host with what only the outer parts need: making worlds, keeping apps, hiding objects. */
export type WorldHost = Host & {
  createWorld: (draft: WorldRequest) => LiveWorld;
  registerApp: (app: App) => void;
  setPublicUrl: (url: string) => void;
  hideUntil: (objectId: string, ms: number) => void;
  forgetWorld: (worldId: string) => void;
};

export type WorldRequest = {
  id?: string;
  scenario: Scenario;
  seed?: number;
  personName?: string;
  businessName?: string;
  rateTier?: RateTier;
};

function readApps(store: SimulatorStore): Map<string, App> {
  const saved = store.readShared();
  const apps = saved === null ? [] : (JSON.parse(saved) as { apps: App[] }).apps;
  return new Map([DEFAULT_APP, ...apps].map((app) => [app.id, app]));
}

/** Apps somebody registered; the one that is always there need not be kept. */
function isOwn(app: App): boolean {
  return app.isRegistered && app.id !== DEFAULT_APP.id;
}

/** Reads what the store holds and offers it to the rest of the simulator. */
export function createHost({
  store,
  publicUrl,
  now,
  asyncDelayMs = 300,
  strictVersions = false,
  legacyFeatures = false,
}: HostOptions): WorldHost {
  const worlds = new Map(store.readWorlds().map((stored) => [stored.worldId, reviveWorld(stored)]));
  const apps = readApps(store);
  const hidden = new Map<string, number>();
  let url = publicUrl.replace(/\/+$/, '');

  const worldNow = (world: World) => now() + world.offsetMs;
  const persist = (live: LiveWorld) => persistWorld(live, store);

  const freshMark = (): string => {
    const mark = String(randomInt(10_000_000, 100_000_000));
    return [...worlds.values()].some((live) => live.world.mark === mark) ? freshMark() : mark;
  };

  return {
    store,
    worlds,
    apps,
    asyncDelayMs,
    strictVersions,
    legacyFeatures,
    now,
    worldNow,
    persist,
    publicUrl: () => url,
    setPublicUrl: (next) => {
      url = next.replace(/\/+$/, '');
    },
    nodeTypeOf: (kind) => NODE_TYPES[kind],
    isHidden: (objectId) => (hidden.get(objectId) ?? 0) > now(),
    hideUntil: (objectId, ms) => void hidden.set(objectId, ms),

    createWorld: ({ id = `w${randomBytes(6).toString('hex')}`, scenario, seed = randomInt(1, 2 ** 31), ...rest }) => {
      const nowMs = now();
      const hasHistory = scenario === 'shop-history';
      const world = buildWorld({
        id,
        mark: freshMark(),
        scenario,
        seed,
        nowMs: hasHistory ? nowMs - HISTORY_MS : nowMs,
        ...rest,
      });
      const live: LiveWorld = { world, deliveries: new Map(), pendingJournal: '' };
      if (hasHistory) addHistory(live, nowMs);
      else catchUp(live, nowMs);
      worlds.set(id, live);
      persist(live);
      return live;
    },

    registerApp: (app) => {
      apps.set(app.id, app);
      store.writeShared(
        JSON.stringify({
          apps: [...apps.values()].filter((one) => (one.subscriptions ?? []).length > 0 || isOwn(one)),
        }),
      );
    },

    forgetWorld: (worldId) => {
      worlds.delete(worldId);
      store.deleteWorld(worldId);
    },
  };
}
