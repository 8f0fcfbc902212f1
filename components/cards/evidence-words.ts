import type { Evidence } from '@/lib/domain/action';
import type { Locale } from '@/lib/words/format';

export type EvidenceSaid = { facts: string[]; alternatives: string[]; wouldChange: string[] };

export function evidenceWordsOf(_evidence: Evidence, _subjectName: string | null, _locale: Locale): EvidenceSaid {
  return { facts: [], alternatives: [], wouldChange: [] };
}
