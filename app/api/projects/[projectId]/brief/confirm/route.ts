import * as z from 'zod';
import { route } from '@/lib/http/route';
import { confirmBrief } from '@/lib/services/briefs/confirm';

const body = z.strictObject({ version: z.int32().min(1) });

export const POST = route({ name: 'brief-confirm', body }, async ({ session, params, body: { version } }) => {
  await confirmBrief(session.ctx, { projectId: params.projectId ?? '', version });
  return { confirmed: true };
});
