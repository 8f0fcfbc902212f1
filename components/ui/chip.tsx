import type { ComponentProps } from 'react';
import { cn } from './cn';

/** A short answer to press. Says everything itself: no tooltip anywhere in the product. */
export function Chip({ className, type = 'button', ...rest }: ComponentProps<'button'>) {
  return (
    <button
      {...rest}
      type={type}
      className={cn(
        'target min-h-9 rounded-2xl border border-line-strong/50 bg-surface px-3.5 py-1.5 text-start text-sm font-medium text-ink transition-colors hover:border-accent hover:bg-accent-soft disabled:opacity-55',
        className,
      )}
    />
  );
}
