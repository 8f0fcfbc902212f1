import { AppError } from '../../domain/errors';
import type { DrawSeen, LeadFormSeen, Lookup, RemoteSeen, StopRuleSeen } from '../../platforms/port';
import type { Tx } from '../../runtime/db';
import { describeError, log } from '../../runtime/log';
import { type ServiceContext, transact } from '../context';
import {
  claimSend,
  type EffectIntent,
  type OpenEffect,
  openEffect,
  settleDone,
  settleNeedsReview,
  settleRejected,
  settleUnknown,
} from './ledger';

/** How one write meets the outside. All three may be called again after a crash. */
export type EffectCalls<Seen = RemoteSeen> = {
  /** Is what we may have asked for already there? Asked only after the settle wait. */
  lookUp(marker: string): Promise<Lookup<Seen>>;
  /** An object found is ours only as long as this holds (paused, under the right parent). */
  mayAdopt(object: Seen): boolean;
  send(marker: string): Promise<{ remoteId: string | null }>;
  /** Runs with the outcome in one transaction. */
  onDone?(tx: Tx, ctx: ServiceContext, remoteId: string | null): Promise<void>;
};

export type AnyCalls = EffectCalls<RemoteSeen | StopRuleSeen | LeadFormSeen | DrawSeen>;

export type EffectResult =
  | { kind: 'done'; remoteId: string | null }
  /** A call may have left: come back after the wait, without holding anything. */
  | { kind: 'wait'; seconds: number }
  | { kind: 'needs_review'; reason: string };

/** Look-ups that proved nothing, before a person is asked. */
const MAX_ATTEMPTS = 12;

/**
 * One write to a platform, exactly once as far as the platform lets us know: intent before the call, a mark in the
 * name, and after a lost answer a look before another send. Never sends on an inconclusive look-up.
 * @param settleMs how long a call that may have left is given to show up, real milliseconds
 * @throws AppError for rejections, conflict when a newer attempt holds the work
 */
export async function performEffect(
  ctx: ServiceContext,
  input: { intent: EffectIntent; calls: AnyCalls; settleMs: number },
): Promise<EffectResult> {
  const { intent, calls, settleMs } = input;
  if (ctx.tx) throw new Error('no transaction may be open during a call to the outside');
  const effect = await openEffect(ctx, intent);
  const held = { key: intent.key, fence: effect.fence };
  if (effect.state === 'DONE') return { kind: 'done', remoteId: effect.remoteId };
  if (effect.sentMsAgo !== null) {
    const looked = await lookBeforeSending(ctx, { effect, held, calls, settleMs });
    if (looked) return looked;
  }
  await claimSend(ctx, { ...held, mayStop: intent.mayStop ?? false });
  const sent = await send(ctx, { held, marker: effect.marker, calls });
  if (sent === 'unknown') return { kind: 'wait', seconds: Math.ceil(settleMs / 1000) };
  await finish(ctx, held, calls, sent.remoteId);
  return { kind: 'done', remoteId: sent.remoteId };
}

type Held = { key: string; fence: number };

/** Null: proven absent, so it may be sent. */
async function lookBeforeSending(
  ctx: ServiceContext,
  input: { effect: OpenEffect; held: Held; calls: AnyCalls; settleMs: number },
): Promise<EffectResult | null> {
  const { effect, held, calls, settleMs } = input;
  const left = settleMs - (effect.sentMsAgo ?? 0);
  if (left > 0) return { kind: 'wait', seconds: Math.max(1, Math.ceil(left / 1000)) };
  const lookup = await calls.lookUp(effect.marker);
  if (lookup.kind === 'absent') return null;
  if (lookup.kind === 'found' && calls.mayAdopt(lookup.object)) {
    log.info({ effect: held.key }, 'found what a lost answer had made');
    await finish(ctx, held, calls, lookup.object.remoteId);
    return { kind: 'done', remoteId: lookup.object.remoteId };
  }
  if (lookup.kind === 'inconclusive' && effect.attempts < MAX_ATTEMPTS) {
    await settleUnknown(ctx, held, lookup.reason);
    return { kind: 'wait', seconds: Math.min(900, Math.ceil(settleMs / 1000) * 2 ** Math.min(effect.attempts, 6)) };
  }
  const reason =
    lookup.kind === 'inconclusive'
      ? lookup.reason
      : lookup.kind === 'several'
        ? 'several objects carry our mark'
        : 'the object was changed';
  await settleNeedsReview(ctx, held, reason);
  return { kind: 'needs_review', reason };
}

async function send(
  ctx: ServiceContext,
  input: { held: Held; marker: string; calls: AnyCalls },
): Promise<{ remoteId: string | null } | 'unknown'> {
  const { held, marker, calls } = input;
  try {
    return await calls.send(marker);
  } catch (error) {
    const message = describeError(error).message;
    if (isDefiniteRejection(error)) {
      await settleRejected(ctx, held, message, error.code === 'platform_retry_later');
      throw error;
    }
    log.warn({ effect: held.key, err: error }, 'an answer was lost');
    await settleUnknown(ctx, held, message);
    return 'unknown';
  }
}

async function finish(ctx: ServiceContext, held: Held, calls: AnyCalls, remoteId: string | null): Promise<void> {
  await transact(ctx, async (tx, inner) => {
    await settleDone(tx, inner, held, { remoteId });
    await calls.onDone?.(tx, inner, remoteId);
  });
}

/** The platform said no, so nothing was made. Everything else (a timeout, a bug after sending) leaves it open. */
function isDefiniteRejection(error: unknown): error is AppError {
  if (!(error instanceof AppError)) return false;
  return ['platform_retry_later', 'platform_reauthorise', 'platform_fix_input', 'platform_not_permitted'].includes(
    error.code,
  );
}
