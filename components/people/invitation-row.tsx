'use client';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import type { InvitationView } from '@/lib/domain/people';
import { roleWords, memberWords as words } from '@/lib/words/en/roles';
import { formatMoment } from '@/lib/words/format';
import { useLocale } from '../shell/locale';
import { Button } from '../ui/button';
import { call } from '../wire/send';

export function InvitationRow({ invitation }: { invitation: InvitationView }) {
  const router = useRouter();
  const inZone = useLocale();
  const [busy, setBusy] = useState(false);
  async function takeBack() {
    setBusy(true);
    await call('POST', `/api/members/invitations/${encodeURIComponent(invitation.invitationId)}/cancel`, {});
    setBusy(false);
    router.refresh();
  }
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3 py-4">
      <div className="min-w-0 flex-1 basis-56">
        <p className="truncate font-medium">{invitation.email}</p>
        <p className="text-sm text-ink-soft">{words.until(formatMoment(invitation.until, inZone))}</p>
      </div>
      <p className="flex-1 basis-48 text-sm font-medium">{roleWords[invitation.role].name}</p>
      <Button look="secondary" size="small" busy={busy} onClick={takeBack}>
        {words.takeBack}
      </Button>
    </li>
  );
}
