import type { CountersView } from '@/lib/domain/insight';
import type { ReportView } from '@/lib/domain/message';
import { cardWords, countResults, resultWords } from '@/lib/words/en/cards';
import { formatDays, formatMoney, formatNumber, formatRange, type Locale } from '@/lib/words/format';
import { RichText } from '../chat/rich-text';
import { useLocale } from '../shell/locale';
import { CardFrame, Part } from './card-frame';
import { type Figure, Figures } from './figures';
import { RangeChart } from './range-chart';

const words = cardWords.report;

/** One week in four numbers, against the week before and against what was promised. */
export function ReportCard({ card }: { card: ReportView }) {
  const { locale } = useLocale();
  return (
    <CardFrame eyebrow={`${words.eyebrow} · ${formatDays(card.since, card.until, locale)}`} title={card.campaignName}>
      {card.partialWeek ? (
        <p className="mb-4 rounded-xl bg-sunken px-4 py-2.5 text-sm text-ink-soft">{words.partial}</p>
      ) : null}
      <Figures figures={figuresOf(card, locale)} />
      <div className="mt-5 text-[0.9375rem]">
        <RichText text={card.summary} />
      </div>
      {card.expected && card.totals.results !== null ? (
        <Judged expected={card.expected} real={card.totals.results} locale={locale} />
      ) : null}
      {card.ahead ? (
        <Part title={words.aheadTitle}>
          <p className="text-sm text-ink-soft">{card.ahead}</p>
        </Part>
      ) : null}
      <Lists card={card} />
      <p className="mt-5 border-t border-line pt-4 text-sm text-ink-faint">{soFar(card, locale)}</p>
    </CardFrame>
  );
}

function figuresOf({ totals, previous, goal }: ReportView, locale: Locale): Figure[] {
  const money = (value: CountersView['spend'] | null) => (value ? formatMoney(value, locale) : words.noneYet);
  const count = (value: number | null) => (value === null ? words.unknown : formatNumber(value, locale));
  const result = resultWords[goal];
  const tracked = goal !== 'TRAFFIC' && totals.results !== null;
  const counted = (value: number | null | undefined) =>
    typeof value === 'number' ? formatNumber(value, locale) : null;
  return [
    {
      label: words.spent,
      value: money(totals.spend),
      note: before(previous && formatMoney(previous.spend, locale)),
      strong: true,
    },
    { label: words.reached, value: count(totals.reach), strong: true },
    tracked
      ? {
          label: result.many.charAt(0).toUpperCase() + result.many.slice(1),
          value: count(totals.results),
          note: before(counted(previous?.results)),
          strong: true,
        }
      : { label: words.clicks, value: count(totals.clicks), note: before(counted(previous?.clicks)), strong: true },
    ...(tracked
      ? [
          {
            label: result.each,
            value: money(totals.costPerResult),
            note: before(previous?.costPerResult ? formatMoney(previous.costPerResult, locale) : null),
            strong: true,
          },
        ]
      : []),
  ];
}

/** The week before as it was. Whether a change means anything is for the summary, which knows the usual ups and downs. */
function before(value: string | null): string {
  return value === null ? '' : words.before(value);
}

function Judged({ expected, real, locale }: { expected: { low: number; high: number }; real: number; locale: Locale }) {
  const note = real < expected.low ? words.below : real > expected.high ? words.above : words.insideNote;
  return (
    <Part title={words.expectedTitle}>
      <p className="text-lg font-semibold tracking-tight">
        {words.inside(formatRange(expected, locale), formatNumber(real, locale))}
      </p>
      <RangeChart low={expected.low} high={expected.high} real={real} locale={locale} />
      <p className="mt-2 text-sm text-ink-soft">{note}</p>
    </Part>
  );
}

function Lists({ card }: { card: ReportView }) {
  const groups = [
    [words.needsYou, card.needsYou],
    [words.done, card.done],
    [words.watching, card.watching],
  ] as const;
  return (
    <div className="mt-6 grid gap-5 border-t border-line pt-5 sm:grid-cols-3">
      {groups.map(([title, items]) => (
        <section key={title}>
          <h4 className="text-sm font-semibold">{title}</h4>
          {items.length === 0 ? (
            <p className="mt-1 text-sm text-ink-faint">{words.nothing}</p>
          ) : (
            <ul className="mt-1 grid gap-1.5 text-sm text-ink-soft">
              {items.map((item) => (
                <li key={item}>{item}</li>
              ))}
            </ul>
          )}
        </section>
      ))}
    </div>
  );
}

function soFar({ sinceLaunch, goal }: ReportView, locale: Locale): string {
  const spend = formatMoney(sinceLaunch.spend, locale);
  return sinceLaunch.results === null
    ? words.soFarSpend(spend)
    : words.soFar(spend, countResults(sinceLaunch.results, goal, locale));
}
