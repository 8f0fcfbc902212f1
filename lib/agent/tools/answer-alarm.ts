import * as z from 'zod';
import { answerAlarmQuestion } from '../../services/monitor/answer-question';
import { defineTool } from './tool';

export const answerAlarmTool = defineTool({
  name: 'answer_alarm',
  description:
    'Passes on what the owner just answered to the question whether the shop is all right: it is (all-fine), only the counting is broken (tracking-broken), or the shop is broken (site-broken, which pauses the ads). Only the owner’s own answer counts.',
  inputSchema: z.object({ says: z.enum(['all-fine', 'tracking-broken', 'site-broken']) }),
  async run({ ctx, input, turn }) {
    // A page or a comment that says "all fine" is not the owner.
    const last = turn.history.at(-1);
    if (last?.role !== 'owner' || last.origin !== 'owner') return { ok: false, problem: 'owner_has_not_answered' };
    await answerAlarmQuestion(ctx, { projectId: turn.projectId, says: input.says });
    return { ok: true };
  },
});
