'use client';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import type { DriftView, Problem } from '@/lib/domain/views';
import { driftSentence, keepSentence, driftWords as words } from '@/lib/words/en/drift';
import { useLocale } from '../shell/locale';
import { ProblemNote } from '../shell/problem-note';
import { Button } from '../ui/button';
import { Card } from '../ui/card';
import { call } from '../wire/send';

/** Silent changes, one card per campaign: keep theirs, or put ours back as far as that is possible. */
export function DriftList({ drift }: { drift: readonly DriftView[] }) {
  const campaigns = new Map<string, DriftView[]>();
  for (const one of drift) campaigns.set(one.campaignId, [...(campaigns.get(one.campaignId) ?? []), one]);
  return (
    <ul className="grid grid-cols-1 gap-4">
      {[...campaigns].map(([campaignId, changes]) => (
        <li key={campaignId}>
          <CampaignDrift changes={changes} />
        </li>
      ))}
    </ul>
  );
}

type Decision = 'keep' | 'restore';

function CampaignDrift({ changes }: { changes: readonly DriftView[] }) {
  const router = useRouter();
  const [busy, setBusy] = useState<Decision | null>(null);
  const [done, setDone] = useState<Decision | 'nothing' | null>(null);
  const [refused, setRefused] = useState<Problem | null>(null);
  const open = changes.filter(({ state }) => state === 'OPEN');
  const restorable = open.filter(({ mayRestore }) => mayRestore);
  const { locale } = useLocale();

  async function decide(decision: Decision) {
    setBusy(decision);
    setRefused(null);
    const findings = decision === 'keep' ? open : restorable;
    const answer = await call<{ results?: { answer: string }[] }>('POST', '/api/drift', {
      findingIds: findings.map(({ id }) => id),
      decision,
    });
    setBusy(null);
    if (!answer.ok) return setRefused(answer.problem);
    const back = answer.data.results?.filter((one) => one.answer === 'allow' || one.answer === 'ask').length ?? 0;
    setDone(decision === 'restore' && back === 0 ? 'nothing' : decision);
    return router.refresh();
  }

  return (
    <Card className="grid grid-cols-1 gap-4 p-5 sm:p-6">
      <div>
        <h3 className="font-semibold break-words">{changes[0]?.campaignName}</h3>
        <p className="text-sm text-ink-soft">{words.lead}</p>
      </div>
      <ul className="divide-y divide-line text-[0.9375rem]">
        {changes.map((change) => (
          <li key={change.id} className="flex flex-wrap justify-between gap-x-4 py-2">
            <span>{driftSentence(change, locale)}</span>
            <span className="text-sm text-ink-faint">
              {change.changedBy ? words.by(change.changedBy) : words.levels[change.level]}
            </span>
          </li>
        ))}
      </ul>
      {open.map((change) => {
        const said = keepSentence(change, locale);
        return said && !done ? (
          <p key={change.id} className="text-sm text-careful">
            {said}
          </p>
        ) : null;
      })}
      {refused ? <ProblemNote problem={refused} /> : null}
      {done || open.length === 0 ? (
        <p role="status" className="text-sm text-accent">
          {done === 'nothing' ? words.nothing : done === 'keep' ? words.kept : words.restoring}
        </p>
      ) : (
        <div className="flex flex-wrap gap-2">
          {restorable.length > 0 ? (
            <Button
              look="secondary"
              size="small"
              busy={busy === 'restore'}
              disabled={busy !== null}
              onClick={() => decide('restore')}
            >
              {words.restore}
            </Button>
          ) : null}
          <Button
            look="quiet"
            size="small"
            busy={busy === 'keep'}
            disabled={busy !== null}
            onClick={() => decide('keep')}
          >
            {words.keep}
          </Button>
        </div>
      )}
      {restorable.length < open.length && !done ? <p className="text-micro text-ink-faint">{words.cannot}</p> : null}
      {restorable.length > 0 && !done ? <p className="text-micro text-ink-faint">{words.restoreNote}</p> : null}
    </Card>
  );
}
