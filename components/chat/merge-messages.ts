import type { MessageView } from '@/lib/domain/message';

/** Newer copies win; order is the conversation's own. Events, streams and reloads may all bring the same message. */
export function mergeMessages(known: readonly MessageView[], arrived: readonly MessageView[]): MessageView[] {
  const byId = new Map(known.map((message) => [message.id, message]));
  for (const message of arrived) byId.set(message.id, message);
  return [...byId.values()].sort((a, b) => a.seq - b.seq);
}
