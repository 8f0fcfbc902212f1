import * as z from 'zod';
import type { CampaignAction } from '../../domain/action';

const key = z.string().min(1).max(100);
const amount = z.strictObject({ minor: z.string().regex(/^\d+$/), currency: z.string().regex(/^[A-Z]{3}$/) });
const move = z.strictObject({ adSetKey: key, from: amount, to: amount });

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
  z.strictObject({ kind: z.literal('swap_creative'), adKey: key, reserveKey: key }),
  z.strictObject({ kind: z.literal('renew_month_guard'), month: z.string().regex(/^\d{4}-\d{2}$/) }),
]);
