import type { EventType } from '../domain/events';
import type { ServiceContext } from '../services/context';
import type { StoredEvent } from '../services/events/stored';

/**
 * One consequence of an event. `run` is given a context with an open transaction and only calls verbs of services that
 * join it: the consequence and the mark that it happened commit together. It never calls the outside.
 */
export type Reaction = {
  /** Stored with the event once it ran: never rename. */
  name: string;
  hears: readonly EventType[];
  run(input: { event: StoredEvent; ctx: ServiceContext }): Promise<void>;
};
