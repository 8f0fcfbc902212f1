import { beforeAll, describe, expect, it } from 'vitest';
import type { CampaignAction } from '@/lib/domain/action';
import { inWorkspace } from '@/lib/runtime/db';
import { confirmBrief } from '@/lib/services/briefs/confirm';
import { updateBrief } from '@/lib/services/briefs/update';
import { executeAction } from '@/lib/services/mutations/execute';
import { changeWords } from '@/lib/words/en/changes';
import { approveAction, gateOverSimulator, job, live, remote } from '../../fixtures/gate';
import type { SimulatedLaunch } from '../../fixtures/simulated-launch';
import { say } from '../agent/owner-chat';

const { posts } = gateOverSimulator();

/** The card that waits after the owner's words, with the action its hash covers. */
async function waiting(launch: SimulatedLaunch) {
  return inWorkspace(launch.ctx.workspaceId, async (tx) => {
    const cards = await tx.approval.findMany({ where: { state: 'WAITING' }, orderBy: { createdAt: 'asc' } });
    return cards.map((card) => ({ ...card, action: (JSON.parse(card.payload) as { action?: CampaignAction }).action }));
  });
}

describe('the owner asks in the chat for something different about ads that run', () => {
  let launch: SimulatedLaunch;
  beforeAll(async () => {
    launch = await live();
    const { missing, version } = await updateBrief(launch.ctx, {
      projectId: launch.projectId,
      source: 'owner',
      patch: {
        businessName: 'Padaria da Ana',
        businessDescription: 'a small bakery',
        product: 'birthday cakes',
        targetAudience: 'families',
        goal: 'LEADS',
        monthlyBudget: { minor: '90000', currency: 'EUR' },
        location: 'Porto, Portugal',
        country: 'PT',
        uniqueSellingPoint: 'baked the same morning',
        websiteUrl: 'https://padaria-da-ana.pt',
        language: 'pt',
        customerValue: null,
      },
    });
    expect(missing).toEqual([]);
    await confirmBrief(launch.ctx, { projectId: launch.projectId, version });
  });

  it('other people: a card with before and after, and nothing at Facebook before the press', async () => {
    const before = (await posts(launch)).length;
    const { text, messages } = await say(launch, 'show my ads only in Braga');
    expect(text).toContain(changeWords.done.propose_audience);
    expect(messages.some(({ kind }) => kind === 'APPROVAL_REQUEST')).toBe(true);
    const [card] = await waiting(launch);
    expect(card?.action).toMatchObject({
      kind: 'set_audience',
      from: { cities: [] },
      to: { cities: [{ name: 'Braga' }] },
    });
    expect((await posts(launch)).length).toBe(before);

    // The newest wish about the same thing takes the place of the one before.
    await say(launch, 'show them only in Lisbon');
    const [newer, ...none] = await waiting(launch);
    expect(none).toEqual([]);
    expect(newer?.action).toMatchObject({ to: { cities: [{ name: 'Lisbon' }] } });
    await approveAction(launch, newer?.actionId ?? '');
    await executeAction(job(launch), { actionId: newer?.actionId ?? '' });
    const shown = (await remote(launch, 'adset', 'adset-1'))?.fields.targeting as {
      geo_locations: { cities?: unknown[] };
    };
    expect(shown.geo_locations.cities).toHaveLength(1);
    expect((await say(launch, 'show them also in Nowhereville')).text).toContain('Nowhereville');
  });

  it('a new ad: its picture and words stand on the card; one that promises health does not', async () => {
    const { text } = await say(launch, 'make me another ad that says "Fresh bread at seven"');
    expect(text).toContain(changeWords.done.propose_new_ad);
    const [card] = await waiting(launch);
    expect(card?.action).toMatchObject({ kind: 'add_ad', ad: { headline: 'Fresh bread at seven', key: 'ad-4' } });
    const ad = card?.action?.kind === 'add_ad' ? card.action.ad : null;
    const file = await inWorkspace(launch.ctx.workspaceId, (tx) =>
      tx.storedFile.count({ where: { sha256: ad?.images.square ?? '' } }),
    );
    expect(file).toBe(1);
    const unsafe = await say(launch, 'make me another ad that says "Cures diabetes in a week"');
    expect(unsafe.text).toContain('Facebook refuses');
  });

  it('which ad is better: a card that says what it could see, or why it could see nothing', async () => {
    const { text: early } = await say(launch, 'which of my ads is better?');
    expect(early).toContain('Nothing has been counted yet');
    await inWorkspace(launch.ctx.workspaceId, async (tx) => {
      const ads = await tx.remoteObject.findMany({ where: { level: 'ad' } });
      const days = Array.from({ length: 14 }, (_, at) => new Date(Date.now() - (at + 1) * 86_400_000));
      await tx.insightFact.createMany({
        data: ads.flatMap(({ remoteId }) =>
          days.map((day) => ({
            workspaceId: launch.ctx.workspaceId,
            platform: 'meta',
            level: 'ad',
            entityId: remoteId,
            day: new Date(day.toISOString().slice(0, 10)),
            attribution: 'default',
            accountId: launch.account.externalId,
            currency: 'EUR',
            spendMinor: 300n,
            impressions: 9000,
            clicks: 400,
            results: 40,
          })),
        ),
      });
    });
    const before = (await posts(launch)).length;
    const { text, messages } = await say(launch, 'which of these texts is better?');
    expect(text).toContain('I have put a card here');
    expect(messages.some(({ kind }) => kind === 'APPROVAL_REQUEST')).toBe(true);
    const card = (await waiting(launch)).find(({ action }) => action?.kind === 'start_test');
    expect(card?.action).toMatchObject({ test: { level: 'ad', drawnBy: 'platform', measure: 'results' } });
    await approveAction(launch, card?.actionId ?? '');
    await executeAction(job(launch), { actionId: card?.actionId ?? '' });
    const [test] = await inWorkspace(launch.ctx.workspaceId, (tx) => tx.adTest.findMany());
    expect(test).toMatchObject({ state: 'RUNNING', level: 'ad' });
    expect((await posts(launch)).length).toBe(before);
    expect((await say(launch, 'which of my ads is better?')).text).toContain('already running');
  });

  it('another kind of ads: never changed in place, but a new plan under the stricter rules on a launch card', async () => {
    const before = (await posts(launch)).length;
    const { text } = await say(launch, 'the ads are actually about hiring');
    expect(text).toContain(changeWords.done.propose_category);
    const card = (await waiting(launch)).find(({ kind }) => kind === 'launch');
    const plan = JSON.parse(card?.payload ?? '{}') as typeof launch.plan;
    expect(plan.specialAdCategories).toEqual(['EMPLOYMENT']);
    expect(plan.adSets[0]?.targeting).toMatchObject({ ageMin: 18, ageMax: 65, interests: [] });
    expect(plan.adSets[0]?.ads.map(({ headline }) => headline)).toEqual(
      launch.plan.adSets[0]?.ads.map(({ headline }) => headline),
    );
    expect(card?.campaignRecordId).not.toBe(launch.campaignRecordId);
    expect((await remote(launch, 'campaign', 'campaign'))?.status).toBe('ACTIVE');
    expect((await posts(launch)).length).toBe(before);
  });

  it('a deletion: the second ad by its number, one that is not there by asking back, and only after the press', async () => {
    for (const unnamed of ['delete the fifth ad', 'delete an ad', 'delete the ad about carrots'])
      expect((await say(launch, unnamed)).text).toContain('Which one do you mean?');
    const { text } = await say(launch, 'delete the second ad');
    expect(text).toContain(changeWords.done.propose_deletion);
    const card = (await waiting(launch)).find(({ action }) => action?.kind === 'delete_ad');
    expect(card).toMatchObject({ riskClass: 'high', action: { adKey: 'ad-2' } });
    expect((await remote(launch, 'ad', 'ad-2'))?.status).toBe('ACTIVE');
  });
});
