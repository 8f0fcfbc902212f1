import * as z from 'zod';
import { wishDeletion } from '../../services/wishes/deletion';
import { defineTool } from './tool';
import { cardAnswer } from './wish-answer';

export const proposeDeletionTool = defineTool({
  name: 'propose_deletion',
  description:
    'For an owner who wants an ad, or the whole campaign, deleted for good: puts a card into the chat that says it cannot be taken back. Deletes nothing by itself. Pausing is the milder way.',
  inputSchema: z.object({
    what: z.enum(['ad', 'campaign']),
    number: z.number().int().min(-1).max(20).optional().describe('Which ad: 1 is the first, -1 the last'),
    headline: z.string().min(2).max(100).optional().describe('Or part of its headline'),
  }),
  async run({ ctx, input, turn }) {
    const { conversation } = await turn.standing();
    const ad =
      input.what === 'campaign'
        ? null
        : input.headline !== undefined
          ? { headline: input.headline }
          : { number: input.number ?? 0 };
    return cardAnswer(await wishDeletion(ctx, { projectId: turn.projectId, campaignId: conversation.campaignId, ad }));
  },
});
