import { describe, expect, it } from 'vitest';
import { canonicalJson } from '@/lib/domain/canonical';
import type { CampaignApprovalView } from '@/lib/domain/message';
import { metaWriter } from '@/lib/platforms/meta/writer';
import { inWorkspace } from '@/lib/runtime/db';
import { sha256Hex } from '@/lib/runtime/ids';
import { decideApproval } from '@/lib/services/approvals/decide';
import { listArtifacts } from '@/lib/services/artifacts/list';
import { updateBrief } from '@/lib/services/briefs/update';
import { accessFor } from '@/lib/services/connections/access';
import { readFile } from '@/lib/services/files/read';
import { listMessages } from '@/lib/services/messages/list';
import { draftCampaign } from '@/lib/services/plans/draft-campaign';
import { withSimulator } from '../../fixtures/with-simulator';
import { say, turn } from '../agent/owner-chat';
import { buildShop, IDEAS, type Shop } from './simulated-shop';

const simulator = withSimulator({ META_TIMEOUT_MS: '5000' });

const draft = (shop: Shop, input: Partial<Parameters<typeof draftCampaign>[1]> = {}) =>
  draftCampaign(shop.ctx, { projectId: shop.projectId, conversationId: shop.conversationId, ideas: IDEAS, ...input });
const launchCard = async (shop: Shop, conversationId: string) =>
  (await listMessages(shop.ctx, { conversationId }))
    .filter(({ kind }) => kind === 'APPROVAL_REQUEST')
    .map(({ card }) => card as CampaignApprovalView);

async function drafted(shop: Shop, input: Partial<Parameters<typeof draftCampaign>[1]> = {}) {
  const result = await draft(shop, input);
  if (!result.ready) throw new Error(`not ready: ${result.problem} ${JSON.stringify(result.details)}`);
  return result;
}

