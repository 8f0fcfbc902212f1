import type { CampaignAction, Evidence } from '@/lib/domain/action';
import { cardWords } from '@/lib/words/en/cards';
import { explainEvidence, type SubjectNames } from '@/lib/words/en/evidence';
import { formatPercent } from '@/lib/words/format';
import { useLocale } from '../shell/locale';

const words = cardWords.action;

type Named = { action: CampaignAction; subjectName: string | null; names?: SubjectNames };

/** What the action is about and what it was compared with, by the names the owner knows. */
export function namesOf({ action, subjectName, names = {} }: Named): SubjectNames {
  if (!subjectName) return names;
  if ('adKey' in action) return { ...names, [action.adKey]: subjectName };
  return 'adSetKey' in action ? { ...names, [action.adSetKey]: subjectName } : names;
}

/** The reason in one sentence. */
export function Because({ evidence }: { evidence: Evidence }) {
  const { locale } = useLocale();
  return <>{explainEvidence(evidence, locale).because}</>;
}

/** Why, from the record made at that moment: the numbers, what else was weighed, what would have changed it. */
export function EvidenceView({ evidence, names }: { evidence: Evidence; names: SubjectNames }) {
  const { locale } = useLocale();
  const said = explainEvidence(evidence, locale, names);
  return (
    <div className="grid gap-4 text-[0.9375rem]">
      <Lines items={said.facts} />
      <Lines title={words.alternatives} items={said.alternatives} />
      <Lines title={words.wouldChange} items={said.wouldChange} />
      <p className="text-micro text-ink-faint">
        {words.period(said.period)}
        {evidence.confidence === null ? '' : ` · ${words.sure(formatPercent(evidence.confidence, locale))}`}
      </p>
    </div>
  );
}

function Lines({ title, items }: { title?: string; items: string[] }) {
  if (items.length === 0) return null;
  return (
    <div>
      {title ? <h5 className="mb-1 text-sm font-semibold">{title}</h5> : null}
      <ul className="grid gap-1 text-ink-soft">
        {items.map((item) => (
          <li key={item} className="flex gap-3">
            <span aria-hidden="true" className="mt-2.75 h-0.5 w-3 shrink-0 bg-line-strong" />
            {item}
          </li>
        ))}
      </ul>
    </div>
  );
}
