import { z } from 'zod';
import { SHOCK_KINDS } from '../../market/market';
import { FAULT_KINDS, NARROW_FAULT_KINDS } from '../faults/faults';
import { SCENARIOS } from '../world/scenarios';

const appId = z.string().default('simulated-app');
const factors = z.record(z.string(), z.number().finite());

export const worldDraft = z.object({
  id: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,64}$/)
    .optional(),
  scenario: z.enum(SCENARIOS).default('shop'),
  seed: z.number().int().optional(),
  personName: z.string().min(1).optional(),
  businessName: z.string().min(1).optional(),
  rateTier: z.enum(['generous', 'full', 'limited']).optional(),
  appId,
});

export const clockDraft = z.union([
  z.object({ advanceMs: z.number().nonnegative() }),
  z.object({ offsetMs: z.number().nonnegative() }),
]);

export const faultDraft = z.object({
  kind: z.enum([...FAULT_KINDS, ...NARROW_FAULT_KINDS]),
  world: z.string().optional(),
  account: z.string().optional(),
  match: z
    .object({ method: z.string().optional(), path: z.string().optional(), body: z.string().optional() })
    .optional(),
  nth: z.number().int().positive().optional(),
  times: z.number().int().nonnegative().optional(),
  params: z.record(z.string(), z.json()).optional(),
});

export const appDraft = z.object({
  id: z.string().regex(/^[A-Za-z0-9_-]{3,64}$/),
  secret: z.string().min(1),
  name: z.string().optional(),
  requireProof: z.boolean().default(false),
  tier: z.enum(['limited', 'full']).default('full'),
  isInDevelopment: z.boolean().default(false),
  redirectUris: z.array(z.string()).optional(),
});

export const tokenDraft = z.object({
  action: z.enum(['revoke', 'expire', 'issue']),
  subcode: z.number().int().optional(),
  token: z.string().optional(),
  appId,
  kind: z.enum(['USER', 'SYSTEM_USER']).default('USER'),
  /** Life in seconds of world time; 0 never ends. */
  lifeS: z.number().nonnegative().optional(),
  scopes: z.array(z.string()).optional(),
});

export const callbackDraft = z.object({ kind: z.enum(['deauthorize', 'deletion']), url: z.url(), appId });

export const permissionDraft = z.object({
  appId,
  permission: z.string(),
  status: z.enum(['granted', 'declined', 'expired']),
});

export const shockDraft = z.object({
  accountId: z.string(),
  kind: z.enum(SHOCK_KINDS),
  hours: z.number().positive(),
  startInHours: z.number().nonnegative().default(0),
  factor: z.number().nonnegative().optional(),
  adSetId: z.string().optional(),
});

const volumes = (length: number) => z.array(z.number().positive()).length(length).optional();

/** The hidden market itself: any rate of an account, its ad sets and its ads, and its hours and weekdays. */
export const marketDraft = z.object({
  accountId: z.string(),
  rates: factors.optional(),
  season: z
    .object({
      hourVolume: volumes(24),
      weekdayVolume: volumes(7),
      hourConversion: volumes(24),
      weekdayConversion: volumes(7),
    })
    .nullable()
    .optional(),
  adSets: z.record(z.string(), factors).optional(),
  ads: z.record(z.string(), factors).optional(),
});

export const editDraft = z.object({
  objectId: z.string(),
  set: z.record(z.string(), z.json()).default({}),
  status: z.enum(['ACTIVE', 'PAUSED', 'ARCHIVED', 'DELETED']).optional(),
  review: z.enum(['approve', 'disapprove', 'restart']).optional(),
  /** Replaces the object's own issues; a HARD_ERROR stops its delivery. */
  issues: z
    .array(
      z.object({
        error_code: z.number().int(),
        error_summary: z.string(),
        error_message: z.string(),
        error_type: z.enum(['HARD_ERROR', 'SOFT_ERROR']).default('HARD_ERROR'),
      }),
    )
    .optional(),
});
