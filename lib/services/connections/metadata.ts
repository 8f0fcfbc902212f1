import * as z from 'zod';
import { type Money, moneyFromJson, moneyToJson } from '../../domain/money';
import { readerFor } from '../../platforms/registry-readers';
import type { ServiceContext } from '../context';
import type { ProjectAccess } from './access';
import { askCached, type Cached } from './ask-cached';

const HOUR_MS = 3_600_000;
/** Towns hardly move; interests, forms and limits change by somebody's hand, which a refresh answers. */
const GOOD_FOR = {
  places: 7 * 24 * HOUR_MS,
  interests: 24 * HOUR_MS,
  forms: HOUR_MS,
  limits: 24 * HOUR_MS,
};

type Refresh = { refresh?: boolean };
type Held = Pick<ProjectAccess, 'access' | 'connection'>;

const text = z.string();
const moneyJson = z.object({ minor: text, currency: text });
const count = z.number().nullable();

const SHAPES = {
  cities: z.array(z.object({ key: text, name: text, region: text })),
  interests: z.array(z.object({ id: text, name: text, audienceLow: count, audienceHigh: count })),
  forms: z.array(z.object({ externalId: text, name: text })),
  minimums: z.object({ impressions: moneyJson, clicks: moneyJson, rareActions: moneyJson }).nullable(),
};

/** Towns by (part of) their name in a country. */
export function cachedCities(ctx: ServiceContext, held: Held, query: { text: string; country: string } & Refresh) {
  const { refresh, ...asked } = query;
  return askCached(ctx, {
    connectionId: held.connection.id,
    question: { of: 'cities', ...asked },
    schema: SHAPES.cities,
    maxAgeMs: GOOD_FOR.places,
    refresh: refresh ?? false,
    ask: () => readerFor(held.access.platform).searchCities(held.access, asked),
  });
}

/** Interests the platform can aim at. */
export function cachedInterests(ctx: ServiceContext, held: Held, query: { text: string } & Refresh) {
  const { refresh, ...asked } = query;
  return askCached(ctx, {
    connectionId: held.connection.id,
    question: { of: 'interests', ...asked },
    schema: SHAPES.interests,
    maxAgeMs: GOOD_FOR.interests,
    refresh: refresh ?? false,
    ask: () => readerFor(held.access.platform).searchInterests(held.access, asked),
  });
}

/** Published instant forms of a Page. */
export function cachedLeadForms(ctx: ServiceContext, held: Held, query: { pageId: string } & Refresh) {
  const { refresh, ...asked } = query;
  return askCached(ctx, {
    connectionId: held.connection.id,
    question: { of: 'lead-forms', ...asked },
    schema: SHAPES.forms,
    maxAgeMs: GOOD_FOR.forms,
    refresh: refresh ?? false,
    ask: () => readerFor(held.access.platform).listLeadForms(held.access, asked),
  });
}

export type Minimums = { impressions: Money; clicks: Money; rareActions: Money } | null;

/** The smallest daily budgets of the account, by what is paid for. */
export async function cachedMinimumBudgets(
  ctx: ServiceContext,
  held: Held,
  query: Refresh = {},
): Promise<Cached<Minimums>> {
  const { value, ageMs } = await askCached(ctx, {
    connectionId: held.connection.id,
    question: { of: 'minimum-budgets', account: held.access.accountId, currency: held.access.currency },
    schema: SHAPES.minimums,
    maxAgeMs: GOOD_FOR.limits,
    refresh: query.refresh ?? false,
    ask: async () => {
      const seen = await readerFor(held.access.platform).minimumBudgets(held.access);
      if (!seen) return null;
      const { impressions, clicks, rareActions } = seen;
      return {
        impressions: moneyToJson(impressions),
        clicks: moneyToJson(clicks),
        rareActions: moneyToJson(rareActions),
      };
    },
  });
  if (!value) return { value: null, ageMs };
  const { impressions, clicks, rareActions } = value;
  return {
    ageMs,
    value: {
      impressions: moneyFromJson(impressions),
      clicks: moneyFromJson(clicks),
      rareActions: moneyFromJson(rareActions),
    },
  };
}
