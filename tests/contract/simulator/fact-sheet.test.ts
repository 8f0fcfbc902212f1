import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Answer, adSetParams, CAMPAIGN, makeWorld, type Simulator, startSimulator, type World } from './world';

/** Statements of Meta's documentation that are easily forgotten, tried one by one over plain HTTP. */
let simulator: Simulator;
let world: World;
beforeAll(async () => {
  simulator = await startSimulator();
  world = await makeWorld(simulator);
});
afterAll(() => simulator.close());

type Json = Record<string, unknown>;
const idOf = async (answer: Promise<Answer>): Promise<string> => {
  const { status, body } = await answer;
  if (status !== 200) throw new Error(JSON.stringify(body));
  return body.id;
};
const campaignOf = (overrides: Json = {}) =>
  idOf(world.call('POST', `${world.account}/campaigns`, { ...CAMPAIGN, ...overrides }));
const TARGETING = { geo_locations: { countries: ['US'] }, targeting_automation: { advantage_audience: 0 } };
const adSet = async (overrides: Json, campaign?: string) =>
  world.call(
    'POST',
    `${world.account}/adsets`,
    adSetParams(world, campaign ?? (await campaignOf()), { targeting: TARGETING, ...overrides }),
  );
const code = ({ body }: Answer) => [body.error?.code, body.error?.error_subcode];
const creative = (story: Json) => world.call('POST', `${world.account}/adcreatives`, { object_story_spec: story });
const link = () => ({ page_id: world.page, link_data: { link: 'https://shop.example', message: 'Fresh bread' } });

describe('an ad set', () => {
  it('knows three kinds of attribution, and none without clicks', async () => {
    const spec = (event_type: string) => [{ event_type, window_days: 1 }];
    expect(code(await adSet({ attribution_spec: spec('HEARSAY') }))).toEqual([100, undefined]);
    expect(code(await adSet({ attribution_spec: spec('VIEW_THROUGH') }))).toEqual([100, 1815694]);
    expect((await adSet({ attribution_spec: [...spec('CLICK_THROUGH'), ...spec('VIEW_THROUGH')] })).status).toBe(200);
  });

  it('works on a website only for events that suit its objective', async () => {
    const leads = await campaignOf({ objective: 'OUTCOME_LEADS' });
    const works = (custom_event_type: string) =>
      adSet({ promoted_object: { pixel_id: world.pixel, custom_event_type } }, leads);
    expect(code(await works('PURCHASE'))).toEqual([100, 1885878]);
    const id = await idOf(works('LEAD'));
    const changed = await world.call('POST', id, {
      promoted_object: { pixel_id: world.pixel, custom_event_type: 'ADD_TO_CART' },
    });
    expect(code(changed)).toEqual([100, 1885878]);
  });

  it('names payer and beneficiary where a group of countries reaches into the EU', async () => {
    for (const group of ['worldwide', 'europe']) {
      const targeting = { ...TARGETING, geo_locations: { country_groups: [group] } };
      expect(code(await adSet({ targeting, dsa_payor: undefined, dsa_beneficiary: undefined }))).toEqual([
        100, 3858079,
      ]);
    }
    const elsewhere = { ...TARGETING, geo_locations: { country_groups: ['asia'] } };
    expect((await adSet({ targeting: elsewhere, dsa_payor: undefined, dsa_beneficiary: undefined })).status).toBe(200);
  });

  it('loses Messenger stories without a word, and reads back where its ads may appear', async () => {
    const id = await idOf(
      adSet({
        targeting: {
          ...TARGETING,
          publisher_platforms: ['facebook', 'messenger'],
          facebook_positions: ['feed'],
          messenger_positions: ['story', 'sponsored_messages'],
        },
      }),
    );
    const { targeting } = (await world.call('GET', id, { fields: 'targeting' })).body;
    expect(targeting).toMatchObject({
      messenger_positions: ['sponsored_messages'],
      effective_publisher_platforms: ['facebook', 'messenger'],
      effective_facebook_positions: ['feed'],
      effective_messenger_positions: ['sponsored_messages'],
    });
    expect(targeting).not.toHaveProperty('effective_instagram_positions');
    const automatic = await idOf(adSet({}));
    const read = (await world.call('GET', automatic, { fields: 'targeting' })).body.targeting;
    expect(read).not.toHaveProperty('publisher_platforms');
    expect(read.effective_publisher_platforms).toContain('instagram');
  });

  it('is refused where its campaign’s budget would not hold every ad set’s minimum', async () => {
    const { min_daily_budget: least } = (await world.call('GET', world.account, { fields: 'min_daily_budget' })).body;
    const { is_adset_budget_sharing_enabled: _flag, ...campaign } = CAMPAIGN;
    const shared = await idOf(
      world.call('POST', `${world.account}/campaigns`, { ...campaign, daily_budget: least * 40 }),
    );
    const join = () => adSet({ daily_budget: undefined, bid_strategy: undefined }, shared);
    let joined = 0;
    while ((await join()).status === 200) joined += 1;
    expect(joined).toBeGreaterThan(1);
    expect(code(await join())).toEqual([100, 1885272]);
    expect(code(await world.call('POST', shared, { daily_budget: least * 2 }))).toEqual([100, 1885272]);
    expect((await world.call('POST', shared, { daily_budget: least * 80 })).status).toBe(200);
    expect((await join()).status).toBe(200);
  });

  it('can be made together with its first ad, and is not made by a dry run or for a bad creative', async () => {
    const campaign = await campaignOf();
    const made = (overrides: Json) =>
      world.call('POST', `${world.account}/ads`, {
        name: 'First',
        status: 'PAUSED',
        creative: { object_story_spec: link() },
        adset_spec: adSetParams(world, campaign, { targeting: TARGETING }),
        ...overrides,
      });
    const count = async () => (await world.call('GET', `${campaign}/adsets`)).body.data.length;
    expect((await made({ execution_options: ['validate_only'] })).body).toEqual({ success: true });
    expect((await made({ creative: { creative_id: '120200000000000000' } })).status).toBe(400);
    expect(await count()).toBe(0);
    const ad = await idOf(made({}));
    expect((await world.call('GET', ad, { fields: 'adset{name}' })).body.adset.name).toBe('Everyone');
    expect(await count()).toBe(1);
  });
});

