'use client';
import { ChevronDown } from 'lucide-react';
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
    <div className="relative w-full sm:max-w-52">
      <select
        aria-label={words.open}
        className="h-10 w-full appearance-none rounded-control border border-line bg-surface ps-3 pe-9 text-sm text-ink"
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
      <ChevronDown aria-hidden="true" className="pointer-events-none absolute end-3 top-3 size-4 text-ink-faint" />
    </div>
  );
}
