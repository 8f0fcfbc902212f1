import { systemClock } from '../runtime/clock';
import type { ServiceContext } from '../services/context';
import { runTurn } from './run-turn';

/** Writes an answer that no request waits for: nothing but the owner's stored Stop ends it early. */
export function runTurnDetached(input: { ctx: ServiceContext; turnId: string; conversationId: string }): Promise<void> {
  return runTurn({ ...input, clock: systemClock, signal: new AbortController().signal });
}
