import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergeMessages } from '../../../components/chat/merge-messages';
import type { MessageView } from '../../../lib/domain/message';

const message = (seq: number, text = String(seq)): MessageView => ({
  id: `m${seq}`,
  seq,
  role: 'agent',
  kind: 'TEXT',
  text,
  card: null,
  turnId: null,
  at: '2026-11-21T00:00:00Z',
});

describe('messages that arrive by several ways', () => {
  it('end up once each and in the order of the conversation, in whatever order they came', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.integer({ min: 1, max: 12 }), { maxLength: 6 }), { maxLength: 6 }),
        (arrivals) => {
          const merged = arrivals.reduce<MessageView[]>(
            (known, seqs) =>
              mergeMessages(
                known,
                seqs.map((seq) => message(seq)),
              ),
            [],
          );
          expect(merged.map(({ seq }) => seq)).toEqual([...new Set(arrivals.flat())].sort((a, b) => a - b));
        },
      ),
    );
  });

  it('show the newer copy, because a card reads live state', () => {
    expect(mergeMessages([message(1, 'old')], [message(1, 'new')])[0]?.text).toBe('new');
  });
});
