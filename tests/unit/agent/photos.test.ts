import { describe, expect, it } from 'vitest';
import { messagesForModel, withoutPhotoNote } from '@/lib/agent/prompts/history';
import type { HistoryMessage } from '@/lib/services/standing/history';
import { agentWords } from '@/lib/words/en/agent';
import { promptNotes } from '@/lib/words/en/prompts';
import { Conversation } from './conversation';

const sent = (justSent: number) => ({ photos: { given: justSent, justSent } });
const ONE = agentWords.photosReceived(1);

describe('the built-in helper and photos', () => {
  it('says that they arrived and that it cannot look at them, then goes on with its question', async () => {
    const chat = new Conversation({ state: sent(2) });
    const { text, tools } = await chat.say(promptNotes.photos(2));
    expect(text).toContain(agentWords.photosReceived(2));
    expect(text).toContain('cannot look at them');
    expect(text).toContain('?');
    expect(tools).toEqual([]);
  });

  it('hears the words that came with them as without', async () => {
    const chat = new Conversation({ state: sent(1) });
    const words = 'I run a small bakery in Porto, about 300 euros a month';
    const { text, tools } = await chat.say(`${words}\n${promptNotes.photos(1)}`);
    expect(text).toContain(ONE);
    expect(tools[0]?.name).toBe('update_brief');
    expect(JSON.stringify(tools[0]?.input)).not.toContain('photo');
  });

  it('draws a waiting plan anew, with or without words, but not when the owner says stop', async () => {
    const waiting = () => new Conversation({ stage: 'approve', state: sent(1) });
    for (const words of ['', 'This is our shop\n']) {
      const { tools } = await waiting().say(`${words}${promptNotes.photos(1)}`);
      expect(tools.map(({ name }) => name)).toEqual(['draft_campaign']);
    }
    const stopped = await waiting().say(`Stop everything!\n${promptNotes.photos(1)}`);
    expect(stopped.tools).toEqual([]);
    expect(stopped.text).toContain(agentWords.stopBefore);
  });

  it('leaves running ads as they are and says so', async () => {
    const { text, tools } = await new Conversation({ stage: 'running', state: sent(1) }).say(promptNotes.photos(1));
    expect(tools).toEqual([]);
    expect(text).toContain(agentWords.photosWhileRunning);
  });
});

describe('what a model reads', () => {
  const message = (text: string, photos: number): HistoryMessage => ({
    id: 'm',
    role: 'owner',
    kind: 'TEXT',
    text,
    origin: 'owner',
    turnId: null,
    cardId: null,
    parts: null,
    photos,
  });
  const cause = { type: 'message', messageId: 'm' } as const;

  it('is the owner’s words and how many photos came, never an empty message', () => {
    expect(messagesForModel([message('', 3)], cause)).toEqual([{ role: 'user', content: promptNotes.photos(3) }]);
    expect(messagesForModel([message('Look', 1)], cause)).toEqual([
      { role: 'user', content: `Look\n${promptNotes.photos(1)}` },
    ]);
    expect(messagesForModel([message('Look', 0)], cause)).toEqual([{ role: 'user', content: 'Look' }]);
  });

  it('keeps the owner’s own words apart from our note', () => {
    for (const [text, count] of [
      ['Look', 1],
      ['', 5],
      ['(a photo)', 2],
    ] as const)
      expect(withoutPhotoNote([text, promptNotes.photos(count)].filter(Boolean).join('\n'))).toBe(text);
  });
});
