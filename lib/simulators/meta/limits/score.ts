import type { App } from '../graph/context';
import { effectiveStatus } from '../status/effective-status';
import { GraphError } from '../wire/errors';
import { objectsOf } from '../world/live-world';
import type { GraphObject, World } from '../world/types';

type Meter = {
  score: number;
  atMs: number;
  blockedUntilMs: number;
  hourStartMs: number;
  hourCalls: number;
  hourInsights: number;
};
type TierRules = { most: number; blockMs: number; hourlyBase: number; insightsBase: number; name: string };

const DECAY_MS = 300_000;
const HOUR_MS = 3_600_000;
const LIMITED: TierRules = {
  most: 60,
  blockMs: 300_000,
  hourlyBase: 300,
  insightsBase: 600,
  name: 'development_access',
};
const FULL: TierRules = {
  most: 9000,
  blockMs: 60_000,
  hourlyBase: 100_000,
  insightsBase: 190_000,
  name: 'standard_access',
};

/** Score and hourly counts per ad account; they live as long as the process. */
export type Meters = Map<string, Meter>;

type Call = {
  world: World;
  account: GraphObject;
  app: App | undefined;
  isWrite: boolean;
  isInsights: boolean;
  nowMs: number;
};

function rulesOf({ world, app }: Call): TierRules {
  return world.rateTier === 'limited' || (app?.tier === 'limited' && world.rateTier !== 'generous') ? LIMITED : FULL;
}

function meterOf(meters: Meters, call: Call): Meter {
  const known = meters.get(call.account.id);
  if (known) return known;
  const made = {
    score: 0,
    atMs: call.nowMs,
    blockedUntilMs: 0,
    hourStartMs: call.nowMs,
    hourCalls: 0,
    hourInsights: 0,
  };
  meters.set(call.account.id, made);
  return made;
}

/** Counts one call; throws once the account is over its limit. Refused calls count too. */
export function countCall(meters: Meters, call: Call): void {
  const rules = rulesOf(call);
  const meter = meterOf(meters, call);
  const { nowMs } = call;
  meter.score = Math.max(0, meter.score - (rules.most * (nowMs - meter.atMs)) / DECAY_MS);
  meter.atMs = nowMs;
  if (nowMs - meter.hourStartMs >= HOUR_MS) Object.assign(meter, { hourStartMs: nowMs, hourCalls: 0, hourInsights: 0 });

  meter.score += call.isWrite ? 3 : 1;
  if (call.isInsights) meter.hourInsights++;
  else meter.hourCalls++;
  if (call.world.rateTier === 'generous') return;

  if (meter.score > rules.most && nowMs >= meter.blockedUntilMs) meter.blockedUntilMs = nowMs + rules.blockMs;
  if (nowMs < meter.blockedUntilMs) throw scoreExceeded();
  checkHour(meter, call, rules);
}

function scoreExceeded() {
  return new GraphError({
    code: 17,
    subcode: 2446079,
    message: '(#17) User request limit reached',
    isTransient: false,
    title: 'Ad Account Has Too Many API Calls',
    userMessage: 'There have been too many calls from this ad-account. Please wait a bit and try again.',
  });
}

function hourlyLimit(call: Call, rules: TierRules): number {
  const active = objectsOf(call.world, 'ad', call.account.id).filter(
    (ad) => effectiveStatus(call.world, ad, call.nowMs) === 'ACTIVE',
  ).length;
  return call.isInsights ? rules.insightsBase + 400 * active : rules.hourlyBase + 40 * active;
}

function checkHour(meter: Meter, call: Call, rules: TierRules): void {
  const count = call.isInsights ? meter.hourInsights : meter.hourCalls;
  if (count <= hourlyLimit(call, rules)) return;
  throw new GraphError({
    code: call.isInsights ? 80000 : 80004,
    subcode: 2446079,
    message: `(#${call.isInsights ? 80000 : 80004}) There have been too many calls to this ad-account. Wait a bit and try again.`,
  });
}

/** The usage headers of an answer, on success and on error. */
export function usageHeaders(meters: Meters, call: Call): Record<string, string> {
  const rules = rulesOf(call);
  const meter = meterOf(meters, call);
  const percent = Math.round((10_000 * meter.score) / rules.most) / 100;
  const hourly = Math.round(
    (100 * (call.isInsights ? meter.hourInsights : meter.hourCalls)) / hourlyLimit(call, rules),
  );
  const waitMs = Math.max(0, meter.blockedUntilMs - call.nowMs);
  const business = call.account.data.business;
  const key =
    typeof business === 'object' && business !== null && !Array.isArray(business)
      ? String(business.id)
      : call.account.id.replace('act_', '');

  const headers: Record<string, string> = {
    'x-app-usage': JSON.stringify({
      call_count: Math.min(100, Math.round(percent / 4)),
      total_cputime: 1,
      total_time: 1,
    }),
    'x-ad-account-usage': JSON.stringify({
      acc_id_util_pct: percent,
      reset_time_duration: Math.ceil((waitMs || DECAY_MS) / 1000),
      ads_api_access_tier: rules.name,
    }),
    'x-business-use-case-usage': JSON.stringify({
      [key]: [
        {
          type: call.isInsights ? 'ads_insights' : 'ads_management',
          call_count: hourly,
          total_cputime: 1,
          total_time: 1,
          estimated_time_to_regain_access: Math.ceil(waitMs / 60_000),
          ads_api_access_tier: rules.name,
        },
      ],
    }),
  };
  if (call.isInsights)
    headers['x-fb-ads-insights-throttle'] = JSON.stringify({
      app_id_util_pct: 0,
      acc_id_util_pct: hourly,
      ads_api_access_tier: rules.name,
    });
  return headers;
}
