import * as z from 'zod';
import { wishAudience } from '../../services/wishes/audience';
import { defineTool } from './tool';
import { cardAnswer } from './wish-answer';

const towns = z.array(z.string().min(2).max(80)).max(5).optional();
const age = z.number().int().min(18).max(65).optional();

export const proposeAudienceTool = defineTool({
  name: 'propose_audience',
  description:
    'For an owner who wants running ads shown to other people: puts a card with before and after into the chat. Changes nothing by itself. Leave out what stays.',
  inputSchema: z.object({
    alsoIn: towns.describe('Towns beside those it has'),
    onlyIn: towns.describe('Towns instead of those it has'),
    notIn: towns.describe('Towns to leave out'),
    wholeCountry: z.boolean().optional(),
    radiusKm: z.number().int().min(2).max(80).optional(),
    ageMin: age,
    ageMax: age,
    interests: z.array(z.string().min(2).max(80)).max(5).optional().describe('What these people like; [] for none'),
  }),
  async run({ ctx, input, turn }) {
    const { conversation } = await turn.standing();
    const { alsoIn, onlyIn, notIn, wholeCountry, radiusKm, ageMin, ageMax, interests } = input;
    return cardAnswer(
      await wishAudience(ctx, {
        projectId: turn.projectId,
        campaignId: conversation.campaignId,
        ...(alsoIn ? { alsoIn } : {}),
        ...(onlyIn ? { onlyIn } : {}),
        ...(notIn ? { notIn } : {}),
        ...(wholeCountry === undefined ? {} : { wholeCountry }),
        ...(radiusKm === undefined ? {} : { radiusKm }),
        ...(ageMin === undefined ? {} : { ageMin }),
        ...(ageMax === undefined ? {} : { ageMax }),
        ...(interests ? { interests } : {}),
      }),
    );
  },
});
