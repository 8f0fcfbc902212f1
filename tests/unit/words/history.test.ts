import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { EVENT_TYPES } from '@/lib/domain/events';
import { HISTORY_KINDS, type HistoryFacts, historyKind } from '@/lib/domain/history';
import { hasHistorySentence, historySentence, historyWho } from '@/lib/words/en/history';

/** Events recorded with an audit row, as the services' own sources say. */
function audited(): string[] {
  const files = readdirSync('lib/services', { recursive: true }).filter((name) => String(name).endsWith('.ts'));
  return files.flatMap((name) => {
    const source = readFileSync(path.join('lib/services', String(name)), 'utf8');
    return source
      .split(/\brecord\(/)
      .slice(1)
      .flatMap((part) => {
        const entry = part.slice(0, 900);
        const event = /event: '([a-z_.]+)'/.exec(entry)?.[1];
        return event && /\baudit: \{/.test(entry.split('});')[0] ?? '') ? [event] : [];
      });
  });
}

const facts = (event: string): HistoryFacts => ({
  event,
  actor: { type: 'agent', name: null },
  before: {},
  after: {},
  reason: {},
  campaign: null,
  action: null,
  approval: null,
});

describe('the history', () => {
  it('has a sentence for everything that leaves a row', () => {
    const events = audited();
    expect(events.length).toBeGreaterThan(15);
    expect(events.filter((event) => !hasHistorySentence(event))).toEqual([]);
  });

  it('never shows an id, a code or an empty name, even of a row that says nothing', () => {
    for (const event of EVENT_TYPES) {
      const { text, detail } = historySentence(facts(event), 'en');
      expect(text).not.toMatch(/undefined|null|NaN|\{|[a-z]_[a-z]|“”|[a-f0-9]{8}-/);
      expect(text.length).toBeGreaterThan(5);
      expect(detail ?? '').not.toMatch(/undefined|null|NaN/);
      expect(HISTORY_KINDS).toContain(historyKind(event));
    }
  });

  it('says which alarm it was, and what was answered', () => {
    const said = (event: string, row: Partial<HistoryFacts>) => historySentence({ ...facts(event), ...row }, 'en');
    expect(said('alarm.raised', { after: { kind: 'site_down' } }).text).toBe(
      'Raised an alarm: the website does not answer',
    );
    expect(said('alarm.answered', { after: { kind: 'tracking_lost', says: 'tracking-broken' } })).toEqual({
      text: 'Answered an alarm: visits are no longer counted',
      detail: 'Only the counting is broken.',
    });
    expect(said('alarm.released', { before: { kind: 'missing_data' } }).text).toContain(
      'no numbers come from Facebook',
    );
  });

  it('says who: you, somebody by name, the agent, Facebook', () => {
    expect(historyWho({ type: 'user', name: 'Rui' }, false)).toBe('Rui');
    expect(historyWho({ type: 'user', name: 'Rui' }, true)).toBe('You');
    expect(historyWho({ type: 'user', name: null }, false)).toBe('Somebody in this workspace');
    expect(historyWho({ type: 'job', name: 'optimize' }, false)).toBe('Aigency');
    expect(historyWho({ type: 'webhook', name: 'meta' }, false)).toBe('Facebook');
  });
});
