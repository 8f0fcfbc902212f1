import * as z from 'zod';
import type { Envelope } from '../../domain/plan';

const moneyJson = z.object({ minor: z.string().regex(/^-?\d+$/), currency: z.string().length(3) });

/** Limits as stored in a policy version or an approval's payload. */
export const envelopeSchema: z.ZodType<Envelope> = z.object({
  monthlyCeiling: moneyJson,
  mayPauseBadAds: z.boolean(),
  maySwapInReserves: z.boolean(),
  maxShiftPercent: z.number().int().min(0).max(100),
  maxChangesPerDay: z.number().int().min(0),
});
