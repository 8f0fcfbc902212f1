import { AppError } from '../../domain/errors';
import { type Role, roleNamed } from '../../domain/roles';
import { inSystem } from '../../runtime/db';

export type OpenInvitation = { workspaceId: string; workspace: string; email: string; role: Role };

/** What an invitation's link leads to. Whoever holds the link may read this much. @throws AppError invitation_invalid */
export async function readInvitation(input: { invitationId: string }): Promise<OpenInvitation> {
  const row = await inSystem((tx) =>
    tx.invitation.findFirst({
      where: { id: input.invitationId, status: 'pending', expiresAt: { gt: new Date() } },
      include: { organization: { select: { name: true } } },
    }),
  );
  if (!row) throw new AppError('invitation_invalid');
  return {
    workspaceId: row.organizationId,
    workspace: row.organization.name,
    email: row.email,
    role: roleNamed(row.role ?? 'analyst'),
  };
}
