import type { HistoryEntry } from '@/lib/domain/history';
import { dayIn } from '@/lib/domain/time';
import { historyWords as words } from '@/lib/words/en/admin';
import { formatDay, formatTime, type WordsIn } from '@/lib/words/format';

/** The trail, newest first, parted by day as the reader lives it. */
export function HistoryList({ entries, locale, zone }: { entries: readonly HistoryEntry[] } & WordsIn) {
  const days = new Map<string, HistoryEntry[]>();
  for (const entry of entries) {
    const day = dayIn(zone, new Date(entry.at));
    days.set(day, [...(days.get(day) ?? []), entry]);
  }
  return (
    <div className="grid grid-cols-1 gap-8">
      {[...days].map(([day, list]) => (
        <section key={day}>
          <h2 className="mb-2 text-sm font-semibold text-ink-soft">{formatDay(day, locale, 'long')}</h2>
          <ol className="divide-y divide-line rounded-card border border-line bg-surface shadow-card">
            {list.map((entry) => (
              <li key={entry.seq} className="grid gap-x-6 gap-y-0.5 px-5 py-3.5 sm:grid-cols-[4rem_minmax(0,1fr)_auto]">
                <time dateTime={entry.at} className="figures text-sm text-ink-faint max-sm:order-2">
                  {formatTime(entry.at, { locale, zone })}
                </time>
                <div className="min-w-0 max-sm:order-1">
                  <p className="text-[0.9375rem] break-words">
                    <span className="font-medium">{entry.who}</span>
                    <span aria-hidden="true" className="px-1.5 text-ink-faint">
                      ·
                    </span>
                    {entry.text}
                  </p>
                  {entry.detail ? <p className="text-sm break-words text-ink-soft">{entry.detail}</p> : null}
                </div>
                <p className="figures flex flex-wrap items-baseline gap-x-2 text-sm text-ink-faint max-sm:order-3 sm:block sm:text-end">
                  {entry.project ? <span className="block sm:max-w-48 sm:truncate">{entry.project.name}</span> : null}
                  <span className="text-micro">{words.number(entry.seq)}</span>
                </p>
              </li>
            ))}
          </ol>
        </section>
      ))}
    </div>
  );
}
