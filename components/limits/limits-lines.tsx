import type { PolicyField } from '@/lib/domain/policy-change';
import { limitsWords as words } from '@/lib/words/en/admin';
import type { PolicyLine } from '@/lib/words/en/policy';

/** The limits in three groups an owner thinks in; every field stands in exactly one. */
export const LIMIT_GROUPS = {
  money: ['monthlyCeiling', 'weekCeiling', 'dayCeiling', 'largestRaise'],
  alone: ['mode', 'mayPauseBadAds', 'maySwapInReserves', 'maxShiftPercent'],
  rhythm: ['maxChangesPerDay', 'weekShiftPercent', 'cooldownHours', 'quietHours'],
  thumb: ['literalClickRate', 'literalShift', 'literalFrequency'],
} as const satisfies Record<keyof typeof words.groups, readonly PolicyField[]>;

export const GROUP_NAMES = Object.keys(LIMIT_GROUPS) as (keyof typeof LIMIT_GROUPS)[];

export function LimitsLines({ lines }: { lines: readonly PolicyLine[] }) {
  return (
    <div className="grid gap-6">
      {GROUP_NAMES.map((group) => (
        <section key={group}>
          <h3 className="mb-1 font-semibold">{words.groups[group]}</h3>
          <dl className="divide-y divide-line">
            {LIMIT_GROUPS[group].map((field) => {
              const line = lines.find((one) => one.field === field);
              return line ? (
                <div key={field} className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-0.5 py-3">
                  <dt className="min-w-0 flex-1 basis-64">
                    <span className="block text-[0.9375rem]">{line.label}</span>
                    <span className="block text-sm text-ink-faint">{line.hint}</span>
                  </dt>
                  <dd className="figures font-medium">{line.value}</dd>
                </div>
              ) : null;
            })}
          </dl>
        </section>
      ))}
    </div>
  );
}
