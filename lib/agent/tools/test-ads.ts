import * as z from 'zod';
import { planOrStartAdTest } from '../../services/ad-tests/start';
import { adTestSentence } from '../../words/en/ad-tests';
import { defineTool } from './tool';

export const testAdsTool = defineTool({
  name: 'test_ads',
  description:
    'Plans a comparison of the ads that run side by side: what difference it can see and when it ends, or that it is too small to see anything and how long it would take. With start true it begins, only after the owner’s own message asked for it. It changes nothing at Facebook and costs nothing more. A guess about which ad is better belongs in question; it stays a guess until the test ends.',
  inputSchema: z.object({ start: z.boolean().optional(), question: z.string().max(300).optional() }),
  async run({ ctx, input, turn }) {
    // A page or a comment cannot start anything.
    const last = turn.history.at(-1);
    if (input.start && (last?.role !== 'owner' || last.origin !== 'owner'))
      return { ok: false, problem: 'owner_has_not_asked' };
    const { campaigns, conversation } = await turn.standing();
    const campaign =
      campaigns.find(({ id }) => id === conversation.campaignId) ?? campaigns.find(({ status }) => status === 'ACTIVE');
    if (!campaign) return { ok: false, problem: 'nothing_runs' };
    const said = await planOrStartAdTest(ctx, {
      campaignId: campaign.id,
      question: input.question ?? null,
      start: input.start ?? false,
    });
    return said ? { ok: true, ...said, sentence: adTestSentence(said, 'en') } : { ok: false, problem: 'nothing_runs' };
  },
});
