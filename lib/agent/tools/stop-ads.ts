import * as z from 'zod';
import { askToStop } from '../../services/standing/ask-to-stop';
import { defineTool } from './tool';

export const stopAdsTool = defineTool({
  name: 'stop_ads',
  description:
    'For an owner who wants running ads stopped: puts a card before them with which one press pauses each campaign. It can only lower spending.',
  inputSchema: z.object({}),
  async run({ ctx, turn }) {
    const asked = await askToStop(ctx, { projectId: turn.projectId });
    if (asked.length === 0) return { ok: false, problem: 'nothing_runs' };
    return {
      ok: asked.every(({ answer }) => answer !== 'refuse'),
      done: asked.every(({ answer }) => answer === 'allow'),
      campaigns: asked,
    };
  },
});
