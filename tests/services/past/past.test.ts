import { afterEach, describe, expect, it } from 'vitest';
import { pastForModel } from '@/lib/agent/prompts/past';
import { addDays, dayIn } from '@/lib/domain/time';
import '@/lib/jobs/registry';
import { runJobNow } from '@/lib/jobs/run-now';
import { metaReader } from '@/lib/platforms/meta/reader';
import { runReactions } from '@/lib/reactions/run';
import { inWorkspace } from '@/lib/runtime/db';
import { confirmBrief } from '@/lib/services/briefs/confirm';
import { accessFor } from '@/lib/services/connections/access';
import { selectAccount } from '@/lib/services/connections/select-account';
import { listMessages } from '@/lib/services/messages/list';
import { learnPast } from '@/lib/services/past/learn-past';
import { draftCampaign } from '@/lib/services/plans/draft-campaign';
import { readStanding } from '@/lib/services/standing/read';
import { buildConversation } from '../../factories';
import { queuedJobs } from '../../fixtures/launch';
import { withSimulator } from '../../fixtures/with-simulator';
import { BAKERY, buildShop, IDEAS, type Shop } from '../plans/simulated-shop';

const simulator = withSimulator({ META_TIMEOUT_MS: '5000' });
afterEach(() => simulator.admin('DELETE', 'faults'));

const SELLS = { ...BAKERY, goal: 'SALES' as const, websiteUrl: 'https://padaria-da-ana.pt' };
const oldShop = (options: Parameters<typeof buildShop>[0] = {}) =>
  buildShop({ scenario: 'shop-history', brief: SELLS, ...options });
const learnJob = (shop: Shop) => runJobNow('learn-past', shop.ctx, { projectId: shop.projectId });
const rowsOf = (ctx: Shop['ctx']) => inWorkspace(ctx.workspaceId, (tx) => tx.accountPast.findMany());
const told = async (shop: Shop) =>
  (await listMessages(shop.ctx, { conversationId: shop.conversationId })).filter(
    ({ card }) => card?.kind === 'NOTICE' && card.key.startsWith('past_'),
  );

/** Requests for daily numbers that really reached the platform. */
async function asked(shop: Shop): Promise<number> {
  const { requests } = (await simulator.admin('GET', `requests?world=${shop.world.worldId}`)) as {
    requests: { path: string }[];
  };
  return requests.filter(({ path }) => path.endsWith('/insights')).length;
}

async function drafted(shop: Shop) {
  const result = await draftCampaign(shop.ctx, {
    projectId: shop.projectId,
    conversationId: shop.conversationId,
    ideas: { ...IDEAS, ads: IDEAS.ads.map((ad) => ({ ...ad, callToAction: 'LEARN_MORE' as const })) },
  });
  if (!result.ready) throw new Error(`not ready: ${result.problem} ${JSON.stringify(result.details)}`);
  return result.plan;
}

