import * as z from 'zod';
import { listGrades } from '../../services/activity/list-grades';
import { defineTool } from './tool';

export const readGradesTool = defineTool({
  name: 'read_grades',
  description:
    'How past changes turned out against what they had promised, and the score of all of them in one sentence. It is a before and after, not an experiment: say so and claim no cause.',
  inputSchema: z.object({}),
  async run({ ctx, turn }) {
    return { ok: true, ...(await listGrades(ctx, { projectId: turn.projectId })) };
  },
});
