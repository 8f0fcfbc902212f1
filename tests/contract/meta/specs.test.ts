import { AdCreativeFeaturesSpec, AdSet, Campaign } from 'facebook-nodejs-business-sdk';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { GOALS } from '@/lib/domain/brief';
import { AppError } from '@/lib/domain/errors';
import type { PlanAd, PlanTargeting } from '@/lib/domain/plan';
import { creativeSpecOf, DECLINED_ENHANCEMENTS } from '@/lib/platforms/meta/creative-spec';
import { adSetGoalOf, type GoalAssets, measureOf, objectiveOf, usualMeasure } from '@/lib/platforms/meta/goals';
import { targetingOf } from '@/lib/platforms/meta/targeting';

const app = { applicationId: '99', storeUrl: 'https://play.google.com/store/apps/details?id=x' };
const assets: GoalAssets[] = [
  { pageId: '1', pixelId: null },
  { pageId: '1', pixelId: '7' },
  { pageId: '1', pixelId: null, leadFormId: '5' },
  { pageId: '1', pixelId: null, app },
];
const combinations = GOALS.flatMap((goal) => assets.map((owned) => ({ goal, owned })));

describe('goals', () => {
  test.each(combinations)("$goal with $owned only uses names Meta's own library knows", ({ goal, owned }) => {
    const aim = adSetGoalOf(goal, owned);
    expect(Object.values(Campaign.Objective)).toContain(objectiveOf(goal, owned.app));
    expect(Object.values(AdSet.OptimizationGoal)).toContain(aim.optimizationGoal);
    // PHONE_CALL is documented but missing from the library's list.
    if (aim.destinationType && aim.destinationType !== 'PHONE_CALL')
      expect(Object.values(AdSet.DestinationType)).toContain(aim.destinationType);
  });

  test.each(combinations)('$goal with $owned: what is optimised for is what is counted', ({ goal, owned }) => {
    const aim = adSetGoalOf(goal, owned);
    const measure = measureOf({
      optimization_goal: aim.optimizationGoal,
      destination_type: aim.destinationType ?? undefined,
      promoted_object: aim.promotedObject ?? undefined,
    });
    // Visits and clicks are never dressed up as results.
    const countsNothing =
      aim.optimizationGoal === 'LANDING_PAGE_VIEWS' ||
      (aim.optimizationGoal === 'LINK_CLICKS' && aim.destinationType !== 'PHONE_CALL');
    expect(measure === null).toBe(countsNothing);
    if (measure) for (const action of measure.actions) expect(usualMeasure(goal)?.actions).toContain(action);
  });

  test('leads without pixel or form are visits; a form comes before a pixel', () => {
    expect(adSetGoalOf('LEADS', { pageId: '1', pixelId: null }).optimizationGoal).toBe('LANDING_PAGE_VIEWS');
    expect(adSetGoalOf('LEADS', { pageId: '1', pixelId: '7', leadFormId: '5' })).toMatchObject({
      destinationType: 'ON_AD',
      promotedObject: { page_id: '1' },
    });
    expect(adSetGoalOf('LEADS', { pageId: '1', pixelId: '7' }).promotedObject).toEqual({
      pixel_id: '7',
      custom_event_type: 'LEAD',
    });
  });

  test('only purchases carry a value', () => {
    expect(GOALS.filter((goal) => usualMeasure(goal)?.hasValue)).toEqual(['SALES']);
  });

  test('a custom conversion is counted under its own name', () => {
    expect(
      measureOf({
        optimization_goal: 'OFFSITE_CONVERSIONS',
        promoted_object: { pixel_id: '7', custom_conversion_id: '42' },
      })?.actions,
    ).toEqual(['offsite_conversion.custom.42']);
  });
});

const audience: fc.Arbitrary<PlanTargeting> = fc.record({
  countries: fc.uniqueArray(fc.constantFrom('PT', 'US', 'JP'), { minLength: 1 }),
  cities: fc.array(
    fc.record({
      key: fc.stringMatching(/^\d{5,7}$/),
      name: fc.string(),
      radiusKm: fc.double({ min: 0, max: 500, noNaN: true }),
    }),
    { maxLength: 3 },
  ),
  ageMin: fc.integer({ min: 18, max: 65 }),
  ageMax: fc.integer({ min: 18, max: 65 }),
  interests: fc.array(fc.record({ id: fc.stringMatching(/^\d{6,}$/), name: fc.string() }), { maxLength: 3 }),
  advantageAudience: fc.boolean(),
});

describe('targeting', () => {
  test('advantage_audience is always said; with it on the ages keep to what Meta accepts', () => {
    fc.assert(
      fc.property(audience, (plan) => {
        const spec = targetingOf(plan) as {
          age_min: number;
          age_max: number;
          targeting_automation: { advantage_audience: number };
        };
        expect(spec.targeting_automation.advantage_audience).toBe(plan.advantageAudience ? 1 : 0);
        if (!plan.advantageAudience) return;
        expect(spec.age_max).toBe(65);
        expect(spec.age_min).toBeLessThanOrEqual(25);
      }),
    );
  });

  test('there is always a place, and a country never stands beside its cities', () => {
    fc.assert(
      fc.property(audience, (plan) => {
        const { geo_locations: places } = targetingOf(plan) as {
          geo_locations: { countries?: string[]; cities?: { radius: number }[] };
        };
        expect([places.countries, places.cities].filter(Boolean)).toHaveLength(1);
        for (const city of places.cities ?? []) {
          expect(city.radius).toBeGreaterThanOrEqual(17);
          expect(city.radius).toBeLessThanOrEqual(80);
        }
      }),
    );
  });
});

