import * as z from 'zod';
import { wishNewAd } from '../../services/wishes/new-ad';
import { defineTool } from './tool';
import { cardAnswer } from './wish-answer';

export const proposeNewAdTool = defineTool({
  name: 'propose_new_ad',
  description:
    'For an owner who wants another ad beside those that run: draws its picture and puts a card that shows it into the chat. It is made only after the press.',
  inputSchema: z.object({
    idea: z.string().min(3).max(120).describe('The thought behind this ad in one plain phrase, for the owner'),
    headline: z.string().min(3).max(40),
    primaryText: z.string().min(10).max(300).describe('The ad’s text; the first 125 characters matter most'),
  }),
  async run({ ctx, input, turn }) {
    const { conversation } = await turn.standing();
    return cardAnswer(
      await wishNewAd(ctx, { projectId: turn.projectId, campaignId: conversation.campaignId, ad: input }),
    );
  },
});
