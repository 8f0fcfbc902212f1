import type { ReactNode } from 'react';

/** Name of a page, one sentence about it, and at most one thing to press. */
export function PageHead({ title, lead, action }: { title: string; lead?: ReactNode; action?: ReactNode }) {
  return (
    <div className="flex flex-wrap items-end justify-between gap-4">
      <div>
        <h1 className="text-headline font-semibold tracking-[-0.025em]">{title}</h1>
        {lead ? <p className="mt-2 max-w-[60ch] text-ink-soft">{lead}</p> : null}
      </div>
      {action}
    </div>
  );
}
