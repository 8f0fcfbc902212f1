import { createMetaSimulator } from '../../../lib/simulators/meta/simulator';
import { createMemoryStore } from '../../../lib/simulators/meta/store/memory-store';
import type { SimulatorStore } from '../../../lib/simulators/meta/store/store';

/**
 * Answers as a stranger's client sees them: anything. One named helper type keeps the looseness
 * of raw JSON in this file.
 */
// biome-ignore lint/suspicious/noExplicitAny: raw answers are checked by the expectations of each test
export type Body = any;
export type Answer = { status: number; body: Body; headers: Headers };
type Json = Record<string, unknown>;

/** A simulator on a free port, and a plain HTTP client for it. Nothing of the product is used. */
export async function startSimulator(
  options: { store?: SimulatorStore; now?: () => number; strictVersions?: boolean; legacyFeatures?: boolean } = {},
) {
  const simulator = createMetaSimulator({ store: createMemoryStore(), publicUrl: '', ...options });
  const server = await simulator.listen();
  const admin = async (method: string, path: string, body?: Json): Promise<Body> => {
    const response = await fetch(`${server.url}/_admin/${path}`, {
      method,
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const answer = await response.json();
    if (!response.ok) throw new Error(`${method} ${path}: ${JSON.stringify(answer)}`);
    return answer;
  };
  return { url: server.url, close: server.close, admin };
}

export type Simulator = Awaited<ReturnType<typeof startSimulator>>;

/** A pretend business and the ways to speak for it. */
export async function makeWorld(simulator: Simulator, draft: Json = {}) {
  const world = await simulator.admin('POST', 'worlds', { scenario: 'shop', seed: 7, ...draft });
  const call = caller(simulator.url, world.accessToken);
  return {
    ...world,
    call,
    account: world.adAccounts[0].id as string,
    pixel: world.adAccounts[0].pixelId as string,
    page: world.pages[0]?.id as string,
    advance: (ms: number) => simulator.admin('POST', `worlds/${world.worldId}/clock`, { advanceMs: ms }),
  };
}

export type World = Awaited<ReturnType<typeof makeWorld>>;

export function caller(url: string, token: string) {
  return async (method: string, path: string, params: Json = {}, version = 'v26.0'): Promise<Answer> => {
    const target = new URL(`${url}/${version}/${path}`);
    const isRead = method === 'GET';
    if (isRead) for (const [key, value] of Object.entries(params)) target.searchParams.set(key, text(value));
    const response = await fetch(target, {
      method,
      headers: { authorization: `Bearer ${token}`, ...(isRead ? {} : { 'content-type': 'application/json' }) },
      body: isRead ? undefined : JSON.stringify(params),
    });
    return { status: response.status, body: await response.json(), headers: response.headers };
  };
}

function text(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

export const CAMPAIGN = {
  name: 'Autumn',
  objective: 'OUTCOME_SALES',
  special_ad_categories: [],
  status: 'PAUSED',
  is_adset_budget_sharing_enabled: false,
};

/** What an ad set needs in Portugal; override to leave something out. */
export function adSetParams(world: Pick<World, 'pixel'>, campaignId: string, overrides: Json = {}): Json {
  return {
    name: 'Everyone',
    campaign_id: campaignId,
    optimization_goal: 'OFFSITE_CONVERSIONS',
    billing_event: 'IMPRESSIONS',
    daily_budget: 3000,
    status: 'ACTIVE',
    promoted_object: { pixel_id: world.pixel, custom_event_type: 'PURCHASE' },
    targeting: { geo_locations: { countries: ['PT'] }, targeting_automation: { advantage_audience: 1 } },
    dsa_payor: 'Padaria',
    dsa_beneficiary: 'Padaria',
    ...overrides,
  };
}

export const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

export function creativeParams(page: string, overrides: Json = {}): Json {
  return {
    name: 'Picture',
    object_story_spec: {
      page_id: page,
      link_data: {
        link: 'https://shop.example/x',
        message: 'Fresh bread',
        name: 'Order today',
        call_to_action: { type: 'SHOP_NOW', value: { link: 'https://shop.example/x' } },
      },
    },
    ...overrides,
  };
}

type Launch = { ads?: number; campaign?: Json; adSet?: Json };

/** A running campaign with one ad set and as many ads as asked for. */
export async function launch(world: World, { ads = 3, campaign = {}, adSet = {} }: Launch = {}) {
  const { call, account, page } = world;
  const made = await call('POST', `${account}/campaigns`, { ...CAMPAIGN, ...campaign });
  const set = await call('POST', `${account}/adsets`, adSetParams(world, made.body.id, adSet));
  if (!set.body.id) throw new Error(JSON.stringify(set.body));
  const adIds: string[] = [];
  for (let at = 0; at < ads; at++) {
    const creative = await call('POST', `${account}/adcreatives`, creativeParams(page, { name: `Picture ${at}` }));
    const ad = await call('POST', `${account}/ads`, {
      name: `Ad ${at}`,
      adset_id: set.body.id,
      creative: { creative_id: creative.body.id },
      status: 'ACTIVE',
    });
    if (!ad.body.id) throw new Error(JSON.stringify(ad.body));
    adIds.push(ad.body.id);
  }
  await call('POST', made.body.id, { status: 'ACTIVE' });
  return { campaignId: made.body.id as string, adSetId: set.body.id as string, adIds };
}

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

export function sum(rows: readonly Body[], field: string): number {
  return rows.reduce((total, row) => total + Number(row[field] ?? 0), 0);
}

/** The value of one action type in a row; 0 when it is absent. */
export function action(row: Body, type: string, key = 'value'): number {
  return Number(row?.actions?.find((one: Body) => one.action_type === type)?.[key] ?? 0);
}
