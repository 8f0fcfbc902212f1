import { inSystem } from '../../runtime/db';
import { createWorkspace } from './create';

/** The person's workspace for pretend shops, made when there is none: pretend and live never share one. */
export async function pretendWorkspaceOf(input: { userId: string; name: string }): Promise<string> {
  const member = await inSystem((tx) =>
    tx.member.findFirst({
      where: { userId: input.userId, role: 'owner', organization: { pretend: true } },
      orderBy: { createdAt: 'asc' },
      select: { organizationId: true },
    }),
  );
  return member?.organizationId ?? (await createWorkspace({ ...input, pretend: true }));
}
