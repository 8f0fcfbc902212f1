import * as z from 'zod';
import { readDecisions } from '../../services/standing/decisions';
import { defineTool } from './tool';

export const explainActionTool = defineTool({
  name: 'explain_action',
  description:
    'What was changed on running ads and the evidence stored at that moment. An explanation may use these numbers and no others.',
  inputSchema: z.object({ limit: z.number().int().min(1).max(10).optional() }),
  async run({ ctx, input, turn }) {
    const decisions = await readDecisions(ctx, { projectId: turn.projectId, limit: input.limit ?? 3 });
    return { ok: true, decisions };
  },
});
