import * as z from 'zod';
import type { Envelope } from '../../domain/plan';

const moneyJson = z.strictObject({ minor: z.string().regex(/^\d{1,15}$/), currency: z.string().regex(/^[A-Z]{3}$/) });
const hour = z.number().int().min(0).max(23);

/** Limits as stored in a policy version or an approval's payload. */
export const envelopeSchema: z.ZodType<Envelope> = z.strictObject({
  monthlyCeiling: moneyJson,
  mayPauseBadAds: z.boolean(),
  maySwapInReserves: z.boolean(),
  maxShiftPercent: z.number().int().min(0).max(20),
  maxChangesPerDay: z.number().int().min(0).max(20),
  cooldownHours: z.number().int().min(24).max(336).exactOptional(),
  weekShiftPercent: z.number().int().min(0).max(60).exactOptional(),
  quietHours: z.strictObject({ from: hour, until: hour }).nullable().exactOptional(),
  dayCeiling: moneyJson.nullable().exactOptional(),
  weekCeiling: moneyJson.nullable().exactOptional(),
  largestRaise: moneyJson.nullable().exactOptional(),
  mode: z.enum(['act', 'shadow']).exactOptional(),
  literalClickRate: z.boolean().exactOptional(),
  literalShift: z.boolean().exactOptional(),
  literalFrequency: z.boolean().exactOptional(),
});

/** What the hash of a card about limits covers. `basedOn` is the version it was planned from; null: none was in force. */
export const policyChangeSchema = z.strictObject({
  projectId: z.string(),
  basedOn: z.number().int().nullable(),
  before: envelopeSchema.nullable(),
  after: envelopeSchema,
});
/** The same for the limit of a whole workspace. `basedOn` is the version in force when the card was made. */
export const workspaceLimitChangeSchema = z.strictObject({
  scope: z.literal('workspace'),
  currency: z.string().regex(/^[A-Z]{3}$/),
  basedOn: z.number().int(),
  before: moneyJson,
  after: moneyJson.nullable(),
});
export type WorkspaceLimitChange = z.infer<typeof workspaceLimitChangeSchema>;
export type PolicyChange = z.infer<typeof policyChangeSchema>;
