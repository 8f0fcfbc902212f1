import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CampaignAction, Evidence } from '@/lib/domain/action';
import type { Envelope } from '@/lib/domain/plan';
import { addDays } from '@/lib/domain/time';
import { closeSendingBoss, plugJobEngine } from '@/lib/jobs/engine';
import { closeDatabase, inWorkspace } from '@/lib/runtime/db';
import { gradeDueActions } from '@/lib/services/activity/grade-actions';
import { listGrades } from '@/lib/services/activity/list-grades';
import { monitorAccount } from '@/lib/services/monitor/monitor-account';
import {
  buildRunningCampaign,
  insightRow,
  type Running,
  setBusinessTime,
  standInPlatform,
} from '../insights/running-campaign';

beforeAll(() => plugJobEngine());
afterAll(async () => {
  await closeSendingBoss();
  await closeDatabase();
});

const ACTED = '2026-11-01';
const worth = (low: number, likely: number, high: number): Evidence['facts'] => [
  { key: 'worth_against_best_percent', value: likely },
  { key: 'worth_against_best_low_percent', value: low },
  { key: 'worth_against_best_high_percent', value: high },
];

async function acted(
  running: Running,
  action: CampaignAction,
  facts: Evidence['facts'],
  rule = 'pause-bad-ad',
): Promise<string> {
  const { workspaceId } = running.ctx;
  const id = randomUUID();
  const evidence: Evidence = {
    rule,
    facts,
    confidence: 0.97,
    alternatives: [],
    wouldChange: [],
    since: '2026-10-20',
    until: '2026-10-31',
  };
  await inWorkspace(workspaceId, (tx) =>
    tx.campaignActionRecord.create({
      data: {
        id,
        workspaceId,
        projectId: running.projectId,
        campaignRecordId: running.campaignRecordId,
        kind: action.kind,
        state: 'DONE',
        action,
        evidence,
        verdict: { answer: 'allow', reasons: [] },
        dedupeKey: id,
        occurredAt: new Date(`${ACTED}T10:00:00Z`),
        executedAt: new Date(`${ACTED}T10:00:00Z`),
      },
    }),
  );
  return id;
}

/** Two ads sharing the money until one is paused; then the other takes it all and brings `after` results a day. */
async function ran(after: number, today = '2026-11-20'): Promise<Running> {
  const running = await buildRunningCampaign({ status: 'ACTIVE', launchedAt: new Date('2026-10-15T10:00:00Z') });
  const reader = standInPlatform(running);
  const [first = '', second = ''] = running.remote.ads;
  for (let day = '2026-10-24'; day < today; day = addDays(day, 1)) {
    const isBefore = day <= ACTED;
    const row = (entityId: string, spendMinor: bigint, results: number) =>
      reader.rows.push(
        insightRow({
          level: 'ad',
          entityId,
          parentId: running.remote.adset,
          day,
          spendMinor,
          results,
          impressions: 3000,
        }),
      );
    row(first, isBefore ? 5000n : 10_000n, isBefore ? 20 : after);
    if (isBefore) row(second, 5000n, 4);
  }
  await setBusinessTime(running.ctx.workspaceId, `${today}T09:00:00Z`);
  await monitorAccount(running.ctx, { adAccountId: running.adAccountId, reader });
  return running;
}

const pause: CampaignAction = { kind: 'pause_ad', adKey: 'ad-2' };
const grade = (running: Running) => gradeDueActions(running.ctx, { adAccountId: running.adAccountId });

describe('a change that was carried out', () => {
  it('is judged once against what it promised, when its days are mature', async () => {
    const kept = await ran(40);
    const id = await acted(kept, pause, worth(15, 20, 30));
    expect(await grade(kept)).toEqual({ graded: 1 });
    expect(await grade(kept)).toEqual({ graded: 0 });
    const view = await listGrades(kept.ctx, { projectId: kept.projectId });
    expect(view.grades).toEqual([
      { actionId: id, day: ACTED, verdict: 'kept', sentence: expect.stringContaining('about what I had expected') },
    ]);
    expect(view.summary).toBe('Of 1 change of mine that can be judged, 1 did what I had expected and 0 did not.');
    const row = await inWorkspace(kept.ctx.workspaceId, (tx) => tx.actionGrade.findFirstOrThrow());
    expect(row.predicted).toMatchObject({ likely: expect.closeTo(1 / 0.6, 5) });
  });

  it('is not judged before that, and never where the owner asked for it', async () => {
    const early = await ran(40, '2026-11-14');
    await acted(early, pause, worth(15, 20, 30));
    expect(await grade(early)).toEqual({ graded: 0 });
    const asked = await ran(40);
    await acted(asked, pause, [], 'owner-asked');
    expect(await grade(asked)).toEqual({ graded: 0 });
  });

  it('is not called a success where there is too little to tell', async () => {
    const running = await ran(40);
    await acted(running, { kind: 'swap_creative', adKey: 'ad-1', reserveKey: 'reserve-1' }, []);
    await grade(running);
    expect((await listGrades(running.ctx, { projectId: running.projectId })).summary).toContain('too little data');
  });
});

describe('a kind of change that keeps missing its promises', () => {
  it('is asked about from then on: a new version of the limits by the system, audited, and told once', async () => {
    const running = await ran(12);
    const { ctx, projectId } = running;
    await inWorkspace(ctx.workspaceId, (tx) =>
      tx.policyVersion.create({
        data: {
          workspaceId: ctx.workspaceId,
          projectId,
          version: 1,
          envelope: { ...running.plan.envelope, mayPauseBadAds: true, maxShiftPercent: 20 },
        },
      }),
    );
    for (let at = 0; at < 6; at += 1) await acted(running, pause, worth(15, 20, 30));
    expect(await grade(running)).toEqual({ graded: 6 });
    await grade(running);
    const seen = await inWorkspace(ctx.workspaceId, async (tx) => ({
      policies: await tx.policyVersion.findMany({ orderBy: { version: 'asc' } }),
      audit: await tx.auditEntry.count({ where: { action: 'policy.lowered' } }),
      bells: await tx.notification.count({ where: { key: 'autonomy_lowered' } }),
    }));
    expect(seen.policies.map((row) => (row.envelope as Envelope).mayPauseBadAds)).toEqual([true, false]);
    expect(seen.policies.map((row) => (row.envelope as Envelope).maxShiftPercent)).toEqual([20, 20]);
    expect([seen.audit, seen.bells]).toEqual([1, 1]);
  });
});
