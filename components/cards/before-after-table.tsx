import { cardWords } from '@/lib/words/en/cards';
import { cn } from '../ui/cn';

const words = cardWords.action;

/** What a card would change, line by line: how it is now, and how it would be. */
export function BeforeAfterTable({
  title,
  rows,
}: {
  title: string;
  rows: readonly { label: string; before: string; after: string }[];
}) {
  return (
    <table className="figures w-full text-start text-[0.9375rem]">
      <caption className="sr-only">{title}</caption>
      <thead>
        <tr className="text-micro text-ink-faint">
          <th scope="col" className="pb-1.5 text-start font-medium">
            <span className="sr-only">{title}</span>
          </th>
          <th scope="col" className="pb-1.5 text-end font-medium">
            {words.before}
          </th>
          <th scope="col" className="pb-1.5 text-end font-medium">
            {words.after}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.label} className="border-t border-line">
            <th scope="row" className="py-2 pe-3 text-start font-normal text-ink-soft">
              {row.label}
            </th>
            <td className="py-2 text-end text-ink-soft">{row.before}</td>
            <td className={cn('py-2 ps-3 text-end', row.before === row.after ? '' : 'font-semibold')}>{row.after}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