const ad: PlanAd = {
  key: 'ad-1',
  idea: 'fresh',
  headline: 'Cakes',
  primaryText: 'Order today',
  callToAction: 'LEARN_MORE',
  linkUrl: 'https://shop.example/cakes',
  images: { square: 'a', portrait: 'b', story: 'c' },
};
const base = { imageHashes: { square: 'h1', portrait: 'h2', story: 'h3' }, pageId: '10', instagramId: '20' };

describe('creatives', () => {
  test('every enhancement that could change what the owner approved is declined, by names Meta knows', () => {
    const features = DECLINED_ENHANCEMENTS.degrees_of_freedom_spec.creative_features_spec;
    expect(Object.keys(features).length).toBeGreaterThan(10);
    expect(Object.keys(AdCreativeFeaturesSpec.Fields)).toEqual(expect.arrayContaining(Object.keys(features)));
    expect(features).not.toHaveProperty('standard_enhancements');
    for (const feature of Object.values(features)) expect(feature).toEqual({ enroll_status: 'OPT_OUT' });
  });

  test('the words, link and Instagram account are those of the plan, and every shape of picture has its places', () => {
    const spec = creativeSpecOf({ ad, ...base }) as {
      asset_feed_spec: { images: unknown[]; asset_customization_rules: Record<string, unknown>[] };
    };
    expect(spec).toMatchObject({
      object_story_spec: { page_id: '10', instagram_user_id: '20' },
      asset_feed_spec: {
        bodies: [{ text: 'Order today' }],
        titles: [{ text: 'Cakes' }],
        link_urls: [{ website_url: 'https://shop.example/cakes' }],
        call_to_action_types: ['LEARN_MORE'],
        images: [{ hash: 'h1' }, { hash: 'h2' }, { hash: 'h3' }],
      },
    });
    const rules = spec.asset_feed_spec.asset_customization_rules;
    expect(rules.filter((rule) => rule.is_default)).toHaveLength(1);
    expect(rules.at(-1)).toMatchObject({ is_default: true, customization_spec: {}, image_label: { name: 'square' } });
    expect(new Set(rules.map((rule) => (rule.image_label as { name: string }).name))).toEqual(
      new Set(['story', 'portrait', 'square']),
    );
  });

  test('one picture for all places is a plain story', () => {
    expect(creativeSpecOf({ ad, ...base, imageHashes: { square: 'h', portrait: 'h', story: 'h' } })).toEqual({
      object_story_spec: {
        page_id: '10',
        instagram_user_id: '20',
        link_data: {
          link: 'https://shop.example/cakes',
          message: 'Order today',
          name: 'Cakes',
          image_hash: 'h',
          call_to_action: { type: 'LEARN_MORE', value: { link: 'https://shop.example/cakes' } },
        },
      },
    });
  });

  test('message, call, form and app ads open what they promise', () => {
    const buttonOf = (extra: Partial<PlanAd>, rest = {}) =>
      (
        creativeSpecOf({ ad: { ...ad, ...extra }, ...base, ...rest }) as {
          object_story_spec: { link_data: { call_to_action: unknown } };
        }
      ).object_story_spec.link_data.call_to_action;
    expect(buttonOf({ callToAction: 'MESSAGE_PAGE', linkUrl: null })).toEqual({
      type: 'MESSAGE_PAGE',
      value: { app_destination: 'MESSENGER' },
    });
    expect(buttonOf({ callToAction: 'CALL_NOW', linkUrl: 'tel:+351210000000' })).toEqual({
      type: 'CALL_NOW',
      value: { link: 'tel:+351210000000' },
    });
    expect(buttonOf({ callToAction: 'SHOP_NOW' }, { leadFormId: '5' })).toEqual({
      type: 'SIGN_UP',
      value: { lead_gen_form_id: '5' },
    });
    expect(buttonOf({ callToAction: 'INSTALL_APP', linkUrl: null }, { app })).toEqual({
      type: 'INSTALL_MOBILE_APP',
      value: { link: app.storeUrl, application: '99' },
    });
  });

  test.each([
    ['CALL_NOW', null, 'phone'],
    ['CALL_NOW', 'https://x.example', 'phone'],
    ['LEARN_MORE', null, 'link'],
  ] as const)('%s with link %s is refused before anything is sent', (callToAction, linkUrl, missing) => {
    const failing = () => creativeSpecOf({ ad: { ...ad, callToAction, linkUrl }, ...base });
    expect(failing).toThrow(AppError);
    try {
      failing();
    } catch (error) {
      expect((error as AppError).details).toMatchObject({ missing });
    }
  });
});
