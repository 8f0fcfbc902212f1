import * as z from 'zod';
import type { CampaignAction } from '../../domain/action';
import type { AdTestTerms } from '../../domain/ad-test';
import { CALLS_TO_ACTION, type PlanAd, type PlanTargeting } from '../../domain/plan';

const key = z.string().min(1).max(100);
const amount = z.strictObject({ minor: z.string().regex(/^\d+$/), currency: z.string().regex(/^[A-Z]{3}$/) });
const move = z.strictObject({ adSetKey: key, from: amount, to: amount });

const age = z.number().int().min(18).max(65);
const audience: z.ZodType<PlanTargeting> = z
  .strictObject({
    countries: z.array(z.string().regex(/^[A-Z]{2}$/)).max(30),
    cities: z
      .array(z.strictObject({ key, name: z.string().max(200), radiusKm: z.number().int().min(17).max(80) }))
      .max(10),
    ageMin: age,
    ageMax: age,
    interests: z.array(z.strictObject({ id: key, name: z.string().max(200) })).max(20),
    advantageAudience: z.boolean(),
  })
  .refine(({ ageMin, ageMax, countries, cities }) => ageMin <= ageMax && countries.length + cities.length > 0);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const ad: z.ZodType<PlanAd> = z.strictObject({
  key,
  idea: z.string().min(1).max(200),
  headline: z.string().min(1).max(100),
  primaryText: z.string().min(1).max(1000),
  callToAction: z.enum(CALLS_TO_ACTION),
  linkUrl: z.url().max(2000).nullable(),
  images: z.strictObject({ square: sha256, portrait: sha256, story: sha256 }),
});

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const test: z.ZodType<AdTestTerms> = z
  .strictObject({
    id: z.uuid(),
    level: z.enum(['ad', 'adset']),
    drawnBy: z.enum(['platform', 'lot']),
    arms: z.array(key).min(2).max(6),
    adSetKey: key.nullable(),
    measure: z.enum(['clicks', 'results']),
    question: z.string().max(300).nullable(),
    seesPercent: z.number().int().min(1).max(1000),
    days: z.number().int().min(2).max(28),
    answerBy: day,
    sizing: z.strictObject({
      detectableLift: z.number().nullable(),
      baseRate: z.number(),
      exposurePerDay: z.number(),
    }),
    moves: z.array(move).max(6),
  })
  // Ads inside one group are never drawn by lot, and their budget is one.
  .refine(({ level, adSetKey, drawnBy, moves, arms }) =>
    level === 'ad'
      ? adSetKey !== null && drawnBy === 'platform' && moves.length === 0
      : adSetKey === null && arms.length === 2,
  )
  .refine(({ arms }) => new Set(arms).size === arms.length)
  .refine(({ arms, moves }) => moves.every(({ adSetKey }) => arms.includes(adSetKey)));

/** The gate's allow-list: what is not of one of these shapes is never carried out, whoever asks. */
export const actionSchema: z.ZodType<CampaignAction> = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('pause_ad'), adKey: key }),
  z.strictObject({ kind: z.literal('resume_ad'), adKey: key }),
  z.strictObject({ kind: z.literal('pause_campaign') }),
  z.strictObject({ kind: z.literal('resume_campaign') }),
  z.strictObject({
    kind: z.literal('set_ad_set_budget'),
    adSetKey: key,
    from: amount,
    to: amount,
    newMonthlyCeiling: amount.exactOptional(),
  }),
  z.strictObject({ kind: z.literal('shift_budget'), moves: z.array(move).min(2) }),
  z.strictObject({
    kind: z.literal('shift_campaigns'),
    moves: z.array(move).min(1),
    other: z.strictObject({ campaignId: key, name: z.string().max(300), moves: z.array(move).min(1) }),
  }),
  z.strictObject({ kind: z.literal('swap_creative'), adKey: key, reserveKey: key }),
  z.strictObject({ kind: z.literal('set_audience'), adSetKey: key, from: audience, to: audience }),
  z.strictObject({ kind: z.literal('add_ad'), adSetKey: key, ad }),
  z.strictObject({ kind: z.literal('start_test'), test }),
  z.strictObject({ kind: z.literal('end_test'), test, moves: z.array(move).max(6) }),
  z.strictObject({ kind: z.literal('delete_ad'), adKey: key }),
  z.strictObject({ kind: z.literal('delete_campaign') }),
  z.strictObject({
    kind: z.literal('restore_guard'),
    guard: z.discriminatedUnion('what', [
      z.strictObject({ what: z.literal('spend_cap'), from: amount.nullable(), to: amount }),
      z.strictObject({
        what: z.literal('end'),
        adSetKey: key,
        from: z.iso.datetime().nullable(),
        to: z.iso.datetime(),
      }),
      z.strictObject({ what: z.literal('stop_rule'), to: amount }),
    ]),
  }),
  z.strictObject({ kind: z.literal('renew_month_guard'), month: z.string().regex(/^\d{4}-\d{2}$/) }),
]);
