import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { AppError } from '@/lib/domain/errors';
import { money } from '@/lib/domain/money';
import { metaExponent, moneyToMeta, moneyToMetaMajor } from '@/lib/platforms/meta/codec';
import { metaFailure } from '@/lib/platforms/meta/errors';
import { metaReader } from '@/lib/platforms/meta/reader';
import { metaWriter } from '@/lib/platforms/meta/writer';
import { memoryPace, plugPace } from '@/lib/platforms/pace';
import { pointAt } from './environment';
import { deploy, eur, openShop } from './plan';
import { type Simulator, startSimulator } from './simulator-process';

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator();
  pointAt(simulator.url, 10_000);
}, 60_000);
beforeEach(() => plugPace(memoryPace()));
afterEach(() => simulator.admin('DELETE', 'faults'));
afterAll(() => simulator?.stop());

async function failureOf(call: Promise<unknown>): Promise<AppError> {
  return call.then(
    () => {
      throw new Error('expected a failure');
    },
    (error: unknown) => {
      if (error instanceof AppError) return error;
      throw error;
    },
  );
}

describe('what holds at Meta while our server is down', () => {
  test('a stop rule is made, found again with its amount, switched off at Meta it no longer counts as working, and goes', async () => {
    const shop = await openShop();
    const { campaignId } = await deploy(shop, { ads: 0 });
    const { remoteId } = await metaWriter.createStopRule(shop.access, {
      name: 'stop [ag:rule-1]',
      campaignRemoteId: campaignId,
      perDay: eur(4_200),
    });
    const rules = () => metaReader.listStopRules(shop.access, { campaignRemoteId: campaignId });
    expect(await rules()).toEqual([{ remoteId, name: 'stop [ag:rule-1]', perDay: eur(4_200), works: true }]);
    expect(await metaReader.listStopRules(shop.access, { campaignRemoteId: '1' })).toEqual([]);
    // Somebody opens Ads Manager and switches it off.
    await fetch(`${simulator.url}/v26.0/${remoteId}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${shop.access.token}` },
      body: new URLSearchParams({ status: 'DISABLED' }),
    });
    expect((await rules())[0]?.works).toBe(false);
    await metaWriter.remove(shop.access, remoteId);
    expect(await rules()).toEqual([]);
  });

  test("a campaign's cap is set, read back and taken away; one below Meta's least is refused in Meta's words", async () => {
    const shop = await openShop();
    const { campaignId } = await deploy(shop, { ads: 0 });
    const [account] = await metaReader.listAccounts(shop.access);
    const least = account?.minCampaignSpendCap;
    if (!least) throw new Error('the account names no least cap');
    const cap = async () => (await metaReader.read(shop.access, 'campaign', campaignId))?.spendCap ?? null;
    await metaWriter.setCampaignSpendCap(shop.access, campaignId, least);
    expect(await cap()).toEqual(least);
    await metaWriter.setCampaignSpendCap(shop.access, campaignId, null);
    expect(await cap()).toBeNull();
    const tooLow = money(least.minor - 1n, least.currency);
    const error = await failureOf(metaWriter.setCampaignSpendCap(shop.access, campaignId, tooLow));
    expect(error.code).toBe('platform_fix_input');
    expect(metaFailure(error)?.blamed).toEqual(['spend_cap']);
  });

  test.each([
    ['shop', 12_345n, 'EUR'],
    ['jpy', 50_000n, 'JPY'],
  ])("the account's cap (%s) goes out in major units and comes back the same", async (scenario, minor, currency) => {
    const shop = await openShop(scenario);
    await metaWriter.setAccountSpendCap(shop.access, money(minor, currency));
    expect((await metaReader.accountSpend(shop.access)).cap).toEqual(money(minor, currency));
    await metaWriter.setAccountSpendCap(shop.access, null);
    expect(await metaReader.accountSpend(shop.access)).toEqual({ spent: money(0n, currency), cap: null });
  });

  test('major units are exactly the minor ones, in every currency', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 10n ** 12n }),
        fc.constantFrom('EUR', 'JPY', 'HUF', 'COP', 'BHD'),
        (minor, currency) => {
          const text = moneyToMetaMajor(money(minor, currency));
          const [whole = '', fraction = ''] = text.split('.');
          expect(fraction).toHaveLength(metaExponent(currency));
          expect(BigInt(whole + fraction)).toBe(moneyToMeta(money(minor, currency)));
        },
      ),
    );
  });
});

/** A shop whose app has Meta's smallest tier, as every new app has. */
async function limitedShop() {
  const shop = await openShop();
  const world = (await simulator.admin('POST', 'worlds', {
    scenario: 'shop',
    rateTier: 'limited',
    seed: 21,
  })) as typeof shop.world;
  const access = { ...shop.access, accountId: world.adAccounts[0]?.id ?? '', token: world.accessToken };
  return { ...shop, world, access, pageId: world.pages[0]?.id ?? '', instagramId: null };
}

describe('limits of an account', () => {
  test('the smallest budgets are named, and Meta refuses less than the least', async () => {
    const shop = await openShop();
    const least = await metaReader.minimumBudgets(shop.access);
    expect(least?.impressions.currency).toBe('EUR');
    expect(least?.impressions.minor).toBeGreaterThan(0n);
    expect(least?.clicks.minor).toBeGreaterThanOrEqual(least?.impressions.minor ?? 0n);
    expect(least?.rareActions.minor).toBeGreaterThan(least?.clicks.minor ?? 0n);
  });

  test('Instagram accounts are those of the Page', async () => {
    const shop = await openShop();
    const seen = await metaReader.listInstagramAccounts(shop.access);
    expect(seen.map((one) => one.externalId)).toContain(shop.instagramId);
  });

  test('the fifth budget change within the hour is told to wait an hour, and holds up nothing else', async () => {
    const shop = await limitedShop();
    const { adSetId, campaignId } = await deploy(shop, { ads: 0, pixelId: null });
    const change = async (times: number) => {
      for (let at = 1; at <= times; at += 1) {
        await metaWriter.setAdSetBudget(shop.access, adSetId, eur(2_000 + at * 100));
        await simulator.admin('POST', `worlds/${shop.world.worldId}/clock`, { advanceMs: 31_000 });
      }
    };
    expect(await failureOf(change(6))).toMatchObject({
      code: 'platform_retry_later',
      details: { reason: 'too_many_budget_edits', retryAfterMs: 3_600_000 },
    });
    await metaWriter.setStatus(shop.access, 'campaign', campaignId, 'PAUSED');
    expect((await metaReader.read(shop.access, 'campaign', campaignId))?.status).toBe('PAUSED');
  });
});

describe('what a person or Meta did to an object', () => {
  test('trouble that stops delivery is told with its reason, and a preview is an address of Meta', async () => {
    const shop = await openShop();
    const { adIds, creativeIds } = await deploy(shop, { ads: 1 });
    await simulator.admin('POST', `worlds/${shop.world.worldId}/edit`, { objectId: adIds[0], review: 'disapprove' });
    const ad = await metaReader.read(shop.access, 'ad', adIds[0] ?? '');
    expect(ad?.effectiveStatus).toBe('DISAPPROVED');
    expect(ad?.reviewFeedback.join(' ')).toMatch(/\w{4,}/);
    const address = await metaReader.preview(shop.access, { creativeRemoteId: creativeIds[0] ?? '', place: 'feed' });
    if (address !== null) expect(address).toMatch(/^https:\/\//);
  });
});
