import { describe, expect, it } from 'vitest';
import { inWorkspace } from '@/lib/runtime/db';
import { decideApproval } from '@/lib/services/approvals/decide';
import { draftCampaign } from '@/lib/services/plans/draft-campaign';
import { withSimulator } from '../../fixtures/with-simulator';
import { buildShop, IDEAS, type Shop } from './simulated-shop';

const _simulator = withSimulator({ META_TIMEOUT_MS: '5000' });

const draft = (shop: Shop) =>
  draftCampaign(shop.ctx, { projectId: shop.projectId, conversationId: shop.conversationId, ideas: IDEAS });

describe('a second plan of a shop whose first one was approved', () => {
  it('asks for what the month still has, can be approved, and is not drafted once nothing is left', async () => {
    const shop = await buildShop();
    const first = await draft(shop);
    if (!first.ready) throw new Error(first.problem);
    const press = async (approvalId: string) => {
      const { hash } = await inWorkspace(shop.ctx.workspaceId, (tx) =>
        tx.approval.findUniqueOrThrow({ where: { id: approvalId } }),
      );
      return decideApproval(shop.ctx, { approvalId, hash, decision: 'approve' });
    };
    await press(first.approvalId);
    const promise = (committedMinor: bigint) =>
      inWorkspace(shop.ctx.workspaceId, (tx) =>
        tx.monthBudget.updateMany({
          where: { projectId: shop.projectId },
          data: { committedMinor, reservedMinor: 0n },
        }),
      );
    // Ten euros are left of three hundred, whatever day of the month it is.
    await promise(29_000n);
    const second = await draft(shop);
    if (!second.ready) throw new Error(second.problem);
    expect(second.campaignRecordId).not.toBe(first.campaignRecordId);
    expect(BigInt(second.plan.dailyBudget.minor)).toBeLessThanOrEqual(1_000n);
    if (BigInt(second.plan.dailyBudget.minor) < BigInt(first.plan.dailyBudget.minor))
      expect(second.notes).toContain('sized_to_month');
    expect(await press(second.approvalId)).toEqual({ state: 'APPROVED' });
    await promise(30_000n);
    expect(await draft(shop)).toMatchObject({ ready: false, problem: 'month_full' });
  }, 120_000);
});
