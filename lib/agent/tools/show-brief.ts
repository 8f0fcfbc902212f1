import * as z from 'zod';
import { isCompleteBrief } from '../../domain/brief';
import { briefCardId } from '../../services/briefs/card';
import { agentWords } from '../../words/en/agent';
import { defineTool } from './tool';

export const showBriefTool = defineTool({
  name: 'show_brief',
  description:
    'Shows the finished brief on a card with a Confirm button. Only the owner’s press confirms it. Works when nothing is missing.',
  inputSchema: z.object({}),
  async run({ turn }) {
    const { brief } = await turn.standing();
    if (!isCompleteBrief(brief.draft)) return { ok: false, problem: 'brief_incomplete', missing: brief.missing };
    const id = briefCardId(turn.projectId, brief.version);
    if (turn.history.some((message) => message.kind === 'BRIEF_SUMMARY' && message.cardId === id)) {
      return { ok: true, shown: 'earlier', confirmed: brief.confirmed };
    }
    await turn.postCard({ kind: 'BRIEF_SUMMARY', id, text: agentWords.cards.brief });
    return { ok: true, shown: 'now', confirmed: brief.confirmed };
  },
});
