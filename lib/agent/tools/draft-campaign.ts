import * as z from 'zod';
import type { LeadFormWords } from '../../domain/lead-form';
import { moneyToDecimal } from '../../domain/money';
import { CALLS_TO_ACTION } from '../../domain/plan';
import { draftCampaign } from '../../services/plans/draft-campaign';
import { defineTool } from './tool';

const idea = z.object({
  idea: z.string().min(3).max(120).describe('The thought behind this ad in one plain phrase, for the owner'),
  headline: z.string().min(3).max(40),
  primaryText: z.string().min(10).max(300).describe('The ad’s text; the first 125 characters matter most'),
  callToAction: z.enum(CALLS_TO_ACTION),
});

export const draftCampaignTool = defineTool({
  name: 'draft_campaign',
  description:
    'Writes the whole plan from the confirmed brief and puts it on a card for the owner’s approval; spends nothing. With a plan that waits or was sent back, makes its next version: leave out what stays. Returns problems when the plan cannot run as it is.',
  inputSchema: z.object({
    ads: z.array(idea).length(3).optional().describe('Three ads with different thoughts; needed for the first version'),
    reserves: z
      .array(idea)
      .min(1)
      .max(2)
      .optional()
      .describe('One or two more, shown on the card and kept in the drawer'),
    audience: z
      .object({
        ageMin: z.number().int().min(18).max(65).optional(),
        ageMax: z.number().int().min(18).max(65).optional(),
        cities: z
          .array(z.string())
          .max(5)
          .optional()
          .describe('Towns to show the ads around; [] for the whole country'),
        radiusKm: z.number().int().min(2).max(80).optional().describe('Facebook takes 17 to 80; less becomes 17'),
        specialAdCategories: z
          .array(z.enum(['EMPLOYMENT', 'HOUSING', 'FINANCIAL_PRODUCTS_SERVICES']))
          .optional()
          .describe('For ads about jobs, homes or credit: stricter rules apply'),
      })
      .optional(),
    form: z
      .object({
        title: z.string().min(3).max(60).optional(),
        intro: z.string().min(5).max(400).optional().describe('Why to leave details, and what happens then'),
        thanksTitle: z.string().min(2).max(60).optional(),
        thanksText: z.string().min(5).max(200).optional(),
        askPhone: z.boolean().optional().describe('Name and e-mail are always asked; the phone unless this is false'),
      })
      .optional()
      .describe('Words of the form on Facebook, in the customers’ language; only for LEADS without a website'),
  }),
  async run({ ctx, input, turn }) {
    const drafted = await draftCampaign(ctx, {
      projectId: turn.projectId,
      conversationId: turn.conversationId,
      ideas: { ...(input.ads ? { ads: input.ads } : {}), ...(input.reserves ? { reserves: input.reserves } : {}) },
      ...(input.form ? { form: formOf(input.form) } : {}),
      ...(input.audience ? { changes: input.audience } : {}),
    });
    if (!drafted.ready) return { ok: false, problem: drafted.problem, ...drafted.details };
    const { plan } = drafted;
    return {
      ok: true,
      version: drafted.version,
      changed: drafted.changed,
      here: drafted.conversationId === turn.conversationId,
      name: plan.name,
      dailyBudget: {
        amount: moneyToDecimal({ minor: BigInt(plan.dailyBudget.minor), currency: plan.dailyBudget.currency }),
        currency: plan.dailyBudget.currency,
      },
      expected: plan.projection,
      places: drafted.places,
      notes: drafted.notes,
    };
  },
});

/** Only what was said: a part left out keeps its words. */
function formOf(form: { [Key in keyof LeadFormWords]?: LeadFormWords[Key] | undefined }): LeadFormWords {
  return Object.fromEntries(Object.entries(form).filter(([, value]) => value !== undefined));
}
