import { sendEmail } from '../../channels/email';
import type { Role } from '../../domain/roles';
import { mailWords } from '../../words/en/mail';

/** The invitation with its link. */
export async function sendInvitationMail(input: {
  to: string;
  inviter: string;
  workspace: string;
  role: Role;
  url: string;
}): Promise<void> {
  const { to, ...words } = input;
  await sendEmail({ to, ...mailWords.invite(words) });
}
