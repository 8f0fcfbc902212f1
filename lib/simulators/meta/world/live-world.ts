import type { AdDelivery, Conversion, HourCell } from '../../market/market';
import type { SimulatorStore, StoredWorld } from '../store/store';
import type { GraphObject, ObjectKind, World } from './types';

/** A world in memory: its state, what its ads delivered, and what was not yet written down. */
export type LiveWorld = {
  world: World;
  deliveries: Map<string, AdDelivery>;
  pendingJournal: string;
};

const CELL_KEYS = [
  'impressions',
  'clicks',
  'linkClicks',
  'landingViews',
  'reactions',
  'carts',
  'checkouts',
  'spendMinor',
] as const;

type JournalLine = { ad: string; h: number[][]; c: number[][] };

/** A journal line: the hours and results that one stretch of delivery added to one ad. */
export function journalLine(ad: string, added: AdDelivery): string {
  const line: JournalLine = {
    ad,
    h: added.cells.map((cell, at) => [added.buckets[at] ?? 0, ...CELL_KEYS.map((key) => cell[key])]),
    c: added.conversions.map((one) => [
      one.n,
      one.bucket,
      one.delayHours,
      one.reportedMs,
      one.isView ? 1 : 0,
      one.valueMinor,
    ]),
  };
  return `${JSON.stringify(line)}\n`;
}

function toCell(row: number[]): HourCell {
  const cell: HourCell = {
    impressions: 0,
    clicks: 0,
    linkClicks: 0,
    landingViews: 0,
    reactions: 0,
    carts: 0,
    checkouts: 0,
    spendMinor: 0,
  };
  for (const [at, key] of CELL_KEYS.entries()) cell[key] = row[at + 1] ?? 0;
  return cell;
}

function toConversion(row: number[]): Conversion {
  const [n = 0, bucket = 0, delayHours = 0, reportedMs = 0, isView = 0, valueMinor = 0] = row;
  return { n, bucket, delayHours, reportedMs, isView: isView === 1, valueMinor };
}

export function deliveryOf(live: LiveWorld, adId: string): AdDelivery {
  const known = live.deliveries.get(adId);
  if (known) return known;
  const made: AdDelivery = { buckets: [], cells: [], conversions: [] };
  live.deliveries.set(adId, made);
  return made;
}

function replayJournal(live: LiveWorld, journal: string): void {
  for (const text of journal.split('\n')) {
    if (text === '') continue;
    const line = JSON.parse(text) as JournalLine;
    const delivery = deliveryOf(live, line.ad);
    for (const row of line.h) {
      delivery.buckets.push(row[0] ?? 0);
      delivery.cells.push(toCell(row));
    }
    delivery.conversions.push(...line.c.map(toConversion));
  }
}

export function reviveWorld(stored: StoredWorld): LiveWorld {
  const world = JSON.parse(stored.json) as World;
  const live: LiveWorld = { world, deliveries: new Map(), pendingJournal: '' };
  replayJournal(live, stored.journal.slice(0, world.journalBytes));
  return live;
}

/** Writes the journal first and the world after it: the world's file names how much of it counts. */
export function persistWorld(live: LiveWorld, store: SimulatorStore): void {
  const { world } = live;
  if (live.pendingJournal !== '') {
    world.journalBytes = store.appendJournal(world.id, world.journalBytes, live.pendingJournal);
    live.pendingJournal = '';
  }
  store.writeWorld(world.id, JSON.stringify(world));
}

export function objectsOf(world: World, kind: ObjectKind, account?: string): GraphObject[] {
  return Object.values(world.objects).filter(
    (object) => object.kind === kind && (account === undefined || object.account === account),
  );
}

export function objectOf(world: World, id: string | undefined, kind?: ObjectKind): GraphObject | null {
  if (id === undefined) return null;
  const object = world.objects[id];
  if (!object || (kind !== undefined && object.kind !== kind)) return null;
  return object;
}

/** A text field of an object, or undefined. */
export function textOf(object: GraphObject | null | undefined, field: string): string | undefined {
  const value = object?.data[field];
  return typeof value === 'string' ? value : undefined;
}

export function zoneOf(world: World, object: GraphObject): string {
  const account = object.kind === 'adaccount' ? object : world.objects[object.account];
  return textOf(account, 'timezone_name') ?? 'UTC';
}

export function currencyOf(world: World, object: GraphObject): string {
  const account = object.kind === 'adaccount' ? object : world.objects[object.account];
  return textOf(account, 'currency') ?? 'USD';
}

/** Ads of an ad set, ad sets of a campaign and so on, oldest first. */
export function childrenOf(world: World, parent: GraphObject, kind: ObjectKind): GraphObject[] {
  const field = parent.kind === 'campaign' ? 'campaign_id' : parent.kind === 'adset' ? 'adset_id' : null;
  if (field === null) return objectsOf(world, kind, parent.id);
  return objectsOf(world, kind, parent.account).filter((object) => object.data[field] === parent.id);
}
