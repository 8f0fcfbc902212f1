import { describe, expect, it } from 'vitest';
import { ACTION_STATES, actionMayBecome } from '@/lib/domain/action';
import { CAMPAIGN_STATUSES, mayBecome } from '@/lib/domain/campaign-status';

describe('life cycles', () => {
  it('end where they end: no action leaves a final state, and only a done one is taken back', () => {
    for (const from of ['FAILED', 'REFUSED', 'DECLINED', 'UNDONE'] as const) {
      for (const to of ACTION_STATES) expect(actionMayBecome(from, to)).toBe(false);
    }
    for (const from of ACTION_STATES) expect(actionMayBecome(from, 'UNDONE')).toBe(from === 'DONE');
  });

  it('lead to ACTIVE only from a state in which the campaign exists at the platform', () => {
    const before = CAMPAIGN_STATUSES.filter((status) => mayBecome(status, 'ACTIVE'));
    expect(before).toEqual(['DEPLOYING', 'IN_REVIEW', 'DISAPPROVED', 'PAUSED']);
  });

  it('never start a deployment that was not approved', () => {
    expect(CAMPAIGN_STATUSES.filter((status) => mayBecome(status, 'DEPLOYING'))).toEqual(['APPROVED', 'DEPLOY_FAILED']);
    expect(CAMPAIGN_STATUSES.filter((status) => mayBecome(status, 'APPROVED'))).toEqual(['PENDING_APPROVAL']);
  });
});
