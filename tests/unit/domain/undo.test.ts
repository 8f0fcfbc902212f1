import { describe, expect, it } from 'vitest';
import type { CampaignAction } from '@/lib/domain/action';
import { inverseOf, UNDO_DAYS, undoStateOf } from '@/lib/domain/undo';

const eur = (minor: string) => ({ minor, currency: 'EUR' });
const actions: CampaignAction[] = [
  { kind: 'pause_ad', adKey: 'ad-1' },
  { kind: 'resume_ad', adKey: 'ad-1' },
  { kind: 'pause_campaign' },
  { kind: 'resume_campaign' },
  { kind: 'set_ad_set_budget', adSetKey: 'adset-1', from: eur('1000'), to: eur('1200') },
  {
    kind: 'shift_budget',
    moves: [
      { adSetKey: 'a', from: eur('500'), to: eur('400') },
      { adSetKey: 'b', from: eur('500'), to: eur('600') },
    ],
  },
];

describe('taking back', () => {
  it.each(actions)('$kind twice is where it began', (action) => {
    expect(inverseOf(action)).not.toEqual(action);
    const back = inverseOf(action);
    expect(back && inverseOf(back)).toEqual(action);
  });

  it('a swapped creative goes back to the ad’s own', () => {
    expect(inverseOf({ kind: 'swap_creative', adKey: 'ad-1', reserveKey: 'reserve-1' })).toEqual({
      kind: 'swap_creative',
      adKey: 'ad-1',
      reserveKey: 'ad-1',
    });
  });

  it('is possible up to the last moment of the thirtieth day, once, and never for an Undo', () => {
    const executedAt = new Date('2026-11-01T10:00:00Z');
    const done = { state: 'DONE', undoOfId: null, executedAt };
    const at = (ms: number) => new Date(executedAt.getTime() + UNDO_DAYS * 86_400_000 + ms);
    expect(undoStateOf(done, at(0))).toBe('possible');
    expect(undoStateOf(done, at(1))).toBe('expired');
    expect(undoStateOf({ ...done, undoOfId: 'x' }, at(0))).toBe('none');
    expect(undoStateOf({ ...done, state: 'UNDONE' }, at(0))).toBe('done');
    for (const state of ['WAITING', 'EXECUTING', 'FAILED', 'REFUSED', 'DECLINED', 'SHADOW'])
      expect(undoStateOf({ ...done, state }, at(0))).toBe('none');
  });

  it('ends after thirty days, and a renewed guard has none', () => {
    expect(UNDO_DAYS).toBe(30);
    const done = { state: 'DONE', undoOfId: null, executedAt: new Date('2026-11-01T00:00:00Z') };
    const now = new Date('2026-11-02T00:00:00Z');
    expect(undoStateOf({ ...done, kind: 'renew_month_guard' }, now)).toBe('none');
    expect(undoStateOf({ ...done, kind: 'pause_ad' }, now)).toBe('possible');
    expect(inverseOf({ kind: 'renew_month_guard', month: '2026-12' })).toBeNull();
  });
});
