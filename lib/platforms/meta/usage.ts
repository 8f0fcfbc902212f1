import * as z from 'zod';
import { processWide } from '../../runtime/process-wide';

/** How much of Meta's limits is used up, as the headers of one answer tell it. Percentages may exceed 100. */
export type Usage = {
  appPercent: number | null;
  accountPercent: number | null;
  /** Seconds until the account's score is forgotten. */
  accountResetSeconds: number | null;
  insightsPercent: number | null;
  businessUseCases: { ownerId: string; type: string; percent: number; regainMinutes: number }[];
  /** 'development_access' (Limited) or 'standard_access' (Full). */
  tier: string | null;
  /** Meta's notice that the version was upgraded under us. */
  versionWarning: string | null;
};

export const NO_USAGE: Usage = {
  appPercent: null,
  accountPercent: null,
  accountResetSeconds: null,
  insightsPercent: null,
  businessUseCases: [],
  tier: null,
  versionWarning: null,
};

const percent = z.coerce.number().catch(0);
const appSchema = z.object({ call_count: percent, total_cputime: percent, total_time: percent });
const accountSchema = z.object({
  acc_id_util_pct: percent,
  reset_time_duration: z.coerce.number().optional(),
  ads_api_access_tier: z.string().optional(),
});
const insightsSchema = z.object({
  app_id_util_pct: percent,
  acc_id_util_pct: percent,
  ads_api_access_tier: z.string().optional(),
});
const businessSchema = z.record(
  z.string(),
  z.array(
    appSchema.extend({
      type: z.string(),
      estimated_time_to_regain_access: z.coerce.number().catch(0),
      ads_api_access_tier: z.string().optional(),
    }),
  ),
);

function header<T>(headers: Headers, name: string, schema: z.ZodType<T>): T | null {
  const text = headers.get(name);
  if (!text) return null;
  try {
    const parsed = schema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    // A header we cannot read must never fail the call that carried it.
    return null;
  }
}

/** Reads the usage headers of an answer; what is absent or unreadable is null. */
export function usageOf(headers: Headers): Usage {
  const app = header(headers, 'x-app-usage', appSchema);
  const account = header(headers, 'x-ad-account-usage', accountSchema);
  const insights = header(headers, 'x-fb-ads-insights-throttle', insightsSchema);
  const business = header(headers, 'x-business-use-case-usage', businessSchema) ?? {};
  const businessUseCases = Object.entries(business).flatMap(([ownerId, uses]) =>
    uses.map((use) => ({
      ownerId,
      type: use.type,
      percent: Math.max(use.call_count, use.total_cputime, use.total_time),
      regainMinutes: use.estimated_time_to_regain_access,
    })),
  );
  return {
    appPercent: app ? Math.max(app.call_count, app.total_cputime, app.total_time) : null,
    accountPercent: account?.acc_id_util_pct ?? null,
    accountResetSeconds: account?.reset_time_duration ?? null,
    insightsPercent: insights ? Math.max(insights.app_id_util_pct, insights.acc_id_util_pct) : null,
    businessUseCases,
    tier: account?.ads_api_access_tier ?? insights?.ads_api_access_tier ?? null,
    versionWarning: headers.get('x-ad-api-version-warning'),
  };
}

/** Milliseconds until Meta says calls work again; null where no header says so. */
export function regainAccessMs(usage: Usage): number | null {
  const minutes = Math.max(0, ...usage.businessUseCases.map((use) => use.regainMinutes));
  if (minutes > 0) return minutes * 60_000;
  return usage.accountResetSeconds !== null && usage.accountResetSeconds > 0 ? usage.accountResetSeconds * 1_000 : null;
}

export type UsageObservation = {
  mode: 'LIVE' | 'SIMULATED';
  appId: string | null;
  accountId: string | null;
  usage: Usage;
};
export type UsageObserver = (observation: UsageObservation) => void;

const held = processWide<{ observer?: UsageObserver }>('meta-usage', () => ({}));

/** Who hears about limits after every call, across the process. */
export function plugUsageObserver(observer: UsageObserver): void {
  held.observer = observer;
}

export function reportUsage(observation: UsageObservation): void {
  held.observer?.(observation);
}