describe('an account with a past', () => {
  it('is read by one job when it is chosen, with one question, and told once in words', async () => {
    const shop = await oldShop();
    await selectAccount(shop.ctx, { projectId: shop.projectId, accountId: shop.account.id, pageId: shop.page.id });
    const event = await inWorkspace(shop.ctx.workspaceId, (tx) =>
      tx.event.findFirstOrThrow({ where: { type: 'account.selected' }, orderBy: { seq: 'desc' } }),
    );
    await runReactions(event.id, shop.ctx.workspaceId);
    await runReactions(event.id, shop.ctx.workspaceId);
    const jobs = await queuedJobs(shop.ctx.workspaceId, 'learn-past');
    expect(jobs.map(({ data, key }) => [data, key])).toContainEqual([
      { projectId: shop.projectId },
      `meta:${shop.account.externalId}`,
    ]);

    for (let run = 0; run < 3; run += 1) await learnJob(shop);
    expect(await asked(shop)).toBe(1);
    expect(await rowsOf(shop.ctx)).toHaveLength(1);
    const notices = await told(shop);
    expect(notices.map(({ text }) => text)).toEqual([
      expect.stringMatching(
        /^I looked at your last 90 days at Facebook\. Up to .+, your ads that counted sales ran on \d+ days and cost €[\d,.]+\. A click cost between €[\d.]+ and €[\d.]+ \([\d,]+ clicks\)\. (Each sale cost between €[\d.]+ and €[\d.]+ \(\d+ sales\)|There were \d+ sales: too few to say what each one costs)\./,
      ),
    ]);
  });

  it('is one row and one message, however many read and tell it at the same moment', async () => {
    const shop = await oldShop();
    await Promise.all(Array.from({ length: 5 }, () => learnJob(shop)));
    expect(await rowsOf(shop.ctx)).toHaveLength(1);
    expect(await told(shop)).toHaveLength(1);
  });

  it('says nothing but what the platform reports for the days that are mature', async () => {
    const shop = await oldShop();
    const { learned } = await learnPast(shop.ctx, { projectId: shop.projectId });
    const { access, account } = await accessFor(shop.ctx, { projectId: shop.projectId });
    const today = dayIn(account.timezone, new Date());
    const truth = await metaReader.insights(access, {
      level: 'campaign',
      since: addDays(today, -90),
      until: addDays(today, -8),
      goal: 'SALES',
    });
    const sum = (of: (row: (typeof truth.rows)[number]) => number) => truth.rows.reduce((all, row) => all + of(row), 0);
    expect(learned.goals).toHaveLength(1);
    expect(learned.goals[0]).toMatchObject({
      goal: 'SALES',
      days: truth.rows.length,
      clicks: sum((row) => row.clicks),
      results: sum((row) => row.results ?? 0),
      spend: { minor: String(sum((row) => Number(row.spendMinor))), currency: 'EUR' },
    });
    const seen = learned.goals[0]?.perClick;
    const mean = sum((row) => Number(row.spendMinor)) / sum((row) => row.clicks);
    expect(Number(seen?.low.minor)).toBeLessThanOrEqual(mean);
    expect(Number(seen?.high.minor)).toBeGreaterThanOrEqual(mean);
  });

  it('waits with its words until the brief is confirmed', async () => {
    const shop = await oldShop({ confirmed: false });
    await learnJob(shop);
    expect(await told(shop)).toEqual([]);
    await confirmBrief(shop.ctx, { projectId: shop.projectId, version: shop.version });
    await learnJob(shop);
    expect(await told(shop)).toHaveLength(1);
  });

  it('gives a plan for the same goal its range, and another goal the range of shops like it', async () => {
    const same = await drafted(await oldShop());
    expect(same.projection.basis).toMatchObject({ kind: 'own-history' });
    const other = await oldShop({ brief: { ...SELLS, goal: 'LEADS' } });
    expect((await drafted(other)).projection.basis).toEqual({ kind: 'similar-shops' });
  }, 120_000);

  it('stands in what the agent knows, as something the platform said', async () => {
    const shop = await oldShop();
    await learnJob(shop);
    const standing = await readStanding(shop.ctx, { conversationId: shop.conversationId });
    expect(pastForModel(standing.past)).toMatchObject({
      origin: 'platform',
      currency: 'EUR',
      goals: [{ goal: 'SALES', perClick: { lowest: expect.stringMatching(/^\d+\.\d\d$/), from: expect.any(Number) } }],
      guesses: [],
    });
  });

  it('belongs to its workspace alone', async () => {
    const shop = await oldShop();
    await learnJob(shop);
    const stranger = await buildConversation();
    await expect(learnPast(stranger.ctx, { projectId: shop.projectId })).rejects.toMatchObject({ code: 'not_found' });
    expect(await rowsOf(stranger.ctx)).toEqual([]);
    expect(await rowsOf(shop.ctx)).toHaveLength(1);
  });
});

describe('an account without a past', () => {
  it('is read once and nothing is said', async () => {
    const shop = await buildShop();
    await learnJob(shop);
    await learnJob(shop);
    expect(await asked(shop)).toBe(1);
    expect(await told(shop)).toEqual([]);
    expect(await rowsOf(shop.ctx)).toEqual([expect.objectContaining({ days: [] })]);
  });
});

describe('a platform that does not answer', () => {
  it('never holds up a plan, and nothing is kept of what was not read', async () => {
    const shop = await oldShop();
    await simulator.admin('POST', 'faults', {
      world: shop.world.worldId,
      kind: 'html_502',
      match: { path: '/insights' },
      times: 50,
    });
    expect((await drafted(shop)).projection.basis).toEqual({ kind: 'similar-shops' });
    expect(await rowsOf(shop.ctx)).toEqual([]);
  }, 120_000);
});
