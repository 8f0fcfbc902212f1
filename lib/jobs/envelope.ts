import * as z from 'zod';

/** What travels through the queue. Raise `v` when its meaning changes: jobs outlive deployments of our code. */
export const jobEnvelope = z.object({
  v: z.literal(1),
  kind: z.string(),
  workspaceId: z.string(),
  requestId: z.string(),
  data: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  snoozes: z.number().int().default(0),
});
export type JobEnvelope = z.infer<typeof jobEnvelope>;
