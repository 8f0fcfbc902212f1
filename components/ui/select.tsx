'use client';
import { ChevronDown } from 'lucide-react';
import { useId } from 'react';

type SelectProps = {
  label: string;
  hint?: string;
  value: string;
  options: readonly { value: string; label: string }[];
  onChange: (value: string) => void;
};

/** The system's own list: on a phone it is the one the finger knows. */
export function Select({ label, hint, value, options, onChange }: SelectProps) {
  const id = useId();
  return (
    <div className="grid gap-1.5">
      <label htmlFor={id} className="text-sm font-medium">
        {label}
      </label>
      <div className="relative">
        <select
          id={id}
          value={value}
          onChange={(event) => onChange(event.target.value)}
          aria-describedby={hint ? `${id}-hint` : undefined}
          className="h-12 w-full appearance-none rounded-control border border-line-strong bg-surface ps-3.5 pe-10 text-base text-ink"
        >
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
        <ChevronDown aria-hidden="true" className="pointer-events-none absolute end-3 top-4 size-4 text-ink-faint" />
      </div>
      {hint ? (
        <p id={`${id}-hint`} className="text-micro text-ink-faint">
          {hint}
        </p>
      ) : null}
    </div>
  );
}
