import * as z from 'zod';
import { planHoldout } from '../../domain/optimization/experiments/plan-holdout';
import { holdoutSentence } from '../../words/en/holdout';
import { defineTool } from './tool';

const sales = z.array(z.number().min(0).max(1e7)).max(260);

export const planHoldoutTool = defineTool({
  name: 'plan_holdout',
  description:
    'Plans a test of what the ads really bring: weeks with and without ads (or regions without), from the shop’s own sales per week whatever brought them, oldest first. The owner must name those sales; never guess them. Says what it could see and what it costs, or refuses. It starts nothing.',
  inputSchema: z.object({
    weeklySales: sales,
    /** Share of all sales the owner believes the ads bring, in per cent. */
    believedPercent: z.number().min(1).max(100).optional(),
    maxWeeks: z.number().int().min(2).max(26).optional(),
    regions: z
      .array(z.object({ key: z.string().min(1).max(60), weeklySales: sales }))
      .max(50)
      .optional(),
  }),
  run({ input }) {
    const believed = input.believedPercent ?? 20;
    const answer = planHoldout({
      weeklySales: input.weeklySales,
      adShare: believed / 100,
      maxWeeks: input.maxWeeks ?? 8,
      regions: input.regions ?? [],
      // The same figures give the same weeks: asked again nothing changes.
      seed: Math.round(input.weeklySales.reduce((sum, one, at) => sum + one * (at + 1), 0)),
    });
    return Promise.resolve({ ok: true, ...answer, sentence: holdoutSentence(answer, { believed, locale: 'en' }) });
  },
});
