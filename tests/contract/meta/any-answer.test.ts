import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AppError } from '@/lib/domain/errors';
import { metaFailure, remedyFor } from '@/lib/platforms/meta/errors';
import { metaReader } from '@/lib/platforms/meta/reader';
import { NO_USAGE, usageOf } from '@/lib/platforms/meta/usage';
import { metaWriter } from '@/lib/platforms/meta/writer';
import type { AccountAccess } from '@/lib/platforms/port';
import { pointAt } from './environment';
import { json, startScripted } from './scripted-server';

let server: Awaited<ReturnType<typeof startScripted>>;
beforeAll(async () => {
  server = await startScripted();
  pointAt(server.url, 5_000);
});
afterAll(() => server.stop());

let count = 0;
function access(): AccountAccess {
  count += 1;
  return {
    platform: 'meta',
    mode: 'SIMULATED',
    accountId: `act_${count}`,
    token: 'EAAanyAnswerTokenAnyAnswer',
    currency: 'EUR',
  };
}

const READS: Record<string, () => Promise<unknown>> = {
  accounts: () => metaReader.listAccounts(access()),
  pages: () => metaReader.listPages(access()),
  object: () => metaReader.read(access(), 'ad', '1'),
  look: () => metaReader.findByMarker(access(), 'adset', 'mark-123456', null),
  numbers: () =>
    metaReader.insights(access(), { level: 'ad', since: '2026-11-01', until: '2026-11-02', goal: 'SALES' }),
  reach: () => metaReader.windowReach(access(), { campaignRemoteId: '1', since: '2026-11-01', until: '2026-11-02' }),
  cities: () => metaReader.searchCities(access(), { text: 'Po', country: 'PT' }),
};
const WRITES: Record<string, () => Promise<unknown>> = {
  campaign: () =>
    metaWriter.createCampaign(access(), { name: 'x', goal: 'LEADS', specialAdCategories: [], spendCap: null }),
  status: () => metaWriter.setStatus(access(), 'ad', '1', 'PAUSED'),
  image: () => metaWriter.uploadImage(access(), { name: 'x', bytes: new Uint8Array([1]) }),
};

/** Words Meta uses, in places and types it would not. */
const odd = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(null, true, '', '12', '1.5', 'NaN', '2026-11-01', 0, -1, 1e21, 3.7),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(
      fc.constantFrom(
        'id',
        'data',
        'error',
        'code',
        'paging',
        'cursors',
        'after',
        'next',
        'spend',
        'impressions',
        'actions',
        'action_type',
        'value',
        'name',
        'images',
        'hash',
        'success',
        'date_start',
        'date_stop',
        'currency',
      ),
      tie('value'),
      { maxKeys: 5 },
    ),
  ),
})).value;

describe('whatever comes back', () => {
  test('is a value of ours or an AppError, never another exception', async () => {
    await fc.assert(
      fc.asyncProperty(odd, fc.constantFrom(200, 400, 403), async (body, status) => {
        server.answerWith((_request, response) => json(response, status, body));
        // A hiccup is asked again twice with a pause: one kind of read per answer keeps this quick.
        const calls = [...Object.values(READS), ...Object.values(WRITES)];
        const call = calls[count % calls.length];
        const error = await call?.().then(
          () => null,
          (thrown: unknown) => thrown,
        );
        if (error !== null) expect(error).toBeInstanceOf(AppError);
      }),
      { numRuns: 60 },
    );
  }, 120_000);

  test('a write is never asked twice', async () => {
    await fc.assert(
      fc.asyncProperty(odd, fc.constantFrom(...Object.keys(WRITES)), async (body, name) => {
        server.answerWith((_request, response) => json(response, 200, body));
        await WRITES[name]?.().catch(() => undefined);
        expect(server.seen).toHaveLength(1);
      }),
      { numRuns: 60 },
    );
  });
});

describe('every error object', () => {
  const graphError = fc.record({
    message: fc.string(),
    code: fc.oneof(fc.integer({ min: -5, max: 1_000 }), fc.integer({ min: 80_000, max: 80_020 }), fc.integer()),
    error_subcode: fc.option(fc.integer(), { nil: undefined }),
    is_transient: fc.option(fc.boolean(), { nil: undefined }),
  });

  test('has one remedy; waiting has a length, and only an unknown write is unknown', () => {
    fc.assert(
      fc.property(graphError, fc.boolean(), (error, isWrite) => {
        const { code, retryAfterMs } = remedyFor(error, { isWrite, usage: NO_USAGE });
        expect([
          'platform_retry_later',
          'platform_reauthorise',
          'platform_fix_input',
          'platform_not_permitted',
          'platform_unknown_outcome',
        ]).toContain(code);
        if (code === 'platform_retry_later') expect(retryAfterMs).toBeGreaterThan(0);
        if (code === 'platform_unknown_outcome') expect(isWrite).toBe(true);
      }),
    );
  });

  test('survives as details, whatever its shape', async () => {
    await fc.assert(
      fc.asyncProperty(odd, async (error) => {
        server.answerWith((_request, response) =>
          json(response, 400, { error: { code: 100, message: 'x', error_subcode: 33, error_data: error } }),
        );
        const thrown = await WRITES.status?.().catch((caught: unknown) => caught);
        expect(metaFailure(thrown)?.reason).toBe('object_missing');
      }),
      { numRuns: 50 },
    );
  });
});

test('usage headers of any content are read or left, never thrown', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('x-app-usage', 'x-ad-account-usage', 'x-business-use-case-usage', 'x-fb-ads-insights-throttle'),
      fc.json(),
      (name, value) => {
        const usage = usageOf(
          new Headers({
            [name]:
              encodeURIComponent(value) === value
                ? value
                : JSON.stringify(JSON.parse(value)).replace(/[^\x20-\x7e]/g, ''),
          }),
        );
        expect(usage.businessUseCases).toBeInstanceOf(Array);
      },
    ),
  );
});
