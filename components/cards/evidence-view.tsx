import type { Evidence } from '@/lib/domain/action';
import { cardWords } from '@/lib/words/en/cards';
import { formatDays, formatPercent } from '@/lib/words/format';
import { useLocale } from '../shell/locale';
import { evidenceWordsOf } from './evidence-words';

const words = cardWords.action;

/** Why, from the record made at that moment: the numbers, what else was weighed, what would have changed it. */
export function EvidenceView({ evidence, subjectName }: { evidence: Evidence; subjectName: string | null }) {
  const { locale } = useLocale();
  const said = evidenceWordsOf(evidence, subjectName, locale);
  return (
    <div className="grid gap-4 text-[0.9375rem]">
      {said.facts.length > 0 ? <Lines items={said.facts} /> : null}
      {said.alternatives.length > 0 ? <div><h5 className="text-sm font-semibold">{words.alternatives}</h5><Lines items={said.alternatives} /></div> : null}
      {said.wouldChange.length > 0 ? <div><h5 className="text-sm font-semibold">{words.wouldChange}</h5><Lines items={said.wouldChange} /></div> : null}
      <p className="text-micro text-ink-faint">
        {words.period(formatDays(evidence.since, evidence.until, locale))}
        {evidence.confidence === null ? '' : ` · ${words.sure(formatPercent(evidence.confidence, locale))}`}
      </p>
    </div>
  );
}

function Lines({ items }: { items: string[] }) {
  return (
    <ul className="mt-1 grid gap-1.5 text-ink-soft">
      {items.map((item) => <li key={item} className="flex gap-3"><span aria-hidden="true" className="mt-2.75 h-0.5 w-3 shrink-0 bg-line-strong" />{item}</li>)}
    </ul>
  );
}
