import { cardWords } from '@/lib/words/en/cards';
import { formatNumber, type Locale } from '@/lib/words/format';

const WIDTH = 480;
const EDGE = 14;
const AXIS_Y = 26;

/** The promised range as a band and what really came as a dot. The same is said in words beside it. */
export function RangeChart({ low, high, real, locale }: { low: number; high: number; real: number; locale: Locale }) {
  const top = Math.max(high, real, 1) * 1.15;
  const x = (value: number) => EDGE + (value / top) * (WIDTH - 2 * EDGE);
  const say = (value: number) => formatNumber(value, locale);
  return (
    <svg
      role="img"
      aria-label={cardWords.report.chart(say(low), say(high), say(real))}
      viewBox={`0 0 ${WIDTH} 58`}
      className="figures mt-3 block w-full max-w-lg overflow-visible"
    >
      <line
        x1={EDGE}
        x2={WIDTH - EDGE}
        y1={AXIS_Y}
        y2={AXIS_Y}
        stroke="var(--line)"
        strokeWidth="3"
        strokeLinecap="round"
      />
      <line
        x1={x(low)}
        x2={x(high)}
        y1={AXIS_Y}
        y2={AXIS_Y}
        stroke="color-mix(in oklab, var(--accent) 32%, var(--surface))"
        strokeWidth="14"
        strokeLinecap="round"
      />
      <circle cx={x(real)} cy={AXIS_Y} r="9" fill="var(--accent)" stroke="var(--surface)" strokeWidth="3" />
      <text x={x(low)} y="54" textAnchor="middle" fontSize="14" fill="var(--ink-faint)">
        {say(low)}
      </text>
      {high > low ? (
        <text x={x(high)} y="54" textAnchor="middle" fontSize="14" fill="var(--ink-faint)">
          {say(high)}
        </text>
      ) : null}
      <text x={x(real)} y="11" textAnchor="middle" fontSize="15" fontWeight="600" fill="var(--ink)">
        {say(real)}
      </text>
    </svg>
  );
}
