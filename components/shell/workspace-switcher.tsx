'use client';
import { useState } from 'react';
import type { WorkspaceView } from '@/lib/domain/people';
import { workspaceWords as words } from '@/lib/words/en/roles';
import { useAnnouncer } from '../ui/announcer';
import { call } from '../wire/send';

/** Which of one's workspaces is open; shown only where there is more than one. Choosing another opens it. */
export function WorkspaceSwitcher({ workspaces }: { workspaces: readonly WorkspaceView[] }) {
  const [busy, setBusy] = useState(false);
  const { toast } = useAnnouncer();
  const active = workspaces.find((workspace) => workspace.active);
  if (workspaces.length < 2 || !active) return null;

  async function open(id: string) {
    setBusy(true);
    const answer = await call('POST', `/api/workspaces/${encodeURIComponent(id)}/switch`, {});
    // Everything on the page belongs to the workspace, so it is asked for as a whole.
    if (answer.ok) return window.location.assign('/dashboard');
    toast({ tone: 'broken', text: answer.problem.title, detail: answer.problem.next });
    setBusy(false);
  }

  return (
    <select
      aria-label={words.open}
      className="h-10 w-full rounded-control border border-line bg-surface px-3 text-sm text-ink sm:max-w-52"
      value={active.id}
      disabled={busy}
      onChange={(event) => void open(event.currentTarget.value)}
    >
      {workspaces.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </select>
  );
}
