import * as z from 'zod';
import { agentWords } from '../../words/en/agent';
import { defineTool } from './tool';

export const showAccountPickerTool = defineTool({
  name: 'show_account_picker',
  description: 'Shows the card on which the owner chooses the ad account and the Page for this business.',
  inputSchema: z.object({}),
  async run({ turn }) {
    const { connection } = await turn.standing();
    if (connection.state !== 'connected') return { ok: false, problem: 'not_connected' };
    if (turn.history.some((message) => message.kind === 'ACCOUNT_PICKER') && !connection.account)
      return { ok: true, shown: 'earlier' };
    await turn.postCard({ kind: 'ACCOUNT_PICKER', id: turn.projectId, text: agentWords.cards.accountPicker });
    return { ok: true, shown: 'now' };
  },
});
