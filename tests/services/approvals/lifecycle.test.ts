import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { APPROVAL_STATES, type ApprovalState, approvalMayBecome } from '@/lib/domain/approval';
import { CAMPAIGN_STATUSES, type CampaignStatus, mayBecome } from '@/lib/domain/campaign-status';
import { closeSendingBoss, plugJobEngine } from '@/lib/jobs/engine';
import { closeDatabase, inWorkspace } from '@/lib/runtime/db';
import { decideApproval } from '@/lib/services/approvals/decide';
import { expireApprovals } from '@/lib/services/approvals/expire';
import { settleApproval } from '@/lib/services/approvals/settle';
import { buildLaunch, putBeforeOwner, setOffset } from '../../fixtures/launch';

beforeAll(() => plugJobEngine());
afterAll(async () => {
  await closeSendingBoss();
  await closeDatabase();
});

type Step =
  | { do: 'new card' }
  | { do: 'press'; card: number; decision: 'approve' | 'decline' | 'request_changes' }
  | { do: 'hours'; hours: number }
  | { do: 'sweep' }
  | { do: 'settle'; card: number; to: 'EXECUTING' | 'DONE' | 'FAILED' };

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.constant<Step>({ do: 'new card' }),
  fc.record({
    do: fc.constant('press' as const),
    card: fc.nat(4),
    decision: fc.constantFrom('approve' as const, 'decline' as const, 'request_changes' as const),
  }),
  fc.record({ do: fc.constant('hours' as const), hours: fc.integer({ min: 1, max: 30 }) }),
  fc.constant<Step>({ do: 'sweep' }),
  fc.record({
    do: fc.constant('settle' as const),
    card: fc.nat(4),
    to: fc.constantFrom('EXECUTING' as const, 'DONE' as const, 'FAILED' as const),
  }),
);

it('cards and campaigns only ever move along legal transitions, one card waits at most, and one press has effect at most', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 12 }), async (steps) => {
      const launch = await buildLaunch();
      const { ctx, campaignRecordId } = launch;
      const cards = [{ approvalId: launch.approvalId, hash: launch.hash }];
      let hours = 0;
      const look = () =>
        inWorkspace(ctx.workspaceId, async (tx) => ({
          approvals: new Map(
            (await tx.approval.findMany({ where: { campaignRecordId } })).map((row) => [
              row.id,
              row.state as ApprovalState,
            ]),
          ),
          status: (await tx.campaignRecord.findUniqueOrThrow({ where: { id: campaignRecordId } }))
            .status as CampaignStatus,
          deployments: await tx.deployment.count({ where: { campaignRecordId } }),
          approved: await tx.approval.count({ where: { campaignRecordId, decision: 'approve' } }),
        }));
      let before = await look();
      for (const one of steps) {
        if (one.do === 'new card')
          cards.push(
            await putBeforeOwner(launch, {
              ...launch,
              plan: { ...launch.plan, name: `Plan ${cards.length}` },
              version: cards.length + 1,
            }),
          );
        if (one.do === 'hours') {
          hours += one.hours;
          await setOffset(ctx.workspaceId, hours * 3_600_000);
        }
        if (one.do === 'sweep') await expireApprovals(ctx);
        const card = 'card' in one ? cards[one.card % cards.length] : undefined;
        if (card && one.do === 'press')
          await decideApproval(ctx, { ...card, decision: one.decision }).catch(() => undefined);
        if (card && one.do === 'settle')
          await inWorkspace(ctx.workspaceId, (tx) =>
            settleApproval(tx, ctx, { approvalId: card.approvalId, to: one.to }),
          );
        const after = await look();
        for (const [id, state] of after.approvals) {
          const earlier = before.approvals.get(id);
          if (earlier !== undefined && earlier !== state) expect(approvalMayBecome(earlier, state)).toBe(true);
        }
        if (after.status !== before.status) expect(mayBecome(before.status, after.status)).toBe(true);
        expect([...after.approvals.values()].filter((state) => state === 'WAITING').length).toBeLessThanOrEqual(1);
        expect(after.deployments).toBe(after.approved);
        expect(after.deployments).toBeLessThanOrEqual(1);
        before = after;
      }
    }),
    { numRuns: 12 },
  );
}, 120_000);

it('nothing leads out of a final state, and every state can be reached', () => {
  const reachable = (from: string, next: (state: string) => readonly string[]): Set<string> => {
    const met = new Set([from]);
    const open = [from];
    for (let state = open.pop(); state !== undefined; state = open.pop())
      for (const to of next(state).filter((one) => !met.has(one))) {
        open.push(to);
        met.add(to);
      }
    return met;
  };
  const approvals = reachable('WAITING', (from) =>
    APPROVAL_STATES.filter((to) => approvalMayBecome(from as ApprovalState, to)),
  );
  expect([...approvals].sort()).toEqual([...APPROVAL_STATES].sort());
  const campaigns = reachable('DRAFT', (from) =>
    CAMPAIGN_STATUSES.filter((to) => mayBecome(from as CampaignStatus, to)),
  );
  expect([...campaigns].sort()).toEqual([...CAMPAIGN_STATUSES].sort());
  for (const final of ['DONE', 'DECLINED', 'EXPIRED', 'SUPERSEDED'] as const)
    expect(APPROVAL_STATES.filter((to) => approvalMayBecome(final, to))).toEqual([]);
});
