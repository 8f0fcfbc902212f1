import * as z from 'zod';
import { agentWords } from '../../words/en/agent';
import { defineTool } from './tool';

export const showConnectTool = defineTool({
  name: 'show_connect',
  description: 'Shows the card with which the owner connects Facebook. Nothing is connected by showing it.',
  inputSchema: z.object({}),
  async run({ turn }) {
    const { connection } = await turn.standing();
    if (connection.state === 'connected' && connection.account)
      return { ok: false, problem: 'already_connected', account: connection.account.name };
    await turn.postCard({ kind: 'FB_CONNECT', id: turn.projectId, text: agentWords.cards.connect });
    return { ok: true, shown: 'now' };
  },
});
