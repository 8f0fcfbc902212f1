'use client';
import type { ActionApprovalView } from '@/lib/domain/message';
import { audienceRows } from '@/lib/words/en/audience';
import { cardWords } from '@/lib/words/en/cards';
import { formatMoney } from '@/lib/words/format';
import { useLocale } from '../shell/locale';
import { BeforeAfterTable } from './before-after-table';
import { Part } from './card-frame';
import { FeedMock } from './feed-mock';

const words = cardWords.action;

/** What exactly would change, in the form that fits the kind: a table, a picture of the ad, a warning. */
export function ActionSubject({ card }: { card: ActionApprovalView }) {
  const { locale } = useLocale();
  const { action } = card;
  switch (action.kind) {
    case 'set_audience':
      return (
        <>
          <BeforeAfterTable title={words.audience.title} rows={audienceRows(action.from, action.to, locale)} />
          <Note>{words.audience.learning}</Note>
        </>
      );
    case 'add_ad':
      return (
        <>
          <Part title={words.newAd.title}>
            <div className="max-w-72">
              <FeedMock ad={action.ad} page={card.page ?? card.campaignName} />
            </div>
          </Part>
          <Note>{words.newAd.promise}</Note>
        </>
      );
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
