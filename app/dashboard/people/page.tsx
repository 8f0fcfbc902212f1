import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { InvitationRow } from '@/components/people/invitation-row';
import { InviteForm } from '@/components/people/invite-form';
import { MemberRow } from '@/components/people/member-row';
import { DrawnFor } from '@/components/shell/drawn-for';
import { RefreshOnEvents } from '@/components/shell/refresh-on-events';
import { buttonLook } from '@/components/ui/button';
import { readSession } from '@/lib/http/session';
import { usualCurrency } from '@/lib/services/members/currency';
import { listMembers } from '@/lib/services/members/list';
import { memberWords as words } from '@/lib/words/en/roles';

export const metadata: Metadata = { title: words.title };

const WATCHED = [
  'member.invited',
  'member.joined',
  'member.changed',
  'member.removed',
  'invitation.cancelled',
] as const;

export default async function People() {
  const session = await readSession();
  if (!session) redirect('/sign-in?next=/dashboard/people');
  const [{ members, invitations, mayManage }, currency] = await Promise.all([
    listMembers(session.ctx),
    usualCurrency(session.ctx),
  ]);
  const onlyOwner = members.filter(({ role }) => role === 'owner').length === 1;
  return (
    <>
      <DrawnFor workspaceId={session.ctx.workspaceId} />
      <RefreshOnEvents types={WATCHED} />
      <h1 className="text-headline font-semibold tracking-[-0.025em]">{words.title}</h1>
      <p className="mt-2 text-ink-soft">{words.lead}</p>
      <ul className="mt-6 divide-y divide-line border-y border-line">
        {members.map((member) => (
          <MemberRow
            key={member.userId}
            member={member}
            mayManage={mayManage}
            onlyOwner={onlyOwner}
            currency={currency}
          />
        ))}
      </ul>
      {invitations.length > 0 ? (
        <section className="mt-10">
          <h2 className="text-lg font-semibold tracking-tight">{words.waiting}</h2>
          <ul className="mt-3 divide-y divide-line border-y border-line">
            {invitations.map((invitation) => (
              <InvitationRow key={invitation.invitationId} invitation={invitation} />
            ))}
          </ul>
        </section>
      ) : null}
      {mayManage ? (
        <section className="mt-10">
          <h2 className="text-lg font-semibold tracking-tight">{words.invite}</h2>
          <p className="mt-1 mb-5 text-ink-soft">{words.inviteLead}</p>
          <InviteForm currency={currency} />
        </section>
      ) : null}
      {session.user.pretend ? (
        <section className="mt-10 grid justify-items-start gap-4">
          <p className="text-ink-soft">{words.signUpFirst}</p>
          <a href="/sign-up" className={buttonLook()}>
            {words.signUp}
          </a>
        </section>
      ) : null}
    </>
  );
}
