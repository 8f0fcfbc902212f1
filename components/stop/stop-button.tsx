'use client';
import { OctagonX } from 'lucide-react';
import { useCallback, useEffect, useState } from 'react';
import { may, type Role } from '@/lib/domain/roles';
import type { StopView } from '@/lib/domain/views';
import { stopButtonWords as words } from '@/lib/words/en/stop-button';
import { buttonLook } from '../ui/button';
import { cn } from '../ui/cn';
import { Dialog } from '../ui/dialog';
import { useEvents } from '../wire/events';
import { call } from '../wire/send';
import { StopSheet } from './stop-sheet';

const CHANGES = ['stop.ordered', 'stop.progressed', 'stop.confirmed', 'stop.released'];

/**
 * One press from stopping everything: it stands in the head of every signed-in page and asks once. Who may not stop ads is not
 * offered what would be refused, and who may not lift a stop is not offered that.
 */
export function StopButton({ member }: { member: Role }) {
  return may(member, 'ads.stop') ? <Pressable mayLift={may(member, 'ads.release')} /> : null;
}

/** What it shows after a press is what was read back, and stays true while it is open. */
function Pressable({ mayLift }: { mayLift: boolean }) {
  const [open, setOpen] = useState(false);
  const [stop, setStop] = useState<StopView | null>(null);

  const load = useCallback(async () => {
    const answer = await call<StopView>('GET', '/api/stop');
    if (answer.ok) setStop(answer.data);
  }, []);
  useEffect(() => void load(), [load]);
  useEvents((event) => {
    if (CHANGES.includes(event.type)) void load();
  });

  const standing = stop?.state ?? null;
  // A stop that is lifted while the sheet is open leaves it a sheet about how it stands.
  const [stood, setStood] = useState(false);
  useEffect(() => setStood((before) => open && (before || standing !== null)), [open, standing]);
  return (
    <>
      <button
        type="button"
        onClick={() => setOpen(true)}
        aria-label={standing ? words.stoppedLabel : words.buttonLabel}
        className={cn(
          buttonLook({ look: 'careful', size: 'small' }),
          'size-10 px-0 sm:size-auto sm:px-3',
          standing ? 'border-broken bg-broken-soft' : '',
        )}
      >
        <OctagonX aria-hidden="true" />
        <span className="max-sm:hidden">{standing ? words.stopped : words.button}</span>
      </button>
      <Dialog open={open} onOpenChange={setOpen} title={standing || stood ? words.results : words.title}>
        <StopSheet stop={stop} mayLift={mayLift} onChange={setStop} onReload={load} onClose={() => setOpen(false)} />
      </Dialog>
    </>
  );
}
