import type { MoneyJson } from '@/lib/domain/money';
import { limitsWords as words } from '@/lib/words/en/admin';
import { formatMoney, type Locale } from '@/lib/words/format';

export type MonthOfLimits = {
  month: string;
  ceiling: MoneyJson;
  spent: MoneyJson;
  promised: MoneyJson;
  left: MoneyJson;
};

/** The month's ceiling as one bar: what is gone, what is promised to ads that run, what is free. */
export function MonthBar({ month, locale }: { month: MonthOfLimits; locale: Locale }) {
  const parts = [
    { label: words.spent, value: month.spent, colour: 'bg-accent' },
    { label: words.promised, value: month.promised, colour: 'bg-accent/45' },
    { label: words.left, value: month.left, colour: 'bg-line' },
  ];
  const name = new Intl.DateTimeFormat(locale, { month: 'long', timeZone: 'UTC' }).format(
    new Date(`${month.month}-01T00:00:00Z`),
  );
  return (
    <section className="grid gap-3">
      <h2 className="flex flex-wrap items-baseline justify-between gap-2 font-semibold">
        {words.month(name)}
        <span className="figures text-sm font-normal text-ink-soft">
          {words.of(formatMoney(month.ceiling, locale))}
        </span>
      </h2>
      <div aria-hidden="true" className="flex h-3 overflow-hidden rounded-full bg-line">
        {parts.map(({ label, value, colour }) => (
          <span key={label} className={colour} style={{ width: `${share(value, month.ceiling)}%` }} />
        ))}
      </div>
      <dl className="grid gap-2">
        {parts.map(({ label, value, colour }) => (
          <div key={label} className="flex items-baseline justify-between gap-4">
            <dt className="flex items-baseline gap-2 text-sm text-ink-soft">
              <span aria-hidden="true" className={`size-2.5 shrink-0 rounded-full ${colour}`} />
              {label}
            </dt>
            <dd className="figures font-semibold">{formatMoney(value, locale)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** Whole per cent of the ceiling, for the width of a bar only. */
function share(part: MoneyJson, whole: MoneyJson): number {
  const all = BigInt(whole.minor);
  return all === 0n ? 0 : Number((BigInt(part.minor) * 100n) / all);
}
