import { cn } from '../ui/cn';

export type Figure = { label: string; value: string; note?: string; strong?: boolean };

/** Amounts side by side, in digits of one width. */
export function Figures({ figures, columns = 4 }: { figures: Figure[]; columns?: 2 | 3 | 4 }) {
  return (
    <dl
      className={cn(
        'grid grid-cols-2 gap-x-4 gap-y-4',
        columns === 3 ? 'sm:grid-cols-3' : columns === 4 ? 'sm:grid-cols-4' : '',
      )}
    >
      {figures.map((figure) => (
        <div key={figure.label} className="flex min-w-0 flex-col">
          <dt className="text-micro text-ink-faint">{figure.label}</dt>
          <dd
            className={cn(
              'figures tracking-tight',
              figure.strong && /\d/.test(figure.value) ? 'text-figure font-semibold' : 'text-lg font-semibold',
            )}
          >
            {figure.value}
          </dd>
          {figure.note ? <dd className="text-micro text-ink-soft">{figure.note}</dd> : null}
        </div>
      ))}
    </dl>
  );
}