describe('lists and searches', () => {
  it('refuse an effective status that does not exist', async () => {
    const { body } = await world.call('GET', `${world.account}/campaigns`, { effective_status: ['ACTIVE', 'ASLEEP'] });
    expect(body.error.message).toMatch(/effective_status\[1\] must be one of \{ACTIVE, /);
  });

  it('find images of a size', async () => {
    const bytes = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==';
    await world.call('POST', `${world.account}/adimages`, { bytes });
    const found = async (params: Json) => (await world.call('GET', `${world.account}/adimages`, params)).body.data;
    expect(await found({ minwidth: 1, minheight: 1 })).toHaveLength(1);
    expect(await found({ minwidth: 2 })).toEqual([]);
    expect(await found({ minheight: 2 })).toEqual([]);
  });

  it('find postal codes and television markets', async () => {
    const zips = await world.call('GET', 'search', { type: 'adzipcode', q: '902' });
    expect(zips.body.data.map((zip: Json) => zip.key)).toContain('US:90210');
    const place = { type: 'adgeolocation', q: 'New York', location_types: ['geo_market'] };
    expect((await world.call('GET', 'search', place)).body.data[0]).toMatchObject({
      key: 'DMA:501',
      type: 'geo_market',
    });
  });

  it('say a targeting in lines, for an ad set, its ads and a spec', async () => {
    const id = await idOf(adSet({ targeting: { ...TARGETING, age_min: 25, genders: [2] } }));
    const lines = [
      { content: 'Location:', children: ['United States'] },
      { content: 'Age:', children: ['25 - 65+'] },
      { content: 'Gender:', children: ['Female'] },
    ];
    const { body } = await world.call('GET', `${id}/targetingsentencelines`);
    expect(body.data[0].targetingsentencelines).toEqual(lines);
    const spec = { targeting_spec: { ...TARGETING, age_min: 25, genders: [2] } };
    const asked = await world.call('GET', `${world.account}/targetingsentencelines`, spec);
    expect(asked.body.data[0].targetingsentencelines).toEqual(lines);
    expect((await world.call('GET', `${world.account}/targetingsentencelines`)).status).toBe(400);
  });

  it('read Python’s own notation', async () => {
    const campaign = await campaignOf({ name: 'Pythonic' });
    const filtering = "[{u'field': u'name', 'operator': 'EQUAL', 'value': u'Pythonic'}]";
    const { body } = await world.call('GET', `${world.account}/campaigns`, { filtering });
    expect(body.data).toEqual([{ id: campaign }]);
  });
});

describe('creatives', () => {
  it('no longer take instagram_actor_id', async () => {
    const instagram = world.pages[0].instagramId;
    const refused = await creative({ ...link(), instagram_actor_id: instagram });
    expect(refused.body.error.message).toBe('(#100) Param instagram_actor_id must be a valid Instagram account id');
    expect((await creative({ ...link(), instagram_user_id: instagram })).status).toBe(200);
  });

  it('are shown in every format Meta names', async () => {
    const id = await idOf(creative(link()));
    for (const ad_format of ['FACEBOOK_REELS_BANNER_DESKTOP', 'INSTAGRAM_FEED_WEB_M_SITE', 'INSTREAM_BANNER_DESKTOP'])
      expect((await world.call('GET', `${id}/previews`, { ad_format })).body.data[0].body).toMatch(/^<iframe /);
    expect((await world.call('GET', `${id}/previews`, { ad_format: 'SKYWRITING' })).status).toBe(400);
  });
});

describe('insights', () => {
  const insights = (params: Json) => world.call('GET', `${world.account}/insights`, params);

  it('refuse filters on fields that do not exist, though there are no rows yet', async () => {
    const by = (field: string) => insights({ filtering: [{ field, operator: 'GREATER_THAN', value: 0 }] });
    expect((await by('charm')).body.error.message).toMatch(/charm is invalid in filtering\[0\]/);
    for (const field of ['spend', 'ad.impressions', 'action_type', 'campaign.delivery_info'])
      expect((await by(field)).status).toBe(200);
  });

  it('know comScore’s markets without an opt-in', async () => {
    const past = await makeWorld(simulator, { scenario: 'shop-history' });
    const rows = async (breakdowns: string) =>
      (await past.call('GET', `${past.account}/insights`, { fields: 'spend', date_preset: 'maximum', breakdowns })).body
        .data;
    expect((await rows('comscore_market'))[0]).toHaveProperty('comscore_market');
    expect(await rows('impression_device')).toEqual([]);
  });

  it('of a report sum up only what the report was asked for', async () => {
    const { report_run_id: run } = (await world.call('POST', `${world.account}/insights`, { fields: ['spend'] })).body;
    await world.advance(60_000);
    const rows = (summary: string) => world.call('GET', `${run}/insights`, { summary });
    expect((await rows('reach')).body.error.message).toMatch(/weren't there while creating the report run/);
    expect((await rows('spend')).status).toBe(200);
  });
});

describe('on the wire', () => {
  it('items of a batch spell their headers as Meta does', async () => {
    const response = await fetch(`${simulator.url}/v26.0/`, {
      method: 'POST',
      body: new URLSearchParams({
        access_token: world.accessToken,
        batch: JSON.stringify([
          { method: 'GET', relative_url: `${world.account}/insights` },
          { method: 'GET', relative_url: 'nobody' },
        ]),
      }),
    });
    const [found, missing] = (await response.json()) as { headers: { name: string }[] }[];
    const names = (item?: { headers: { name: string }[] }) => item?.headers.map(({ name }) => name);
    expect(names(found)).toEqual(
      expect.arrayContaining([
        'Content-Type',
        'Facebook-API-Version',
        'X-App-Usage',
        'X-Ad-Account-Usage',
        'X-Business-Use-Case-Usage',
        'X-FB-Ads-Insights-Throttle',
      ]),
    );
    expect(names(missing)).toContain('WWW-Authenticate');
  });

  it('a code for an app nobody ever logged in to is refused as an unknown app', async () => {
    const exchange = async () => {
      const query = 'client_id=9090909&client_secret=x&redirect_uri=https%3A%2F%2Fa.example&code=abc';
      const response = await fetch(`${simulator.url}/v26.0/oauth/access_token?${query}`);
      return ((await response.json()) as { error: { code: number } }).error.code;
    };
    expect(await exchange()).toBe(101);
    expect(await exchange()).toBe(101);
  });
});
