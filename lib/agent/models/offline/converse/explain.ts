import type { CampaignAction, Evidence } from '../../../../domain/action';
import { agentWords } from '../../../../words/en/agent';
import { explainEvidence } from '../../../../words/en/evidence';

export type SeenDecision = {
  action: CampaignAction;
  state: string;
  evidence: Evidence;
  subjectName: string | null;
  names: Record<string, string>;
};

/** The newest decision that fits the question, from its stored evidence and nothing else. */
export function explain(decisions: readonly SeenDecision[], text: string): string {
  const words = agentWords.why;
  const asksForPause = /\bpaus|stop|turn(?:ed)? off|switch(?:ed)? off/i.test(text);
  const paused = asksForPause ? decisions.find(({ action }) => action.kind.startsWith('pause')) : undefined;
  // What this program keeps up by itself, such as the limit at Facebook, is no change to the ads.
  const decision = paused ?? decisions.find(({ action }) => action.kind !== 'renew_month_guard');
  if (!decision) return words.none;
  const { action, evidence, state } = decision;
  const name = decision.subjectName ? `“${decision.subjectName}”` : words.thisAd;
  const said = explainEvidence(evidence, 'en', decision.names);
  const sentences = [
    asksForPause && !paused && words.noPause,
    state === 'WAITING' ? words.waits : `${words.did[action.kind]?.(name) ?? words.didOther}.`,
    said.because,
    said.facts.length > 0 && words.period(said.period),
    ...said.facts,
    said.wouldChange.length > 0 && words.wouldChange(said.wouldChange),
    state === 'DONE' && words.undo,
  ];
  return sentences.filter(Boolean).join(' ');
}
