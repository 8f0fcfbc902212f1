import * as z from 'zod';
import { route } from '@/lib/http/route';
import { terms } from '@/lib/http/terms';
import { changeMemberRole } from '@/lib/services/members/change-role';

const body = z.strictObject(terms);

export const POST = route({ name: 'member-role', body }, async ({ session, params, body: wanted }) => {
  await changeMemberRole(session.ctx, { userId: params.userId ?? '', ...wanted });
  return { changed: true };
});
