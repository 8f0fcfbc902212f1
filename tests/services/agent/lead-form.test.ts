import { expect, it } from 'vitest';
import type { CampaignApprovalView } from '@/lib/domain/message';
import { inWorkspace } from '@/lib/runtime/db';
import { confirmBrief } from '@/lib/services/briefs/confirm';
import { readBrief } from '@/lib/services/briefs/read';
import { listMessages } from '@/lib/services/messages/list';
import { withSimulator } from '../../fixtures/with-simulator';
import { buildShop } from '../plans/simulated-shop';
import { say, turn } from './owner-chat';

withSimulator();

it('an owner without a website says “a form”, gives the privacy notice, confirms, and finds the form on the plan’s card', async () => {
  // A connected shop whose brief says messages, as the helper settles it by itself.
  const shop = await buildShop();
  const asked = await say(shop, 'I would rather have a form where people leave their details');
  expect(asked.text).toContain('privacy notice');
  await say(shop, 'padaria.pt/privacy');
  const brief = await readBrief(shop.ctx, { projectId: shop.projectId });
  expect(brief?.draft).toMatchObject({
    goal: 'LEADS',
    websiteUrl: null,
    privacyPolicyUrl: 'https://padaria.pt/privacy',
  });
  await confirmBrief(shop.ctx, { projectId: shop.projectId, version: brief?.version ?? 0 });
  expect((await turn(shop, { type: 'brief_confirmed' })).text).toContain('is ready');

  const campaign = await inWorkspace(shop.ctx.workspaceId, (tx) =>
    tx.campaignRecord.findFirstOrThrow({ where: { projectId: shop.projectId } }),
  );
  const chat = { ctx: shop.ctx, conversationId: campaign.conversationId ?? '' };
  const card = (await listMessages(chat.ctx, chat)).find(({ kind }) => kind === 'APPROVAL_REQUEST')
    ?.card as CampaignApprovalView;
  expect(card.plan.newLeadForm).toMatchObject({
    questions: ['NAME', 'EMAIL', 'PHONE'],
    privacyPolicyUrl: 'https://padaria.pt/privacy',
  });
  for (const ad of card.plan.adSets.flatMap(({ ads }) => ads)) expect(ad.linkUrl).toBeNull();
}, 180_000);
