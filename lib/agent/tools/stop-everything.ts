import * as z from 'zod';
import { wantsStop } from '../../domain/stop-words';
import { stopNow } from '../../services/mutations/stop-now';
import { askToStop } from '../../services/standing/ask-to-stop';
import { defineTool, type Turn } from './tool';

export const stopEverythingTool = defineTool({
  name: 'stop_everything',
  description:
    'For an owner who wants the ads of this shop stopped. Where the owner’s own last message says so, everything is paused at once and checked at the platform; otherwise a card per campaign asks for one press. It can only lower spending.',
  inputSchema: z.object({}),
  async run({ ctx, turn }) {
    // Code, not the model, reads whether the owner asked: a page or a comment that says "stop" is not the owner.
    if (!wantsStop(lastOwnerWords(turn))) {
      const asked = await askToStop(ctx, { projectId: turn.projectId });
      if (asked.length === 0) return { ok: false, problem: 'nothing_runs' };
      return {
        ok: asked.every(({ answer }) => answer !== 'refuse'),
        done: asked.every(({ answer }) => answer === 'allow'),
        campaigns: asked,
      };
    }
    const stop = await stopNow(ctx, { scope: { kind: 'project', projectId: turn.projectId }, via: 'words' });
    if (stop.counts.campaigns === 0) return { ok: false, problem: 'nothing_runs' };
    return { ok: true, done: true, confirmed: stop.state === 'STOPPED', counts: stop.counts };
  },
});

function lastOwnerWords(turn: Turn): string {
  const said = turn.history.filter(({ role, origin }) => role === 'owner' && origin === 'owner').at(-1);
  return said?.text ?? '';
}
