'use client';
import type { ActionApprovalView } from '@/lib/domain/message';
import { audienceRows } from '@/lib/words/en/audience';
import { cardWords } from '@/lib/words/en/cards';
import { formatMoney } from '@/lib/words/format';
import { useLocale } from '../shell/locale';
import { BeforeAfterTable } from './before-after-table';
import { FeedMock } from './feed-mock';
import { TestSubject } from './test-subject';

const words = cardWords.action;

/** What exactly would change, in the form that fits the kind: a table, a picture of the ad, a warning. */
export function ActionSubject({ card }: { card: ActionApprovalView }) {
  const { locale } = useLocale();
  const { action } = card;
  const waits = card.state === 'WAITING';
  switch (action.kind) {
    case 'set_audience':
      return (
        <>
          <AudienceChange rows={audienceRows(action.from, action.to, locale)} />
          {waits ? <Note>{words.audience.learning}</Note> : null}
        </>
      );
    case 'add_ad':
      return (
        <>
          <h4 className="mb-2.5 text-sm font-semibold">{words.newAd.title}</h4>
          <div className="max-w-72">
            <FeedMock ad={action.ad} page={card.page ?? card.campaignName} />
          </div>
          {waits ? <Note>{words.newAd.promise}</Note> : null}
        </>
      );
    case 'start_test':
      return <TestSubject card={card} test={action.test} />;
    case 'delete_ad':
    case 'delete_campaign':
      return <p className="text-[0.9375rem] text-ink-soft">{words.removal[action.kind]}</p>;
    case 'set_ad_set_budget':
      return (
        <>
          {card.spend ? <MoneyChange spend={card.spend} /> : null}
          {action.newMonthlyCeiling ? (
            <p className="mt-3 text-sm font-medium">
              {words.newCeiling(formatMoney(action.newMonthlyCeiling, locale))}
            </p>
          ) : null}
        </>
      );
    default:
      return card.spend ? <MoneyChange spend={card.spend} /> : null;
  }
}

/** Sentences side by side are hard to compare: now above, then below. */
function AudienceChange({ rows }: { rows: readonly { label: string; before: string; after: string }[] }) {
  return (
    <dl>
      {rows.map((row) => (
        <div
          key={row.label}
          className="grid gap-x-4 gap-y-1 border-t border-line py-3 text-[0.9375rem] first:border-0 first:pt-0 last:pb-0 sm:grid-cols-[6rem_1fr]"
        >
          <dt className="font-medium">{row.label}</dt>
          <dd className="grid gap-1">
            <p className="grid grid-cols-[3rem_1fr] text-ink-soft">
              <span className="text-ink-faint">{words.before}</span>
              <span>{row.before}</span>
            </p>
            <p className="grid grid-cols-[3rem_1fr]">
              <span className="text-ink-faint">{words.after}</span>
              <span className="font-medium">{row.after}</span>
            </p>
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Note({ children }: { children: string }) {
  return <p className="mt-4 rounded-xl bg-sunken px-4 py-2.5 text-sm text-ink-soft">{children}</p>;
}

function MoneyChange({ spend }: { spend: NonNullable<ActionApprovalView['spend']> }) {
  const { locale } = useLocale();
  const rows = (['day', 'worstDay', 'week', 'month'] as const).map((key) => ({
    label: cardWords.plan.money[key],
    before: formatMoney(spend.before[key], locale),
    after: formatMoney(spend.after[key], locale),
  }));
  return <BeforeAfterTable title={words.money} rows={rows} />;
}
