'use client';
import type { ReactNode } from 'react';
import { Badge, type Tone } from '../ui/badge';
import { Card } from '../ui/card';
import { cn } from '../ui/cn';
import { useAwake } from '../ui/use-awake';

type CardFrameProps = {
  eyebrow?: string;
  title: string;
  badge?: { tone: Tone; text: string } | null;
  muted?: boolean;
  children?: ReactNode;
  label?: string;
};

/**
 * Head of every card: what it is, what it says, how it stands. A muted card can no longer do anything. Until the page
 * hears presses a card takes none, so that no decision is lost without a sign.
 */
export function CardFrame({ eyebrow, title, badge, muted = false, children, label }: CardFrameProps) {
  const awake = useAwake();
  return (
    <Card
      aria-label={label ?? title}
      className={cn('overflow-hidden', muted ? 'border-dashed bg-transparent shadow-none' : '')}
    >
      <header className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2 px-5 pt-5 sm:px-7 sm:pt-6">
        <div className="min-w-0 flex-1 basis-56">
          {eyebrow ? <p className="text-sm font-medium text-ink-faint">{eyebrow}</p> : null}
          <h3
            className={cn(
              'text-xl leading-snug font-semibold tracking-tight break-words',
              muted ? 'text-ink-soft' : '',
            )}
          >
            {title}
          </h3>
        </div>
        {badge ? (
          <Badge tone={badge.tone} className="mt-0.5">
            {badge.text}
          </Badge>
        ) : null}
      </header>
      <div inert={!awake} className="px-5 pt-3 pb-5 sm:px-7 sm:pb-7">
        {children}
      </div>
    </Card>
  );
}

/** A part of a long card, parted by a hairline. */
export function Part({ title, children, note }: { title?: string; children: ReactNode; note?: string }) {
  return (
    <section className="mt-6 border-t border-line pt-5">
      {title ? <h4 className="mb-3 font-semibold">{title}</h4> : null}
      {children}
      {note ? <p className="mt-3 text-sm text-ink-soft">{note}</p> : null}
    </section>
  );
}
