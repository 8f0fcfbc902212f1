import * as z from 'zod';
import { route } from '@/lib/http/route';
import { createProject } from '@/lib/services/projects/create';

const body = z.object({ name: z.string().trim().min(1).max(80) });

export const POST = route({ name: 'project-create', body, limitPerMinute: 20 }, async ({ session, body: { name } }) =>
  createProject(session.ctx, { name, locale: session.user.locale, timezone: session.user.timezone }),
);
