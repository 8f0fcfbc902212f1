import * as z from 'zod';
import { wishCategory } from '../../services/wishes/category';
import { defineTool } from './tool';

export const proposeCategoryTool = defineTool({
  name: 'propose_category',
  description:
    'For running ads that turn out to be about jobs, homes or credit. Facebook fixes that kind when a campaign is made, so this drafts a new campaign with the same ads under the stricter rules, on a launch card. The running one goes on until it is paused.',
  inputSchema: z.object({
    specialAdCategories: z.array(z.enum(['EMPLOYMENT', 'HOUSING', 'FINANCIAL_PRODUCTS_SERVICES'])).max(3),
  }),
  async run({ ctx, input, turn }) {
    const { conversation } = await turn.standing();
    const answer = await wishCategory(ctx, {
      projectId: turn.projectId,
      conversationId: turn.conversationId,
      campaignId: conversation.campaignId,
      specialAdCategories: input.specialAdCategories,
    });
    if (!answer.ready) return { ok: false, problem: answer.problem, ...answer.details };
    return {
      ok: true,
      card: 'a new plan waits for one press',
      running: answer.running,
      name: answer.name,
      notes: answer.notes,
    };
  },
});
