import { AppError } from '../../domain/errors';
import { randomToken } from '../../runtime/crypto';
import { env } from '../../runtime/env';
import { sha256Hex } from '../../runtime/ids';
import { type ServiceContext, transact } from '../context';
import { record } from '../ledger/record';
import { sendInvitationMail } from '../mail/send-invitation-mail';
import { requireMay } from '../workspaces/require-may';
import { columnsOfTerms, type Terms } from './terms';

const DAYS = 7;
const DAY_MS = 86_400_000;

/**
 * Invites somebody by e-mail: the link in the mail is the key, and works for seven days (real time). Inviting the same
 * address again takes the earlier link back. Nobody who came without a sign-up can send mail through us.
 * @throws AppError not_permitted, invalid_input, conflict for somebody who is a member already
 */
export async function inviteMember(
  ctx: ServiceContext,
  input: Terms & { email: string },
): Promise<{ invitationId: string }> {
  const email = input.email.trim().toLowerCase();
  const terms = columnsOfTerms(input);
  const sent = await transact(ctx, async (tx, inner) => {
    await requireMay(inner, 'member.manage');
    const inviterId = ctx.actor.type === 'user' ? ctx.actor.id : '';
    const inviter = await tx.user.findUnique({ where: { id: inviterId }, select: { name: true, isAnonymous: true } });
    if (!inviter || inviter.isAnonymous) throw new AppError('not_permitted', { why: 'without a sign-up' });
    const workspace = await tx.organization.findUniqueOrThrow({
      where: { id: ctx.workspaceId },
      select: { name: true },
    });
    const there = await tx.member.count({ where: { organizationId: ctx.workspaceId, user: { email } } });
    if (there > 0) throw new AppError('conflict', { why: 'a member already' });
    await tx.invitation.updateMany({
      where: { organizationId: ctx.workspaceId, email, status: 'pending' },
      data: { status: 'canceled' },
    });
    const id = randomToken(24);
    await tx.invitation.create({
      data: {
        id,
        organizationId: ctx.workspaceId,
        email,
        ...terms,
        inviterId,
        expiresAt: new Date(Date.now() + DAYS * DAY_MS),
      },
    });
    await record(tx, inner, {
      event: 'member.invited',
      subject: { type: 'workspace', id: ctx.workspaceId },
      // The trail names the address by its digest: people are deleted, audit rows are not.
      audit: {
        after: {
          address: sha256Hex(email).slice(0, 16),
          role: terms.role,
          limit: terms.approvalLimitMinor?.toString() ?? null,
        },
      },
    });
    return { id, inviter: inviter.name, workspace: workspace.name };
  });
  const url = new URL(`/invite/${sent.id}`, env().APP_URL).toString();
  await sendInvitationMail({ to: email, inviter: sent.inviter, workspace: sent.workspace, role: terms.role, url });
  return { invitationId: sent.id };
}
