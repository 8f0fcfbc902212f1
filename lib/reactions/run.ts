import { log } from '../runtime/log';
import type { ServiceContext } from '../services/context';
import { eventsAfter, MOST_EVENTS, readEvent, type StoredEvent } from '../services/events/stored';
import { reactOnce } from '../services/ledger/react-once';
import { reactions } from './registry';

/**
 * Everything that follows from one event, each consequence once however often the event is delivered. One that fails
 * does not hold up the others; its error is thrown at the end, so that the delivery is tried again for it alone.
 */
export async function runReactions(eventId: string, workspaceId: string): Promise<void> {
  const ctx = contextOf(workspaceId, eventId);
  const event = await readEvent(ctx, { eventId });
  if (event) await reactTo(ctx, event);
}

/** Runs what follows from every event after a number, in order; returns the last number seen. */
export async function runReactionsAfter(ctx: ServiceContext, seq: number): Promise<number> {
  let last = seq;
  for (;;) {
    const events = await eventsAfter(ctx, { seq: last });
    if (events.length === 0) return last;
    const heard = events.some((event) => reactions.some(({ hears }) => hears.includes(event.type)));
    for (const event of events) {
      last = event.seq;
      // The delivery through the queue tries again; a clock that moves on must not stop for one notice.
      await reactTo(contextOf(ctx.workspaceId, event.id), event).catch((error: unknown) =>
        log.error({ err: error, event: event.type }, 'a reaction failed'),
      );
    }
    // Only what somebody answered can have been followed by more.
    if (!heard && events.length < MOST_EVENTS) return last;
  }
}

async function reactTo(ctx: ServiceContext, event: StoredEvent): Promise<void> {
  const failures: unknown[] = [];
  for (const reaction of reactions.filter(({ hears }) => hears.includes(event.type))) {
    try {
      await reactOnce(ctx, { eventId: event.id, reaction: reaction.name }, (inner) =>
        reaction.run({ event, ctx: inner }),
      );
    } catch (error) {
      failures.push(new Error(`reaction ${reaction.name} to ${event.type}`, { cause: error }));
    }
  }
  if (failures.length === 1) throw failures[0];
  if (failures.length > 1) throw new AggregateError(failures, `${failures.length} reactions to ${event.type} failed`);
}

function contextOf(workspaceId: string, eventId: string): ServiceContext {
  return { workspaceId, actor: { type: 'system' }, requestId: `react:${eventId}` };
}
