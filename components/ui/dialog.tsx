'use client';
import { X } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { uiWords } from '@/lib/words/en/ui';
import { buttonLook } from './button';
import { cn } from './cn';

type DialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  description?: string;
  children: ReactNode;
};

/** Tells the primitive that nothing is missing where the title says it all. */
const undescribed = { 'aria-describedby': undefined };
const veil = 'fixed inset-0 z-40 bg-veil animate-fade';
const close = cn(buttonLook({ look: 'quiet', size: 'icon' }), 'shrink-0');

/** Centre of the screen; the whole width at the bottom edge on a phone. */
export function Dialog({
  open,
  onOpenChange,
  title,
  description,
  children,
  wide = false,
}: DialogProps & { wide?: boolean }) {
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className={veil} />
        <Radix.Content
          {...(description ? {} : undescribed)}
          className={cn(
            'fixed inset-x-0 bottom-0 z-50 flex max-h-[92dvh] flex-col rounded-t-3xl border border-line bg-surface shadow-lift animate-rise sm:inset-0 sm:m-auto sm:h-fit sm:rounded-3xl',
            wide ? 'sm:max-w-3xl' : 'sm:max-w-md',
          )}
        >
          <div className="flex items-start justify-between gap-4 px-6 pt-5 pb-3">
            <div className="grid gap-1 pt-1">
              <Radix.Title className="text-xl font-semibold tracking-tight">{title}</Radix.Title>
              {description ? (
                <Radix.Description className="text-sm text-ink-soft">{description}</Radix.Description>
              ) : null}
            </div>
            <Radix.Close className={close} aria-label={uiWords.close}>
              <X aria-hidden="true" />
            </Radix.Close>
          </div>
          <div className="overflow-y-auto px-6 pb-6">{children}</div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** A pane that slides in from one side: what stands beside the chat on a wide screen. */
export function Sheet({ open, onOpenChange, title, children, side }: DialogProps & { side: 'start' | 'end' }) {
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className={veil} />
        <Radix.Content
          {...undescribed}
          className={cn(
            'fixed inset-y-0 z-50 flex w-[min(23rem,92vw)] flex-col border-line bg-paper shadow-lift',
            side === 'start' ? 'start-0 border-e animate-sheet-start' : 'end-0 border-s animate-sheet-end',
          )}
        >
          <div className="flex items-center justify-between border-b border-line py-2 ps-5 pe-3">
            <Radix.Title className="font-semibold">{title}</Radix.Title>
            <Radix.Close className={close} aria-label={uiWords.close}>
              <X aria-hidden="true" />
            </Radix.Close>
          </div>
          <div className="min-h-0 flex-1 overflow-y-auto">{children}</div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
