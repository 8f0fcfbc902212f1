import * as z from 'zod';
import { route } from '@/lib/http/route';
import { selectAccount } from '@/lib/services/connections/select-account';

const body = z.strictObject({ accountId: z.string().min(1), pageId: z.string().min(1) });

export const POST = route({ name: 'account-select', body }, async ({ session, params, body: choice }) => {
  await selectAccount(session.ctx, { projectId: params.projectId ?? '', ...choice });
  return { selected: true };
});
