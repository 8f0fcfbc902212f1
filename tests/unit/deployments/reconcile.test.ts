import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bakeryPlan } from '@/components/gallery/plan';
import { DEPLOY_STEPS } from '@/lib/domain/message';
import type { RemoteSeen } from '@/lib/platforms/port';
import { stepsOf } from '@/lib/services/deployments/card';
import { type MadeObject, reconcile } from '@/lib/services/deployments/reconcile';
import { deployTasks } from '@/lib/services/deployments/tasks';

const made: MadeObject[] = [
  { level: 'campaign', localKey: 'campaign', remoteId: 'c' },
  { level: 'adset', localKey: 'adset-1', remoteId: 's' },
  ...[1, 2, 3].flatMap((n) => [
    { level: 'creative', localKey: `ad-${n}`, remoteId: `k${n}` },
    { level: 'ad', localKey: `ad-${n}`, remoteId: `a${n}` },
  ]),
];
const seen = (level: RemoteSeen['level'], remoteId: string, more: Partial<RemoteSeen> = {}): RemoteSeen => ({
  remoteId,
  level,
  name: remoteId,
  parentRemoteId: null,
  status: 'PAUSED',
  effectiveStatus: null,
  dailyBudget: null,
  creativeId: null,
  reviewFeedback: [],
  fields: {},
  ...more,
});
const tree = (status: 'PAUSED' | 'ACTIVE'): RemoteSeen[] => [
  seen('campaign', 'c'),
  seen('adset', 's', { parentRemoteId: 'c', status, dailyBudget: { minor: 1000n, currency: 'EUR' } }),
  ...[1, 2, 3].map((n) => seen('ad', `a${n}`, { parentRemoteId: 's', status, creativeId: `k${n}` })),
];
const findings = (objects: RemoteSeen[], children: 'PAUSED' | 'ACTIVE' = 'ACTIVE') =>
  reconcile({ plan: bakeryPlan, made, tree: objects, children });

describe('the last look before the switch', () => {
  it('finds nothing where exactly the approved objects stand', () => {
    expect(findings(tree('ACTIVE'))).toEqual([]);
    expect(findings(tree('PAUSED'), 'PAUSED')).toEqual([]);
  });

  it('finds every single change, whichever object and field it is in', () => {
    const changes: [string, Partial<RemoteSeen>, string[]][] = [
      ['status', { status: 'ARCHIVED' }, ['campaign', 'adset', 'ad']],
      ['budget', { dailyBudget: { minor: 1001n, currency: 'EUR' } }, ['adset']],
      ['budget', { dailyBudget: { minor: 1000n, currency: 'USD' } }, ['adset']],
      ['budget', { dailyBudget: null }, ['adset']],
      ['parent', { parentRemoteId: 'elsewhere' }, ['adset', 'ad']],
      ['creative', { creativeId: 'k9' }, ['ad']],
    ];
    for (const [kind, change, levels] of changes) {
      for (const [index, object] of tree('ACTIVE').entries()) {
        if (!levels.includes(object.level)) continue;
        const spoiled = tree('ACTIVE').map((one, at) => (at === index ? { ...one, ...change } : one));
        const expected = change.status === 'ARCHIVED' ? 'missing' : kind;
        expect(findings(spoiled).map((finding) => finding.kind)).toContain(expected);
      }
    }
  });

  it('finds what is missing and what is too much, in any order', () => {
    fc.assert(
      fc.property(
        fc.subarray(tree('ACTIVE')),
        fc.array(fc.constantFrom('x1', 'x2'), { maxLength: 2 }),
        (kept, extra) => {
          const surplus = [...new Set(extra)];
          const found = findings([...kept, ...surplus.map((id) => seen('ad', id, { parentRemoteId: 's' }))]);
          expect(found.filter((finding) => finding.kind === 'missing')).toHaveLength(5 - kept.length);
          expect(found.filter((finding) => finding.kind === 'surplus')).toHaveLength(surplus.length);
        },
      ),
    );
  });

  it('does not mind what was deleted', () => {
    expect(findings([...tree('ACTIVE'), seen('ad', 'old', { status: 'DELETED' })])).toEqual([]);
  });

  it('does not accept a campaign that is already on', () => {
    const on = tree('ACTIVE').map((one) => (one.level === 'campaign' ? { ...one, status: 'ACTIVE' } : one));
    expect(findings(on)).toEqual([{ kind: 'status', subject: 'campaign:campaign' }]);
  });
});

describe('the order of a deployment', () => {
  const tasks = deployTasks(bakeryPlan, null);

  it('makes everything before it switches anything on, and the campaign last of all', () => {
    const firstOn = tasks.findIndex((task) => task.do === 'switch_on');
    const lastMade = tasks.findLastIndex((task) =>
      ['upload', 'campaign', 'ad_set', 'creative', 'ad'].includes(task.do),
    );
    expect(lastMade).toBeLessThan(firstOn);
    const campaignOn = tasks.findIndex((task) => task.do === 'switch_on' && task.level === 'campaign');
    expect(tasks.slice(campaignOn + 1).map((task) => task.do)).toEqual(['read_back']);
    expect(tasks[campaignOn - 1]?.do).toBe('reconcile');
  });

  it('names each task once and goes through the steps the owner sees in order', () => {
    expect(new Set(tasks.map((task) => task.key)).size).toBe(tasks.length);
    const order = tasks.map((task) => DEPLOY_STEPS.indexOf(task.step));
    expect(order).toEqual([...order].sort((a, b) => a - b));
  });

  it('uploads each picture once and leaves reserves in the drawer', () => {
    expect(tasks.filter((task) => task.do === 'upload')).toHaveLength(9);
    expect(tasks.some((task) => task.key.includes('reserve'))).toBe(false);
  });
});

describe('the progress an owner sees', () => {
  it('has one step at work, done steps before it and waiting ones after it', () => {
    for (const [index, step] of DEPLOY_STEPS.entries()) {
      const states = stepsOf('RUNNING', step).map((one) => one.state);
      expect(states).toEqual(DEPLOY_STEPS.map((_, at) => (at < index ? 'done' : at === index ? 'running' : 'waiting')));
      expect(stepsOf('FAILED', step)[index]?.state).toBe('failed');
    }
    expect(stepsOf('RUNNING', null).map((one) => one.state)).toEqual([
      'running',
      ...Array(DEPLOY_STEPS.length - 1).fill('waiting'),
    ]);
    expect(new Set(stepsOf('DONE', 'switch_on').map((one) => one.state))).toEqual(new Set(['done']));
  });
});
