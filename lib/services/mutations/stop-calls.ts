import { AppError } from '../../domain/errors';
import type { AccountAccess, RemoteSeen } from '../../platforms/port';
import { readerFor } from '../../platforms/registry-readers';
import { writerFor } from '../../platforms/registry-writers';
import { describeError } from '../../runtime/log';
import type { TakenTarget } from './stop-take';

export type StopOutcome =
  /** Read back: it does not run. */
  | { kind: 'off'; seen: RemoteSeen | null }
  /** Read back, and it still runs. */
  | { kind: 'on'; seen: RemoteSeen }
  /** The platform took it but could not be read back yet. */
  | { kind: 'unread'; reason: string; waitMs: number | null }
  /** Not sent, or not known to have been taken: to be sent again. */
  | { kind: 'later'; reason: string; waitMs: number | null }
  | { kind: 'refused'; reason: string };

export type StopResult = {
  target: TakenTarget;
  /** What became of the write; null where none was sent. */
  write: { outcome: 'DONE' | 'REJECTED' | 'UNKNOWN'; error?: string } | null;
  outcome: StopOutcome;
};

const GONE = ['ARCHIVED', 'DELETED'];

/** One campaign: pause it (unless it only has to be read back), then look. Never throws: a stop goes on with the next. */
export async function pauseAndLook(access: AccountAccess, target: TakenTarget): Promise<StopResult> {
  let write: StopResult['write'] = null;
  if (target.effectKey !== null) {
    try {
      await writerFor(access.platform).setStatus(access, 'campaign', target.remoteId, 'PAUSED');
      write = { outcome: 'DONE' };
    } catch (error) {
      const unknown = !(error instanceof AppError) || error.code === 'platform_unknown_outcome';
      const message = describeError(error).message;
      write = { outcome: unknown ? 'UNKNOWN' : 'REJECTED', error: message };
      if (!unknown) return { target, write, outcome: afterRefusal(error) };
    }
  }
  return { target, write, outcome: await look(access, target, write?.outcome === 'UNKNOWN') };
}

async function look(access: AccountAccess, target: TakenTarget, wasLost: boolean): Promise<StopOutcome> {
  try {
    const seen = await readerFor(access.platform).read(access, 'campaign', target.remoteId);
    if (!seen) return { kind: 'off', seen: null };
    const off =
      seen.status === 'PAUSED' || GONE.includes(seen.status ?? '') || GONE.includes(seen.effectiveStatus ?? '');
    return off ? { kind: 'off', seen } : { kind: 'on', seen };
  } catch (error) {
    const reason = error instanceof AppError ? error.code : 'internal';
    return { kind: wasLost ? 'later' : 'unread', reason, waitMs: waitOf(error) };
  }
}

function afterRefusal(error: AppError): StopOutcome {
  if (error.code === 'platform_retry_later') return { kind: 'later', reason: error.code, waitMs: waitOf(error) };
  return { kind: 'refused', reason: error.code };
}

function waitOf(error: unknown): number | null {
  const wait = error instanceof AppError ? error.details.retryAfterMs : null;
  return typeof wait === 'number' && wait > 0 ? wait : null;
}
