import * as z from 'zod';
import { route } from '@/lib/http/route';
import { proposePolicyChange } from '@/lib/services/policy/propose-change';
import { readPolicy } from '@/lib/services/policy/read';

const amount = z.strictObject({ minor: z.string().regex(/^\d{1,15}$/), currency: z.string().regex(/^[A-Z]{3}$/) });
const hour = z.number().int().min(0).max(23);
const body = z.strictObject({
  conversationId: z.string().min(1).nullable(),
  change: z.strictObject({
    monthlyCeiling: amount.exactOptional(),
    weekCeiling: amount.nullable().exactOptional(),
    dayCeiling: amount.nullable().exactOptional(),
    largestRaise: amount.nullable().exactOptional(),
    mayPauseBadAds: z.boolean().exactOptional(),
    maySwapInReserves: z.boolean().exactOptional(),
    maxShiftPercent: z.number().int().exactOptional(),
    weekShiftPercent: z.number().int().exactOptional(),
    maxChangesPerDay: z.number().int().exactOptional(),
    cooldownHours: z.number().int().exactOptional(),
    quietHours: z.strictObject({ from: hour, until: hour }).nullable().exactOptional(),
    mode: z.enum(['act', 'shadow']).exactOptional(),
  }),
});

/** The limits in force, in words; `policy` is null before the first launch. */
export const GET = route({ name: 'policy-read' }, async ({ session, params }) => ({
  policy: await readPolicy(session.ctx, { projectId: params.projectId ?? '' }),
}));

/** Asks for other limits: answers the card that waits for its press. */
export const POST = route({ name: 'policy-propose', body }, async ({ session, params, body: asked }) => ({
  approval: await proposePolicyChange(session.ctx, { projectId: params.projectId ?? '', ...asked }),
}));
