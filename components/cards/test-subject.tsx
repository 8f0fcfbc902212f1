'use client';
import type { AdTestTerms } from '@/lib/domain/ad-test';
import type { ActionApprovalView } from '@/lib/domain/message';
import { actionCardWords } from '@/lib/words/en/action-card';
import { testCardLines, testCardWords } from '@/lib/words/en/ad-tests';
import { formatMoney } from '@/lib/words/format';
import { useLocale } from '../shell/locale';
import { AdPicture } from './ad-picture';
import { BeforeAfterTable } from './before-after-table';

/** A comparison before it starts: what stands against what, what it can see and by when, and what it costs. */
export function TestSubject({ card, test }: { card: ActionApprovalView; test: AdTestTerms }) {
  const { locale } = useLocale();
  const names = card.names ?? {};
  return (
    <div className="grid gap-5">
      <div>
        <h4 className="mb-2.5 text-sm font-semibold">{testCardWords.compared[test.level]}</h4>
        <ol className="grid gap-2.5">
          {(card.compared ?? []).map((arm, index) => (
            <Arm key={arm.key} arm={arm} letter={testCardWords.letters[index] ?? ''} />
          ))}
        </ol>
      </div>
      <dl>
        {testCardLines(test, locale).map((line) => (
          <div
            key={line.label}
            className="grid gap-x-4 gap-y-0.5 border-t border-line py-2.5 text-[0.9375rem] first:border-0 first:pt-0 last:pb-0 sm:grid-cols-[8.5rem_1fr]"
          >
            <dt className="font-medium">{line.label}</dt>
            <dd className="text-ink-soft">{line.text}</dd>
          </div>
        ))}
      </dl>
      {test.moves.length > 0 ? (
        <div>
          <h4 className="mb-2.5 text-sm font-semibold">{testCardWords.money}</h4>
          <BeforeAfterTable
            title={testCardWords.money}
            rows={test.moves.map(({ adSetKey, from, to }) => ({
              label: names[adSetKey] ?? actionCardWords.money,
              before: formatMoney(from, locale),
              after: formatMoney(to, locale),
            }))}
          />
        </div>
      ) : null}
    </div>
  );
}

function Arm({ arm, letter }: { arm: NonNullable<ActionApprovalView['compared']>[number]; letter: string }) {
  return (
    <li className="flex gap-3.5 rounded-xl border border-line p-3">
      {arm.picture ? (
        <div className="size-16 shrink-0 overflow-hidden rounded-lg">
          <AdPicture sha={arm.picture} alt="" shape="square" />
        </div>
      ) : null}
      <div className="min-w-0">
        <p className="font-medium">
          <span className="mr-2 text-ink-faint">{letter}</span>
          {arm.name}
        </p>
        <p className="mt-0.5 text-sm text-ink-soft">{arm.text}</p>
      </div>
    </li>
  );
}
