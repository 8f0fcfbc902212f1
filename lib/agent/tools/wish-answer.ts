import type { Wished } from '../../services/wishes/running';
import { reasonSentences } from '../../words/en/actions';
import type { ToolResult } from './tool';

/** What a tool tells the model of a wish: that a card stands there now, or what keeps it from making sense. */
export function cardAnswer(wished: Wished): ToolResult {
  if (wished.ready) return { ok: true, card: 'waits for one press', campaign: wished.campaign, notes: wished.notes };
  const { reasons, ...details } = wished.details;
  return {
    ok: false,
    problem: wished.problem,
    ...details,
    ...(Array.isArray(reasons) ? { because: reasonSentences(reasons as string[]) } : {}),
  };
}
