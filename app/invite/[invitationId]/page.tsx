import type { Metadata } from 'next';
import { AuthFrame } from '@/components/auth/auth-frame';
import { AcceptInvitation } from '@/components/people/accept-invitation';
import { MessagePage } from '@/components/shell/message-page';
import { buttonLook } from '@/components/ui/button';
import { AppError } from '@/lib/domain/errors';
import { readSession } from '@/lib/http/session';
import { type OpenInvitation, readInvitation } from '@/lib/services/members/invitation';
import { errorWords } from '@/lib/words/en/errors';
import { memberWords, roleWords, inviteWords as words } from '@/lib/words/en/roles';

export const metadata: Metadata = { title: memberWords.invite, referrer: 'no-referrer', robots: { index: false } };

/** Where the link of an invitation leads: who asks, as what, and one press. */
export default async function Invite({ params }: { params: Promise<{ invitationId: string }> }) {
  const { invitationId } = await params;
  const invitation = await readInvitation({ invitationId }).catch(gone);
  if (!invitation)
    return (
      <MessagePage title={words.stale} body={errorWords.invitation_invalid.next}>
        <a href="/dashboard" className={buttonLook()}>
          {memberWords.back}
        </a>
      </MessagePage>
    );
  const session = await readSession();
  const lead = `${words.lead(invitation.email, roleWords[invitation.role].name)} ${roleWords[invitation.role].may}`;
  return (
    <AuthFrame title={words.title(invitation.workspace)} lead={lead}>
      <NextStep invitation={invitation} invitationId={invitationId} email={emailOf(session)} />
    </AuthFrame>
  );
}

function NextStep({
  invitation,
  invitationId,
  email,
}: {
  invitation: OpenInvitation;
  invitationId: string;
  email: string | null;
}) {
  if (email?.toLowerCase() === invitation.email) return <AcceptInvitation invitationId={invitationId} />;
  const next = encodeURIComponent(`/invite/${invitationId}`);
  return (
    <div className="grid gap-4">
      <p className="text-ink-soft">{email ? words.other(invitation.email) : words.needAccount(invitation.email)}</p>
      <div className="flex flex-wrap gap-3">
        <a href={`/sign-up?next=${next}`} className={buttonLook({ size: 'large' })}>
          {words.signUp}
        </a>
        <a href={`/sign-in?next=${next}`} className={buttonLook({ size: 'large', look: 'secondary' })}>
          {words.signIn}
        </a>
      </div>
    </div>
  );
}

/** Somebody who only tries a pretend shop has no address of their own yet. */
function emailOf(session: Awaited<ReturnType<typeof readSession>>): string | null {
  return session && !session.user.pretend ? session.user.email : null;
}

function gone(error: unknown): null {
  if (error instanceof AppError && error.code === 'invitation_invalid') return null;
  throw error;
}
