import { inspect } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { metaReader } from '@/lib/platforms/meta/reader';
import { metaWriter } from '@/lib/platforms/meta/writer';
import { memoryPace, plugPace } from '@/lib/platforms/pace';
import type { AccountAccess } from '@/lib/platforms/port';
import { describeError } from '@/lib/runtime/log';
import { pointAt } from './environment';
import { graphError, json, type SeenRequest, startScripted } from './scripted-server';

const PERSON = 'EAApersonTokenPersonToken';
const PAGE = 'EAApageCanaryPageCanary';
const access: AccountAccess = {
  platform: 'meta',
  mode: 'SIMULATED',
  accountId: 'act_1',
  token: PERSON,
  currency: 'EUR',
};
const form = (id: string, name: string, extra: object = {}) => ({
  id,
  name,
  status: 'ACTIVE',
  privacy_policy_url: 'https://shop.example/privacy',
  questions: [{ id: '1', key: 'full_name', label: 'Full name', type: 'FULL_NAME' }, { type: 'EMAIL' }],
  ...extra,
});

let server: Awaited<ReturnType<typeof startScripted>>;
beforeAll(async () => {
  server = await startScripted();
  pointAt(server.url, 2_000);
});
afterAll(() => server.stop());
beforeEach(() => plugPace(memoryPace()));

const isPage = (request: SeenRequest) => new URL(request.url, server.url).pathname.endsWith('/9');
/** The Page gives its token; its forms are what is handed in. */
function formsAre(forms: object[]) {
  server.answerWith((request, response) =>
    isPage(request) ? json(response, 200, { id: '9', access_token: PAGE }) : json(response, 200, { data: forms }),
  );
}
const find = (marker = 'agmarker12345') => metaReader.findLeadForm(access, { pageId: '9', marker });
const create = () =>
  metaWriter.createLeadForm(access, {
    pageId: '9',
    name: 'Orders',
    language: 'pt',
    privacyPolicyUrl: 'https://shop.example/privacy',
    thanks: { title: 'Thanks', body: 'Soon.', websiteUrl: null },
  });

describe('looking for a form that may have been published', () => {
  test('finds it by its mark whatever its status, with what it asks; the Page’s own token asks', async () => {
    formsAre([form('1', 'Other'), form('2', 'Orders · agmarker12345', { status: 'ARCHIVED' })]);
    expect(await find()).toEqual({
      kind: 'found',
      object: {
        remoteId: '2',
        name: 'Orders · agmarker12345',
        isPublished: false,
        privacyPolicyUrl: 'https://shop.example/privacy',
        questions: ['NAME', 'EMAIL'],
      },
    });
    expect(server.seen.map(({ headers }) => headers.authorization)).toEqual([`Bearer ${PERSON}`, `Bearer ${PAGE}`]);
  });

  test('proves absence, tells two apart from one, and answers nothing certain where nothing certain came', async () => {
    formsAre([form('1', 'Other')]);
    expect(await find()).toEqual({ kind: 'absent' });
    formsAre([form('1', 'A · agmarker12345'), form('2', 'B · agmarker12345')]);
    expect((await find()).kind).toBe('several');
    server.answerWith((request, response) =>
      isPage(request) ? json(response, 200, { id: '9' }) : graphError(response, 500, { code: 2 }),
    );
    expect((await find()).kind).toBe('inconclusive');
    expect((await find('short')).kind).toBe('inconclusive');
    server.answerWith((_request, response) => graphError(response, 400, { code: 190, error_subcode: 463 }));
    await expect(find()).rejects.toMatchObject({ code: 'platform_reauthorise' });
  });

  test('lists only published ones to choose from', async () => {
    formsAre([form('1', 'Old', { status: 'ARCHIVED' }), form('2', 'Orders')]);
    expect(await metaReader.listLeadForms(access, { pageId: '9' })).toEqual([{ externalId: '2', name: 'Orders' }]);
  });

  test.each([
    [{ leadgen_tos_accepted: true }, true],
    [{ leadgen_tos_accepted: false }, false],
    // A Page that does not say is asked by trying.
    [{}, true],
  ])('terms %j are accepted: %s', async (page, accepted) => {
    server.answerWith((_request, response) => json(response, 200, { id: '9', ...page }));
    expect(await metaReader.acceptsLeadForms(access, { pageId: '9' })).toBe(accepted);
  });
});

describe('publishing a form', () => {
  test('goes out once, and a lost answer is an unknown outcome', async () => {
    server.answerWith((request, response) =>
      isPage(request) ? json(response, 200, { id: '9', access_token: PAGE }) : void response.socket?.destroy(),
    );
    await expect(create()).rejects.toMatchObject({ code: 'platform_unknown_outcome' });
    expect(server.seen.filter(({ method }) => method === 'POST')).toHaveLength(1);
  });

  test('neither token is in an error or an address, whatever the answer repeats', async () => {
    const echo = `token ${PAGE} and ${PERSON}`;
    for (const status of [400, 500]) {
      server.answerWith((request, response) =>
        isPage(request)
          ? json(response, 200, { id: '9', access_token: PAGE })
          : graphError(response, status, { code: 100, message: echo, error_user_msg: echo }),
      );
      const error = await create().then(
        () => null,
        (thrown: unknown) => thrown,
      );
      const everywhere = [
        inspect(error, { depth: 10 }),
        JSON.stringify(describeError(error)),
        ...server.seen.map(({ url }) => url),
      ].join('\n');
      expect(error).not.toBeNull();
      for (const secret of [PAGE, PERSON]) expect(everywhere).not.toContain(secret);
    }
  });
});
