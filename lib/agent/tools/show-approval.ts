import * as z from 'zod';
import { agentWords } from '../../words/en/agent';
import { defineTool } from './tool';

export const showApprovalTool = defineTool({
  name: 'show_approval',
  description:
    'Brings the card that waits for the owner’s answer into this chat. It approves nothing. With several waiting, name one by its id.',
  inputSchema: z.object({ approvalId: z.string().optional() }),
  async run({ input, turn }) {
    const { waiting, campaigns } = await turn.standing();
    const named = waiting.map((card) => ({
      ...card,
      campaign: campaigns.find(({ id }) => id === card.campaignId)?.name ?? null,
    }));
    if (named.length === 0) return { ok: false, problem: 'nothing_waits' };
    const chosen = input.approvalId
      ? named.find((card) => card.approvalId === input.approvalId)
      : named.length === 1
        ? named[0]
        : undefined;
    if (!chosen)
      return {
        ok: false,
        problem: 'several_wait',
        waiting: named.map(({ approvalId, kind, campaign }) => ({ approvalId, kind, campaign })),
      };
    const lastShown = turn.history.findLast((message) => message.kind === 'APPROVAL_REQUEST');
    if (lastShown?.cardId === chosen.approvalId)
      return { ok: true, shown: 'earlier', kind: chosen.kind, campaign: chosen.campaign };
    await turn.postCard({ kind: 'APPROVAL_REQUEST', id: chosen.approvalId, text: agentWords.cards.approval });
    return { ok: true, shown: 'now', kind: chosen.kind, campaign: chosen.campaign };
  },
});
