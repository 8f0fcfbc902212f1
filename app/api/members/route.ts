import * as z from 'zod';
import { route } from '@/lib/http/route';
import { terms } from '@/lib/http/terms';
import { inviteMember } from '@/lib/services/members/invite';
import { listMembers } from '@/lib/services/members/list';

const body = z.strictObject({ email: z.email().max(200), ...terms });

export const GET = route({ name: 'members' }, async ({ session }) => listMembers(session.ctx));

/** Invites by e-mail. Few per minute: each is a mail to somebody. */
export const POST = route({ name: 'member-invite', body, limitPerMinute: 10 }, async ({ session, body: invitation }) =>
  inviteMember(session.ctx, invitation),
);
