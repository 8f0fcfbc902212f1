import * as z from 'zod';
import { wishTest } from '../../services/wishes/test';
import { reasonSentences } from '../../words/en/actions';
import { testRefusal, testWishSentence } from '../../words/en/ad-tests';
import { defineTool } from './tool';

export const testAdsTool = defineTool({
  name: 'test_ads',
  description:
    'For an owner who asks which of the running ads (texts, pictures) or groups is better, or where you would like to find that out: puts a card into the chat that says what is compared, what difference it could see, by when, and that it costs nothing more. It starts only by a press. Where it is too small to see anything there is no card, and the sentence says how long it would take. A guess about which is better belongs in question; it stays a guess until the test ends.',
  inputSchema: z.object({
    compare: z.enum(['ads', 'groups']).optional().describe('Ads inside a group, or groups with budgets of their own'),
    named: z
      .array(z.string().min(1).max(120))
      .max(6)
      .optional()
      .describe(
        'Which: numbers in the owner’s order ("1") or a part of the headline or name; leave out for all that run',
      ),
    question: z.string().max(300).optional(),
  }),
  async run({ ctx, input, turn }) {
    const { conversation } = await turn.standing();
    const last = turn.history.at(-1);
    const asked = last?.role === 'owner' && last.origin === 'owner';
    const said = await wishTest(ctx, {
      projectId: turn.projectId,
      campaignId: conversation.campaignId,
      compare: input.compare ?? 'ads',
      ...(input.named ? { named: input.named } : {}),
      question: input.question ?? null,
      by: asked ? 'owner' : 'agent',
    });
    if (!('refused' in said)) return { ok: true, card: 'waits for one press', sentence: testWishSentence(said, 'en') };
    const because = reasonSentences(said.reasons ?? []);
    const sentence = because.length > 0 ? because.join(' ') : testRefusal(said, 'en');
    return { ok: false, problem: said.refused, days: said.days, sentence };
  },
});
