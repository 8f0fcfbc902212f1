import type { ComponentProps, ReactNode } from 'react';
import { useId } from 'react';
import { cn } from './cn';

const box =
  'w-full rounded-control border border-line-strong bg-surface px-3.5 text-base text-ink placeholder:text-ink-faint focus-visible:border-accent focus-visible:outline-offset-0 disabled:opacity-60 aria-invalid:border-broken';

export function Input({ className, ...rest }: ComponentProps<'input'>) {
  return <input {...rest} className={cn(box, 'h-12', className)} />;
}

type FieldProps = Omit<ComponentProps<'input'>, 'id'> & { label: string; hint?: ReactNode; problem?: string | null };

/** Label, box, hint and problem tied together, so that a screen reader hears them as one. */
export function Field({ label, hint, problem, ...rest }: FieldProps) {
  const id = useId();
  const described = [hint ? `${id}-hint` : null, problem ? `${id}-problem` : null].filter(Boolean).join(' ');
  return (
    <div className="grid gap-1.5">
      <label htmlFor={id} className="text-sm font-medium">
        {label}
      </label>
      <Input {...rest} id={id} aria-invalid={problem ? true : undefined} aria-describedby={described || undefined} />
      {hint ? (
        <p id={`${id}-hint`} className="text-micro text-ink-faint">
          {hint}
        </p>
      ) : null}
      {problem ? (
        <p id={`${id}-problem`} className="text-micro text-broken">
          {problem}
        </p>
      ) : null}
    </div>
  );
}
