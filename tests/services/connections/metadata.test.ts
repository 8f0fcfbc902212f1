import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { closeSendingBoss, plugJobEngine } from '@/lib/jobs/engine';
import { closeDatabase, inSystem, inWorkspace } from '@/lib/runtime/db';
import { accessFor } from '@/lib/services/connections/access';
import {
  cachedCities,
  cachedInterests,
  cachedLeadForms,
  cachedMinimumBudgets,
} from '@/lib/services/connections/metadata';
import { pointAt } from '@/tests/contract/meta/environment';
import { graphError, json, type SeenRequest, startScripted } from '@/tests/contract/meta/scripted-server';
import { buildConnection, buildProject } from '@/tests/factories';

let server: Awaited<ReturnType<typeof startScripted>>;
beforeAll(async () => {
  server = await startScripted();
  pointAt(server.url);
  plugJobEngine();
});
afterAll(async () => {
  await server.stop();
  await closeSendingBoss();
  await closeDatabase();
});

/** A town that carries the token it was asked with and the words it was asked for. */
const echo = (request: SeenRequest) => {
  const asked = new URL(request.url, server.url).searchParams.get('q');
  return { data: [{ key: `${request.headers.authorization} ${asked}`, name: asked, region: '' }] };
};
beforeEach(() => server.answerWith((request, response) => json(response, 200, echo(request))));

async function tenant(mark: string) {
  const owner = await buildProject();
  await buildConnection(owner, { token: `EAA${mark}Token0000000000` });
  return { ...owner, mark, held: await accessFor(owner.ctx, { projectId: owner.projectId }) };
}
const porto = { text: 'Porto', country: 'PT' };

describe('answers that change rarely', () => {
  it('are asked once, come with their age, and are asked anew on request', async () => {
    const { ctx, held } = await tenant('Once');
    expect((await cachedCities(ctx, held, porto)).ageMs).toBe(0);
    const again = await cachedCities(ctx, held, porto);
    expect(again.ageMs).toBeGreaterThan(0);
    expect(server.seen).toHaveLength(1);
    expect((await cachedCities(ctx, held, { ...porto, refresh: true })).ageMs).toBe(0);
    expect(server.seen).toHaveLength(2);
  });

  it('are asked anew when they are too old, and kept where the platform cannot answer', async () => {
    const { ctx, held } = await tenant('Aged');
    await cachedCities(ctx, held, porto);
    await inWorkspace(
      ctx.workspaceId,
      (tx) => tx.$executeRaw`UPDATE "PlatformAnswer" SET "askedAt" = "askedAt" - interval '8 days'`,
    );
    server.answerWith((_request, response) => graphError(response, 503, { code: 2, is_transient: true }));
    const stale = await cachedCities(ctx, held, porto);
    expect(stale.ageMs).toBeGreaterThan(7 * 86_400_000);
    await expect(cachedCities(ctx, held, { ...porto, refresh: true })).rejects.toMatchObject({
      code: 'platform_retry_later',
    });
    server.answerWith((_request, response) => graphError(response, 400, { code: 190, error_subcode: 460 }));
    await expect(cachedCities(ctx, held, porto)).rejects.toMatchObject({ code: 'platform_reauthorise' });
    server.answerWith((request, response) => json(response, 200, echo(request)));
    expect((await cachedCities(ctx, held, porto)).ageMs).toBe(0);
  });

  it('money comes out of the store as money', async () => {
    const { ctx, held } = await tenant('Money');
    const row = {
      currency: 'EUR',
      min_daily_budget_imp: 100,
      min_daily_budget_high_freq: 500,
      min_daily_budget_low_freq: '8000',
    };
    server.answerWith((_request, response) => json(response, 200, { data: [{ ...row, currency: 'USD' }, row] }));
    for (const _time of [1, 2])
      expect((await cachedMinimumBudgets(ctx, held)).value).toEqual({
        impressions: { minor: 100n, currency: 'EUR' },
        clicks: { minor: 500n, currency: 'EUR' },
        rareActions: { minor: 8_000n, currency: 'EUR' },
      });
    expect(server.seen).toHaveLength(1);
  });

  it('hold no token, and go with the login', async () => {
    const { ctx, held } = await tenant('Gone');
    server.answerWith((_request, response) =>
      json(response, 200, { data: [], id: '1', access_token: 'EAApageToken00000000' }),
    );
    await cachedLeadForms(ctx, held, { pageId: '77' });
    await cachedInterests(ctx, held, { text: 'bread' });
    const kept = await inWorkspace(ctx.workspaceId, (tx) => tx.platformAnswer.findMany());
    expect(kept).toHaveLength(2);
    expect(JSON.stringify(kept)).not.toContain('EAA');
    await inWorkspace(ctx.workspaceId, async (tx) => {
      await tx.project.updateMany({ data: { adAccountId: null, pageId: null } });
      await tx.facebookConnection.deleteMany();
    });
    expect(await inWorkspace(ctx.workspaceId, (tx) => tx.platformAnswer.count())).toBe(0);
  });
});

describe('two tenants', () => {
  it('interleaved 1,000 times, asking the same things, never get the other one’s token or answer', async () => {
    const tenants = [await tenant('Ana'), await tenant('Bea')] as const;
    const questions = ['Porto', 'Braga', 'Lisboa', 'Faro', 'Aveiro'];
    let [asked, mixed] = [0, 0];
    const worker = async (offset: number) => {
      for (let index = offset; index < 1_000; index += 20) {
        const { ctx, held, mark } = tenants[index % 2] as (typeof tenants)[0];
        const text = questions[Math.floor(index / 2) % questions.length] ?? '';
        const { value } = await cachedCities(ctx, held, { text, country: 'PT', refresh: index % 7 === 0 });
        asked += 1;
        if (value[0]?.key !== `Bearer EAA${mark}Token0000000000 ${text}`) mixed += 1;
      }
    };
    await Promise.all(Array.from({ length: 20 }, (_, offset) => worker(offset)));
    expect([asked, mixed]).toEqual([1_000, 0]);
    expect(server.seen.length).toBeGreaterThan(140);
    const rows = await inSystem((tx) =>
      tx.platformAnswer.findMany({ where: { workspaceId: { in: tenants.map(({ ctx }) => ctx.workspaceId) } } }),
    );
    expect(rows).toHaveLength(10);
    for (const row of rows) {
      const own = tenants.find(({ ctx }) => ctx.workspaceId === row.workspaceId);
      expect(JSON.stringify(row.answer)).toContain(own?.mark);
    }
  }, 240_000);

  it('a stranger’s login is not a place to keep answers in', async () => {
    const [mine, theirs] = [await tenant('Mine'), await tenant('Theirs')];
    await cachedCities(mine.ctx, { access: mine.held.access, connection: theirs.held.connection }, porto);
    const kept = await inSystem((tx) =>
      tx.platformAnswer.count({ where: { connectionId: theirs.held.connection.id } }),
    );
    expect(kept).toBe(0);
  });
});