describe('drafting a campaign', () => {
  it('stores version 1 with its hash, opens the campaign’s conversation, and puts exactly that plan on the card', async () => {
    const shop = await buildShop();
    const plan = await drafted(shop);
    const row = await inWorkspace(shop.ctx.workspaceId, (tx) =>
      tx.planVersion.findUniqueOrThrow({ where: { id: plan.planVersionId } }),
    );
    expect(row).toMatchObject({
      version: 1,
      briefVersion: shop.version,
      canonical: canonicalJson(plan.plan),
      sha256: sha256Hex(row.canonical),
    });
    const [card] = await launchCard(shop, plan.conversationId);
    expect(card).toMatchObject({
      approvalKind: 'launch',
      state: 'WAITING',
      hash: row.sha256,
      planVersion: 1,
      plan: JSON.parse(row.canonical),
    });
    expect((await listMessages(shop.ctx, { conversationId: plan.conversationId })).map(({ kind }) => kind)).toEqual([
      'TEXT',
      'APPROVAL_REQUEST',
    ]);
    expect(await listArtifacts(shop.ctx, { projectId: shop.projectId })).toEqual(
      expect.arrayContaining([expect.objectContaining({ type: 'CAMPAIGN' })]),
    );
    const [onboarding, campaign] = await inWorkspace(shop.ctx.workspaceId, async (tx) => [
      await tx.conversation.findUniqueOrThrow({ where: { id: shop.conversationId } }),
      await tx.campaignRecord.findUniqueOrThrow({ where: { id: plan.campaignRecordId } }),
    ]);
    expect([onboarding.status, campaign.status, campaign.structure]).toEqual(['COMPLETED', 'PENDING_APPROVAL', null]);
  }, 120_000);

  it('aims at the owner’s town, stays within the month, and carries three pictures per ad', async () => {
    const shop = await buildShop();
    const { plan } = await drafted(shop);
    const adSet = plan.adSets[0];
    expect(adSet?.targeting.cities).toEqual([expect.objectContaining({ name: 'Porto', radiusKm: 17 })]);
    expect(BigInt(plan.dailyBudget.minor) * 31n).toBeLessThanOrEqual(30_000n);
    for (const ad of [...(adSet?.ads ?? []), ...(adSet?.reserves ?? [])]) {
      expect(ad).toMatchObject({ callToAction: 'MESSAGE_PAGE', linkUrl: null });
      const sizes = await Promise.all(
        [ad.images.square, ad.images.portrait, ad.images.story].map((sha256) => readFile(shop.ctx, { sha256 })),
      );
      expect(sizes.map(({ width, height, mime }) => [width, height, mime])).toEqual([
        [1080, 1080, 'image/png'],
        [1080, 1350, 'image/png'],
        [1080, 1920, 'image/png'],
      ]);
    }
  }, 120_000);

  it('a change makes the next version of the same campaign, supersedes the card, and lists the differences', async () => {
    const shop = await buildShop();
    const first = await drafted(shop);
    await updateBrief(shop.ctx, {
      projectId: shop.projectId,
      patch: { monthlyBudget: { minor: '20000', currency: 'EUR' } },
      source: 'owner',
    });
    const second = await drafted(shop, {
      conversationId: first.conversationId,
      ideas: {},
      changes: { ageMin: 25, ageMax: 45 },
    });
    expect(second).toMatchObject({ campaignRecordId: first.campaignRecordId, version: 2, changed: true });
    expect((await launchCard(shop, first.conversationId)).map(({ state }) => state)).toEqual(['SUPERSEDED', 'WAITING']);
    const diff = (await listMessages(shop.ctx, { conversationId: first.conversationId })).find(
      ({ kind }) => kind === 'PLAN_DIFF',
    )?.card;
    expect(diff).toMatchObject({
      fromVersion: 1,
      toVersion: 2,
      changes: expect.arrayContaining([
        { label: 'Money per day', before: '€9.67', after: '€6.45' },
        { label: 'Ages', before: '18–65', after: '25–45' },
      ]),
    });
    expect(second.plan.adSets[0]?.ads.map(({ images }) => images)).toEqual(
      first.plan.adSets[0]?.ads.map(({ images }) => images),
    );
  }, 120_000);

  it('the same plan again changes nothing', async () => {
    const shop = await buildShop();
    const first = await drafted(shop);
    expect(await drafted(shop)).toMatchObject({
      changed: false,
      planVersionId: first.planVersionId,
      approvalId: first.approvalId,
    });
    expect(await launchCard(shop, first.conversationId)).toHaveLength(1);
  }, 120_000);

  it('a press on an older card approves nothing', async () => {
    const shop = await buildShop();
    const first = await drafted(shop);
    const [card] = await launchCard(shop, first.conversationId);
    await drafted(shop, { ideas: {}, changes: { ageMin: 30 } });
    await expect(
      decideApproval(shop.ctx, { approvalId: first.approvalId, hash: card?.hash ?? '', decision: 'approve' }),
    ).rejects.toMatchObject({ code: 'approval_not_waiting' });
  }, 120_000);

  it.each([
    ['the brief is not confirmed', { confirmed: false }, 'brief_not_confirmed'],
    ['the account pays in another currency', { currency: 'USD' }, 'other_currency'],
    ['nobody knows the country', { brief: { country: null } }, 'country_missing'],
    ['the goal needs a website there is none of', { brief: { goal: 'SALES' as const } }, 'goal_needs_website'],
  ])('says plainly that there is no plan when %s', async (_when, options, problem) => {
    expect(await draft(await buildShop(options))).toMatchObject({ ready: false, problem });
  });

  it('without a site, leads are asked for in the form the owner published last on the Page; with none, it says so', async () => {
    const shop = await buildShop({ brief: { goal: 'LEADS' as const, websiteUrl: null, privacyPolicyUrl: null } });
    expect(await draft(shop)).toMatchObject({ ready: false, problem: 'goal_needs_form' });
    const { access, page } = await accessFor(shop.ctx, { projectId: shop.projectId });
    const publish = (name: string) =>
      metaWriter.createLeadForm(access, {
        pageId: page?.externalId ?? '',
        name,
        language: 'en',
        privacyPolicyUrl: 'https://shop.example/privacy',
        thanks: { title: 'Thank you', body: 'We will call.', websiteUrl: null },
      });
    await publish('First');
    const { remoteId } = await publish('Orders');
    const { plan } = await drafted(shop);
    expect(plan.leadForm).toEqual({ id: remoteId, name: 'Orders' });
    expect(plan.pixelId).toBeNull();
    for (const ad of plan.adSets[0]?.ads ?? []) expect(ad.linkUrl).toBeNull();
  }, 120_000);

  it('without a site and without a form, one is drafted under the owner’s privacy notice, covered by the hash, and shown', async () => {
    const shop = await buildShop({
      brief: { goal: 'LEADS' as const, websiteUrl: null, privacyPolicyUrl: 'padaria.pt/privacy' },
    });
    const first = await drafted(shop);
    expect(first.plan.leadForm).toBeUndefined();
    expect(first.plan.newLeadForm).toEqual({
      title: 'Contact Padaria da Ana',
      intro: 'Leave your details and we will get back to you about birthday cakes.',
      questions: ['NAME', 'EMAIL', 'PHONE'],
      thanks: { title: 'Thank you', text: 'Padaria da Ana has your details and will be in touch soon.' },
      privacyPolicyUrl: 'https://padaria.pt/privacy',
      language: 'en',
    });
    for (const ad of first.plan.adSets[0]?.ads ?? []) expect(ad.linkUrl).toBeNull();
    const [card] = await launchCard(shop, first.conversationId);
    expect(card?.plan.newLeadForm).toEqual(first.plan.newLeadForm);
    expect(card?.hash).toBe(sha256Hex(canonicalJson(first.plan)));

    const second = await drafted(shop, { ideas: {}, form: { title: 'Order a cake', askPhone: false } });
    expect(second).toMatchObject({ version: 2, changed: true });
    expect(second.plan.newLeadForm).toMatchObject({
      title: 'Order a cake',
      intro: first.plan.newLeadForm?.intro,
      questions: ['NAME', 'EMAIL'],
    });
    const [old, next] = await launchCard(shop, first.conversationId);
    expect([old?.state, next?.state, next?.hash === old?.hash]).toEqual(['SUPERSEDED', 'WAITING', false]);
    const diff = (await listMessages(shop.ctx, { conversationId: first.conversationId })).find(
      ({ kind }) => kind === 'PLAN_DIFF',
    )?.card;
    expect(diff).toMatchObject({
      changes: [
        { label: 'Heading of the form', before: 'Contact Padaria da Ana', after: 'Order a cake' },
        { label: 'What the form asks', before: 'Name, E-mail address, Phone number', after: 'Name, E-mail address' },
      ],
    });
    expect(await draft(shop, { form: { intro: 'Guaranteed to cure depression.' } })).toMatchObject({
      ready: false,
      problem: 'unsafe_claim',
    });
  }, 120_000);

  it('a Page that has not accepted the terms for forms is named as what is missing, before anything is approved', async () => {
    const shop = await buildShop({
      brief: { goal: 'LEADS' as const, websiteUrl: null, privacyPolicyUrl: 'padaria.pt/privacy' },
    });
    await simulator.admin('POST', `worlds/${shop.world.worldId}/edit`, {
      objectId: shop.world.pages[0]?.id,
      set: { leadgen_tos_accepted: false },
    });
    expect(await draft(shop)).toMatchObject({ ready: false, problem: 'form_terms' });
  }, 60_000);

  it('says what the account needs at least when the budget is too small for it', async () => {
    const shop = await buildShop({ brief: { monthlyBudget: { minor: '2000', currency: 'EUR' } } });
    await inWorkspace(shop.ctx.workspaceId, (tx) =>
      tx.adAccount.update({ where: { id: shop.account.id }, data: { minDailyBudgetMinor: 100n } }),
    );
    expect(await draft(shop)).toMatchObject({
      ready: false,
      problem: 'budget_below_minimum',
      details: { monthlyMinimum: { amount: '31.00', currency: 'EUR' } },
    });
  }, 60_000);

  it('refuses an ad that promises what nobody may promise', async () => {
    const [first, ...rest] = IDEAS.ads;
    const ads = [
      { ...first, primaryText: 'Our cake cures depression, guaranteed.' } as (typeof IDEAS.ads)[number],
      ...rest,
    ];
    expect(await draft(await buildShop(), { ideas: { ...IDEAS, ads } })).toMatchObject({
      ready: false,
      problem: 'unsafe_claim',
    });
  });

  it('another workspace’s project is not found', async () => {
    const [shop, stranger] = [await buildShop(), await buildShop()];
    expect(
      await draftCampaign(stranger.ctx, {
        projectId: shop.projectId,
        conversationId: shop.conversationId,
        ideas: IDEAS,
      }),
    ).toMatchObject({ ready: false });
  });
});

describe('the built-in helper after connecting', () => {
  it('drafts by itself, then changes the plan in the owner’s words, and never approves by text', async () => {
    const shop = await buildShop();
    const first = await turn(shop, { type: 'connected' });
    expect(first.text).toContain('is ready');
    const campaign = await inWorkspace(shop.ctx.workspaceId, (tx) =>
      tx.campaignRecord.findFirstOrThrow({ where: { projectId: shop.projectId } }),
    );
    const chat = { ctx: shop.ctx, conversationId: campaign.conversationId ?? '' };
    const cheaper = await say(chat, 'that is too expensive, make it cheaper');
    expect(cheaper.text).toContain('from €300 to €210');
    expect(cheaper.messages.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['PLAN_DIFF', 'APPROVAL_REQUEST']));
    await say(chat, 'yes, go ahead!');
    const after = await inWorkspace(shop.ctx.workspaceId, (tx) =>
      tx.approval.findMany({ where: { campaignRecordId: campaign.id }, orderBy: { createdAt: 'asc' } }),
    );
    expect(after.map(({ state }) => state)).toEqual(['SUPERSEDED', 'WAITING']);
  }, 180_000);
});
