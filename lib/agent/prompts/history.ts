import { type ModelMessage, modelMessageSchema } from 'ai';
import * as z from 'zod';
import type { HistoryMessage } from '../../services/standing/history';
import type { TurnCause } from '../../services/turns/request';
import { promptNotes } from '../../words/en/prompts';

const storedParts = z.array(modelMessageSchema);

/**
 * The conversation as the model reads it. The owner's words are user messages and nothing else is; our own turns come
 * with their tool calls where they were kept. A turn started by a button or an event ends with a note, never with words
 * the owner did not say.
 */
export function messagesForModel(history: readonly HistoryMessage[], cause: TurnCause): ModelMessage[] {
  const withParts = new Set(history.filter((message) => message.parts).map((message) => message.turnId));
  const messages = history.flatMap((message): ModelMessage[] => {
    if (message.kind !== 'TEXT') return [];
    if (message.role === 'owner') return [{ role: 'user', content: withPhotos(message) }];
    if (message.role !== 'agent') return [];
    const parts = message.parts ? storedParts.safeParse(message.parts) : null;
    if (parts?.success) return parts.data;
    // The last message of the turn carries all of it.
    if (message.turnId && withParts.has(message.turnId)) return [];
    return message.text ? [{ role: 'assistant', content: message.text }] : [];
  });
  return cause.type === 'message' ? messages : [...messages, { role: 'user', content: promptNotes.notTheOwner }];
}

/** Photos stand behind the owner's words as a note of ours: no model here sees a picture, and it has to know that. */
function withPhotos({ text, photos }: HistoryMessage): string {
  return photos === 0 ? text : [text, promptNotes.photos(photos)].filter(Boolean).join('\n');
}

const PHOTO_NOTE = /\n?\(The owner attached \d+ photos?\.\)$/;

/** The owner's own words without our note. */
export function withoutPhotoNote(text: string): string {
  return text.replace(PHOTO_NOTE, '');
}
