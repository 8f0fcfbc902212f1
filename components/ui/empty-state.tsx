import type { ReactNode } from 'react';

export function EmptyState({ title, children, action }: { title: string; children?: ReactNode; action?: ReactNode }) {
  return (
    <div className="grid justify-items-center gap-2 rounded-card border border-dashed border-line-strong/50 px-6 py-10 text-center">
      <p className="font-medium">{title}</p>
      {children ? <p className="max-w-[36ch] text-sm text-ink-soft">{children}</p> : null}
      {action ? <div className="mt-3">{action}</div> : null}
    </div>
  );
}
