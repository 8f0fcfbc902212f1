import { describe, expect, it } from 'vitest';
import { ACTION_STATES, actionMayBecome, type CampaignAction, isStopAction, subjectOf } from '@/lib/domain/action';
import { APPROVAL_STATES, approvalLifetimeHours, approvalMayBecome, approvalStatesBefore } from '@/lib/domain/approval';

const eur = (minor: number) => ({ minor: String(minor), currency: 'EUR' });
const budget = (from: number, to: number): CampaignAction => ({
  kind: 'set_ad_set_budget',
  adSetKey: 'adset-1',
  from: eur(from),
  to: eur(to),
});

describe('how long a card may be pressed', () => {
  it.each([
    [1_000n, 1_999n, 24],
    [1_000n, 2_000n, 24],
    [1_000n, 2_001n, 1],
    [0n, 5_000n, 24],
    [1n, 2n, 24],
    [1n, 3n, 1],
    [1_000n, 500n, 24],
  ])('from %i to %i a day: %i hours', (from, to, hours) => {
    expect(approvalLifetimeHours(from, to)).toBe(hours);
  });
});

describe('what a card may become', () => {
  const next = (from: (typeof APPROVAL_STATES)[number]) =>
    APPROVAL_STATES.filter((to) => approvalMayBecome(from, to)).sort();

  it('is a closed table', () => {
    expect(Object.fromEntries(APPROVAL_STATES.map((from) => [from, next(from)]))).toEqual({
      WAITING: ['APPROVED', 'DECLINED', 'EXPIRED', 'SUPERSEDED'],
      APPROVED: ['EXECUTING', 'FAILED'],
      EXECUTING: ['DONE', 'FAILED', 'PARTLY_DONE'],
      DONE: [],
      PARTLY_DONE: [],
      FAILED: ['EXECUTING'],
      DECLINED: [],
      EXPIRED: [],
      SUPERSEDED: [],
    });
    expect(approvalStatesBefore('DONE')).toEqual(['EXECUTING']);
    expect(approvalStatesBefore('EXECUTING')).toEqual(['APPROVED', 'FAILED']);
  });
});

describe('an action', () => {
  it('only stops where it cannot raise spend, to the unit', () => {
    expect([budget(1_000, 999), budget(1_000, 1_000), budget(1_000, 1_001)].map(isStopAction)).toEqual([
      true,
      true,
      false,
    ]);
    expect(isStopAction({ kind: 'pause_ad', adKey: 'ad-1' })).toBe(true);
    expect(isStopAction({ kind: 'pause_campaign' })).toBe(true);
    expect(isStopAction({ kind: 'resume_ad', adKey: 'ad-1' })).toBe(false);
    expect(isStopAction({ kind: 'resume_campaign' })).toBe(false);
    expect(isStopAction({ kind: 'shift_budget', moves: [] })).toBe(false);
    expect(isStopAction({ kind: 'renew_month_guard', month: '2026-12' })).toBe(false);
  });

  it('is about its ad, its ad set, or the campaign', () => {
    expect(subjectOf(budget(1, 2))).toBe('adset-1');
    expect(subjectOf({ kind: 'swap_creative', adKey: 'ad-2', reserveKey: 'reserve-1' })).toBe('ad-2');
    expect(subjectOf({ kind: 'pause_campaign' })).toBe('campaign');
    expect(subjectOf({ kind: 'shift_budget', moves: [] })).toBe('campaign');
  });

  it('moves along a closed table', () => {
    const table = ACTION_STATES.map((from) => [from, ACTION_STATES.filter((to) => actionMayBecome(from, to)).sort()]);
    expect(Object.fromEntries(table)).toEqual({
      WAITING: ['DECLINED', 'EXECUTING'],
      EXECUTING: ['DONE', 'FAILED', 'REFUSED'],
      DONE: ['UNDONE'],
      FAILED: [],
      REFUSED: [],
      DECLINED: [],
      SHADOW: [],
      UNDONE: [],
    });
  });
});
