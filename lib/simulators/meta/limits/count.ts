import type { App } from '../graph/context';
import { effectiveStatus } from '../status/effective-status';
import { GraphError } from '../wire/errors';
import { isObject } from '../wire/params';
import { objectsOf } from '../world/live-world';
import type { GraphObject, World } from '../world/types';
import { PER_ACTIVE, type TierRules, tierOf, USE_CASE_CODES, type UseCase } from './tiers';

type Account = { score: number; atMs: number; blockedUntilMs: number; second: number; mutations: number };

/** Calls of the last sixty minutes, counted per minute. */
type Hour = Map<number, number>;

/** Points, hourly calls and app calls. They live as long as the process, like Meta's own counters for a client. */
export type Meters = { accounts: Map<string, Account>; hours: Map<string, Hour> };

export function newMeters(): Meters {
  return { accounts: new Map(), hours: new Map() };
}

export type MeteredCall = {
  world: World;
  account: GraphObject;
  app: App | undefined;
  appId: string;
  isWrite: boolean;
  useCase: UseCase;
  nowMs: number;
};

const DECAY_MS = 300_000;
const MINUTE_MS = 60_000;
const READ_POINTS = 1;
const WRITE_POINTS = 3;
const MUTATIONS_PER_SECOND = 100;
const APP_CALLS_PER_USER = 200;

function accountMeter(meters: Meters, { account, nowMs }: MeteredCall): Account {
  const known = meters.accounts.get(account.id);
  if (known) return known;
  const made = { score: 0, atMs: nowMs, blockedUntilMs: 0, second: 0, mutations: 0 };
  meters.accounts.set(account.id, made);
  return made;
}

function countInHour(meters: Meters, key: string, nowMs: number, by = 1): number {
  const hour = meters.hours.get(key) ?? new Map<number, number>();
  meters.hours.set(key, hour);
  const minute = Math.floor(nowMs / MINUTE_MS);
  for (const old of hour.keys()) if (old <= minute - 60) hour.delete(old);
  if (by > 0) hour.set(minute, (hour.get(minute) ?? 0) + by);
  let total = 0;
  for (const count of hour.values()) total += count;
  return total;
}

function hourKey({ appId, account, useCase }: MeteredCall): string {
  return `${appId}|${account.id}|${useCase}`;
}

/** Counts one call; throws once a limit is passed. Refused calls count too. */
export function countCall(meters: Meters, call: MeteredCall): void {
  const rules = tierOf(call.world, call.app);
  const meter = accountMeter(meters, call);
  const { nowMs } = call;
  meter.score = Math.max(0, meter.score - (rules.mostPoints * (nowMs - meter.atMs)) / DECAY_MS);
  meter.atMs = nowMs;
  meter.score += call.isWrite ? WRITE_POINTS : READ_POINTS;
  const inHour = countInHour(meters, hourKey(call), nowMs);
  if (call.world.rateTier === 'generous') return;

  if (meter.score > rules.mostPoints && nowMs >= meter.blockedUntilMs) meter.blockedUntilMs = nowMs + rules.blockMs;
  if (nowMs < meter.blockedUntilMs) throw tooManyCalls();
  if (inHour > hourlyLimit(call, rules)) throw hourIsFull(call.useCase);
  if (call.isWrite) countMutation(meter, nowMs);
}

function countMutation(meter: Account, nowMs: number): void {
  const second = Math.floor(nowMs / 1000);
  if (meter.second !== second) Object.assign(meter, { second, mutations: 0 });
  meter.mutations++;
  if (meter.mutations <= MUTATIONS_PER_SECOND) return;
  throw new GraphError({
    code: 613,
    subcode: 5044001,
    message: '(#613) Calls to this api have exceeded the rate limit.',
    title: 'Too many changes',
    userMessage: 'There were more than 100 changes per second in this ad account.',
  });
}

function tooManyCalls() {
  return new GraphError({
    code: 17,
    subcode: 2446079,
    message: '(#17) User request limit reached',
    isTransient: false,
    title: 'Ad Account Has Too Many API Calls',
    userMessage: 'There have been too many calls from this ad-account. Please wait a bit and try again.',
  });
}

function hourIsFull(useCase: UseCase) {
  const code = USE_CASE_CODES[useCase];
  return new GraphError({
    code,
    subcode: 2446079,
    message: `(#${code}) There have been too many calls to this ad-account. Wait a bit and try again.`,
  });
}

function hourlyLimit(call: MeteredCall, rules: TierRules): number {
  const { world, account, useCase, nowMs } = call;
  const active =
    useCase === 'custom_audience'
      ? objectsOf(world, 'customaudience', account.id).filter((one) => one.status === 'ACTIVE').length
      : objectsOf(world, 'ad', account.id).filter((ad) => effectiveStatus(world, ad, nowMs) === 'ACTIVE').length;
  return rules.hourlyBase[useCase] + PER_ACTIVE[useCase] * active;
}

function businessKey(account: GraphObject): string {
  const { business } = account.data;
  return isObject(business) ? String(business.id) : account.id.replace('act_', '');
}

/** The usage headers of an answer, on success and on error. Processor time is pretended to follow the calls. */
export function usageHeaders(meters: Meters, call: MeteredCall): Record<string, string> {
  const rules = tierOf(call.world, call.app);
  const meter = accountMeter(meters, call);
  const limit = hourlyLimit(call, rules);
  const hourly = Math.ceil((100 * countInHour(meters, hourKey(call), call.nowMs, 0)) / limit);
  const waitMs = Math.max(0, meter.blockedUntilMs - call.nowMs);
  const isInsights = call.useCase === 'ads_insights';
  const useCase = {
    type: call.useCase,
    call_count: hourly,
    total_cputime: Math.ceil(hourly * (isInsights ? 0.9 : 0.4)),
    total_time: Math.ceil(hourly * (isInsights ? 1 : 0.5)),
    estimated_time_to_regain_access: Math.ceil(waitMs / MINUTE_MS),
    ads_api_access_tier: rules.name,
  };
  return {
    ...appUsage(countInHour(meters, `app|${call.appId}|${call.world.id}`, call.nowMs, 0)),
    'x-ad-account-usage': JSON.stringify({
      acc_id_util_pct: Math.round((10_000 * meter.score) / rules.mostPoints) / 100,
      reset_time_duration: Math.ceil((waitMs || DECAY_MS) / 1000),
      ads_api_access_tier: rules.name,
    }),
    'x-business-use-case-usage': JSON.stringify({ [businessKey(call.account)]: [useCase] }),
    ...(isInsights
      ? {
          'x-fb-ads-insights-throttle': JSON.stringify({
            app_id_util_pct: Math.round(hourly / 2),
            acc_id_util_pct: hourly,
            ads_api_access_tier: rules.name,
          }),
        }
      : {}),
  };
}

function appUsage(calls: number): Record<string, string> {
  const percent = Math.ceil((100 * calls) / APP_CALLS_PER_USER);
  return {
    'x-app-usage': JSON.stringify({
      call_count: percent,
      total_cputime: Math.ceil(percent * 0.8),
      total_time: Math.ceil(percent * 0.9),
    }),
  };
}

/** Counts a call that belongs to no ad account (people, Pages, searches): 200 per person and hour. */
export function countAppCall(meters: Meters, world: World, appId: string, nowMs: number): Record<string, string> {
  const calls = countInHour(meters, `app|${appId}|${world.id}`, nowMs);
  if (world.rateTier !== 'generous' && calls > APP_CALLS_PER_USER)
    throw new GraphError({ code: 4, message: '(#4) Application request limit reached', isTransient: true });
  return appUsage(calls);
}
