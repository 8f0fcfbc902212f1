import * as z from 'zod';
import { runReactions } from '../../reactions/run';
import { defineJob } from '../define-job';

/** Everything that follows from one event. */
export const reactJob = defineJob({
  kind: 'react',
  queue: 'react',
  schema: z.object({ eventId: z.string() }),
  run: ({ ctx, data }) => runReactions(data.eventId, ctx.workspaceId),
});
