import { hashOf, seeded, unitsPerUsd } from '../../market/market';
import { makeObject } from './make-object';
import { minorPerMajor } from './money';
import type { GraphObject, RateTier, World } from './types';

export const SCENARIOS = [
  'shop',
  'shop-history',
  'two-accounts',
  'jpy',
  'no-page',
  'unpaid',
  'disabled',
  'wild',
] as const;
export type Scenario = (typeof SCENARIOS)[number];

export function isScenario(value: string): value is Scenario {
  return SCENARIOS.some((scenario) => scenario === value);
}

const PEOPLE = [
  'Marta Nogueira',
  'Ana Lopes',
  'Rui Tavares',
  'Inês Duarte',
  'Tiago Moura',
  'Clara Pinto',
  'Hugo Salgado',
  'Sofia Reis',
] as const;
const BUSINESSES = [
  'Padaria Aurora',
  'Casa do Sabão',
  'Estúdio Lume',
  'Oficina Verde',
  'Flor de Sal',
  'Quinta das Maçãs',
] as const;

/** The pretend person of a seed; the login page can show the name before the world exists. */
export function personOf(seed: number): string {
  return seeded(seed, 'person').pick(PEOPLE);
}

export type WorldDraft = {
  id: string;
  mark: string;
  scenario: Scenario;
  seed: number;
  nowMs: number;
  offsetMs?: number;
  personName?: string;
  businessName?: string;
  rateTier?: RateTier;
};

/** A new world with its person, business, accounts, Pages and pixels. No ads yet. */
export function buildWorld(draft: WorldDraft): World {
  const { scenario, seed, nowMs } = draft;
  const world: World = {
    format: 1,
    id: draft.id,
    mark: draft.mark,
    seed,
    scenario,
    spread: scenario === 'wild' ? 'wild' : 'planted',
    rateTier: draft.rateTier ?? 'generous',
    offsetMs: draft.offsetMs ?? 0,
    createdMs: nowMs,
    nextId: 1,
    nextOrdinal: 1,
    userId: '',
    grants: {},
    tokens: [],
    codes: [],
    objects: {},
    activities: [],
    markets: {},
    shocks: {},
    journalBytes: 0,
  };

  const personName = draft.personName ?? personOf(seed);
  const businessName = draft.businessName ?? seeded(seed, 'business').pick(BUSINESSES);
  const user = makeObject(world, {
    kind: 'user',
    nowMs,
    data: {
      name: personName,
      email: `${slug(personName)}@example.com`,
      first_name: personName.split(' ')[0],
      last_name: personName.split(' ').slice(1).join(' '),
    },
  });
  world.userId = user.id;
  const business = makeObject(world, { kind: 'business', nowMs, data: { name: businessName } });

  addPlaces(world, scenario, business, businessName, nowMs);
  return world;
}

function slug(name: string): string {
  return name
    .normalize('NFD')
    .replace(/[^a-zA-Z ]/g, '')
    .trim()
    .toLowerCase()
    .replace(/\s+/g, '.');
}

function addPlaces(world: World, scenario: Scenario, business: GraphObject, name: string, nowMs: number): void {
  if (scenario === 'jpy') {
    addAccount(world, { business, name, currency: 'JPY', zone: 'Asia/Tokyo', zoneId: 66, country: 'JP', nowMs });
    addPage(world, name, nowMs, true);
    return;
  }

  addAccount(world, {
    business,
    name,
    currency: 'EUR',
    zone: 'Europe/Lisbon',
    zoneId: 106,
    country: 'PT',
    nowMs,
    isUnpaid: scenario === 'unpaid',
    isDisabled: scenario === 'disabled',
  });
  if (scenario !== 'no-page') addPage(world, name, nowMs, true);
  if (scenario !== 'two-accounts') return;

  addAccount(world, {
    business,
    name: `${name} US`,
    currency: 'USD',
    zone: 'America/New_York',
    zoneId: 7,
    country: 'US',
    nowMs,
  });
  addPage(world, `${name} US`, nowMs, false);
}

type AccountDraft = {
  business: GraphObject;
  name: string;
  currency: string;
  zone: string;
  zoneId: number;
  country: string;
  nowMs: number;
  isUnpaid?: boolean;
  isDisabled?: boolean;
};

function addAccount(world: World, draft: AccountDraft): GraphObject {
  const { business, name, currency, nowMs } = draft;
  const dollar = Math.ceil(unitsPerUsd(currency)) * minorPerMajor(currency);
  const account = makeObject(world, {
    kind: 'adaccount',
    nowMs: nowMs - 300 * 86_400_000,
    data: {
      name,
      currency,
      timezone_name: draft.zone,
      timezone_id: draft.zoneId,
      account_status: draft.isDisabled ? 2 : draft.isUnpaid ? 3 : 1,
      disable_reason: draft.isDisabled ? 1 : 0,
      spend_cap: '0',
      min_daily_budget: dollar,
      min_campaign_group_spend_cap: String(100 * dollar),
      business: { id: business.id, name: textName(business) },
      business_name: textName(business),
      business_country_code: draft.country,
      owner: business.id,
      is_prepay_account: false,
      is_personal: 0,
      is_notifications_enabled: true,
      capabilities: ['CAN_CREATE_CALL_ADS', 'CAN_USE_MOBILE_EXTERNAL_PAGE_TYPE'],
      user_tasks: ['DRAFT', 'ANALYZE', 'ADVERTISE', 'MANAGE'],
      tos_accepted: { web_custom_audience_tos: 1 },
      ...(draft.isUnpaid ? {} : fundingOf(world.seed)),
    },
  });
  account.hidden.significantEditMs = nowMs;
  makeObject(world, {
    kind: 'pixel',
    account: account.id,
    nowMs,
    data: { name: `${name} pixel`, is_unavailable: false },
  });
  return account;
}

function fundingOf(seed: number) {
  const last = String(hashOf(seed, 'card') % 10_000).padStart(4, '0');
  const id = `6065${String(hashOf(seed, 'funding')).padStart(10, '0')}`;
  return { funding_source: id, funding_source_details: { id, display_string: `Visa *${last}`, type: 1 } };
}

function textName(object: GraphObject): string {
  return String(object.data.name ?? '');
}

function addPage(world: World, name: string, nowMs: number, withInstagram: boolean): GraphObject {
  const instagram = withInstagram
    ? makeObject(world, { kind: 'instagram', nowMs, data: { username: slug(name).replace(/\./g, '_'), name } })
    : null;
  return makeObject(world, {
    kind: 'page',
    nowMs,
    data: {
      name,
      category: 'Shopping & retail',
      category_list: [{ id: '200600219953504', name: 'Shopping & retail' }],
      tasks: ['ADVERTISE', 'ANALYZE', 'CREATE_CONTENT', 'MESSAGING', 'MODERATE', 'MANAGE'],
      link: `https://www.facebook.com/${slug(name)}`,
      fan_count: 200 + (hashOf(world.seed, 'fans', name) % 4000),
      is_published: true,
      ...(instagram
        ? { instagram_business_account: { id: instagram.id }, connected_instagram_account: { id: instagram.id } }
        : {}),
    },
  });
}
