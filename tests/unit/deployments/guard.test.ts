import { describe, expect, it } from 'vitest';
import { bakeryPlan } from '@/components/gallery/plan';
import type { RemoteSeen } from '@/lib/platforms/port';
import { reconcile } from '@/lib/services/deployments/reconcile';
import { deployTasks, type PlatformGuard } from '@/lib/services/deployments/tasks';

const eur = (minor: bigint) => ({ minor, currency: 'EUR' });
const cap: PlatformGuard = { spendCap: eur(14_000n), endsAt: null, perDay: eur(1_750n) };
const end: PlatformGuard = { spendCap: null, endsAt: '2026-12-01T00:00:00.000Z', perDay: eur(1_750n) };
const made = [
  { level: 'campaign', localKey: 'campaign', remoteId: 'c' },
  { level: 'adset', localKey: 'adset-1', remoteId: 's' },
];
const seen = (level: 'campaign' | 'adset', more: Partial<RemoteSeen>): RemoteSeen => ({
  remoteId: level === 'campaign' ? 'c' : 's',
  level,
  name: level,
  parentRemoteId: level === 'campaign' ? null : 'c',
  status: 'PAUSED',
  effectiveStatus: 'PAUSED',
  dailyBudget: level === 'campaign' ? null : eur(1_000n),
  creativeId: null,
  reviewFeedback: [],
  fields: {},
  ...more,
});
const findings = (guard: PlatformGuard, spendCap: bigint | null, endsAt: string | null) =>
  reconcile({
    plan: bakeryPlan,
    made,
    tree: [seen('campaign', { spendCap: spendCap === null ? null : eur(spendCap) }), seen('adset', { endsAt })],
    children: 'PAUSED',
    guard,
  }).filter((finding) => finding.kind === 'guard');

describe('the platform’s own guard', () => {
  it('must show exactly the cap that was set, or nothing is switched on', () => {
    expect(findings(cap, 14_000n, null)).toEqual([]);
    for (const other of [13_999n, 14_001n, null])
      expect(findings(cap, other, null)).toEqual([{ kind: 'guard', subject: 'campaign:campaign' }]);
  });

  it('must show exactly the end that was set on every ad set', () => {
    expect(findings(end, null, '2026-12-01T00:00:00.000Z')).toEqual([]);
    for (const other of ['2026-12-02T00:00:00.000Z', null])
      expect(findings(end, null, other)).toEqual([{ kind: 'guard', subject: 'adset:adset-1' }]);
  });

  it('is set before the first look and before anything is on, the rule always among it', () => {
    for (const guard of [cap, end]) {
      const tasks = deployTasks(bakeryPlan, guard);
      const at = (wanted: string) => tasks.findIndex((task) => task.do === wanted);
      const held = at(guard === cap ? 'cap' : 'end');
      expect(held).toBeGreaterThan(at('ad'));
      expect(held).toBeLessThan(at('check_paused'));
      expect(at('stop_rule')).toBeLessThan(at('check_paused'));
      expect(at('stop_rule')).toBeGreaterThan(at('ad'));
      expect(at('check_paused')).toBeLessThan(at('switch_on'));
    }
    expect(deployTasks(bakeryPlan, null).some((task) => ['cap', 'end', 'stop_rule'].includes(task.do))).toBe(false);
  });
});
