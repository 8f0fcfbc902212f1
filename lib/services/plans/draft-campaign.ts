import { unsafeClaim } from '../../domain/ad-claims';
import { asksInForm, type Brief, isCompleteBrief } from '../../domain/brief';
import type { LeadFormWords } from '../../domain/lead-form';
import { type MoneyJson, money, moneyFromJson, moneyToDecimal } from '../../domain/money';
import type { AdImages, CallToAction, Plan, PlanAd } from '../../domain/plan';
import { type AdIdea, assemblePlan, isReady, planProblems } from '../../domain/plan-draft';
import { dailyFromMonthly } from '../../domain/spend-shape';
import { readerFor } from '../../platforms/registry-readers';
import { readBrief } from '../briefs/read';
import { accessFor, type ProjectAccess } from '../connections/access';
import type { ServiceContext } from '../context';
import { renderAds } from '../creatives/render-ads';
import { ceilingWished } from '../pacing/ceiling-wished';
import { largestDaily } from '../pacing/room';
import { readPastDays } from '../past/past-days';
import { keptPictures } from './kept-pictures';
import { formForPlan } from './lead-form';
import { findOpenCampaign, type OpenCampaign } from './open-campaign';
import { findCities } from './places';
import { savePlan } from './save-plan';

/** One ad in words; its pictures and its link are made here. */
export type AdWords = Pick<PlanAd, 'idea' | 'headline' | 'primaryText' | 'callToAction'>;
export type PlanWishes = {
  ageMin?: number;
  ageMax?: number;
  cities?: string[];
  radiusKm?: number;
  specialAdCategories?: string[];
};
export type DraftInput = {
  projectId: string;
  conversationId: string;
  /** Left out: what the open plan already has. */
  ideas: { ads?: readonly AdWords[]; reserves?: readonly AdWords[] };
  changes?: PlanWishes;
  /** Where people leave their details in a form on the platform. */
  form?: LeadFormWords;
};

export type Drafted =
  | {
      ready: true;
      campaignRecordId: string;
      planVersionId: string;
      approvalId: string;
      conversationId: string;
      version: number;
      changed: boolean;
      plan: Plan;
      places: string[];
      notes: string[];
    }
  | { ready: false; problem: string; details: Record<string, unknown> };

const notReady = (problem: string, details: Record<string, unknown> = {}): Drafted => ({
  ready: false,
  problem,
  details,
});

/**
 * Brief, selected account and ideas become a whole plan with rendered pictures, put before the owner on a card. With a
 * plan that waits or was sent back it makes the next version of the same campaign. What keeps the plan from running is an
 * answer, not an exception. @throws AppError facebook_not_connected, platform_*, not_found, conflict
 */
export async function draftCampaign(ctx: ServiceContext, input: DraftInput): Promise<Drafted> {
  const stored = await readBrief(ctx, { projectId: input.projectId });
  if (!stored || !isCompleteBrief(stored.draft)) return notReady('brief_incomplete');
  const brief: Brief = stored.draft;
  const open = await findOpenCampaign(ctx, input);
  // A new version shows its own numbers on its own card; only the first needs the brief's confirmation.
  if (!open && !stored.confirmedAt) return notReady('brief_not_confirmed');
  const earlier = open?.plan.adSets[0];
  const adWords = input.ideas.ads ?? earlier?.ads;
  const reserveWords = input.ideas.reserves ?? earlier?.reserves ?? [];
  if (!adWords?.length) return notReady('ads_missing');
  const { title = '', intro = '', thanksTitle = '', thanksText = '' } = input.form ?? {};
  const unsafe = [...adWords, ...reserveWords]
    .map((ad) => `${ad.headline}. ${ad.primaryText}`)
    .concat(`${title}. ${intro}. ${thanksTitle}. ${thanksText}`)
    .map((words) => unsafeClaim(words))
    .find((phrase) => phrase !== null);
  if (unsafe) return notReady('unsafe_claim', { phrase: unsafe });
  if (brief.websiteUrl === null && ['SALES', 'TRAFFIC', 'APP_INSTALLS'].includes(brief.goal))
    return notReady('goal_needs_website');
  // A call ad rings a number, and the brief holds none: said now, not after the approval.
  if (brief.goal === 'CALLS') return notReady('goal_needs_phone');

  const { access, account, page, connection } = await accessFor(ctx, { projectId: input.projectId });
  if (!page) return notReady('no_page');
  if (account.status !== 'ACTIVE') return notReady('account_not_usable', { status: account.status });
  if (brief.monthlyBudget.currency !== account.currency) {
    return notReady('other_currency', {
      briefCurrency: brief.monthlyBudget.currency,
      accountCurrency: account.currency,
    });
  }
  const form = await formForPlan(
    ctx,
    { access, connection },
    { brief, page, earlier: open?.plan.newLeadForm ?? null, words: input.form ?? null },
  );
  if ('problem' in form) return notReady(form.problem);
  const places = await placesFor(ctx, { access, connection }, brief, open, input.changes);
  if (!places) return notReady('country_missing');

  // Some currencies are held in coarser steps by the platform: the card shows what will stand there.
  const monthlyCeiling = moneyFromJson(
    await ceilingWished(ctx, { projectId: input.projectId, wished: brief.monthlyBudget }),
  );
  const whole = dailyFromMonthly(monthlyCeiling);
  // Beside what runs, only what the month still has can be approved: no plan asks for more.
  const { timezone, currency } = account;
  const room = await largestDaily(ctx, {
    projectId: input.projectId,
    timezone,
    currency,
    ceilingMinor: monthlyCeiling.minor,
  });
  const tight = room !== null && room < whole.minor;
  const dailyBudget = readerFor(access.platform).asHeld(tight ? money(room, currency) : whole);
  const least = account.minDailyBudgetMinor ?? 1n;
  if (tight && dailyBudget.minor < (least > 0n ? least : 1n)) return notReady('month_full');
  const pixelId = brief.websiteUrl === null ? null : await firingPixel(access);
  const history = await readPastDays(ctx, {
    projectId: input.projectId,
    adAccountId: account.id,
    goal: brief.goal,
  });
  const assemble = (ads: AdIdea[], reserves: AdIdea[]) =>
    assemblePlan({
      brief,
      briefVersion: stored.version,
      ads,
      reserves,
      pixelId,
      ...form,
      dailyBudget,
      monthlyCeiling,
      history,
      cities: places.cities,
      countries: [places.country],
      account: { id: account.externalId, name: account.name, currency: account.currency, timezone: account.timezone },
      page: { id: page.externalId, name: page.name, instagramId: page.instagramId },
      specialAdCategories: input.changes?.specialAdCategories ?? open?.plan.specialAdCategories ?? [],
      ageMin: input.changes?.ageMin ?? earlier?.targeting.ageMin ?? 18,
      ageMax: input.changes?.ageMax ?? earlier?.targeting.ageMax ?? 65,
    });
  const dressing = { projectId: input.projectId, brief, page };
  const bare = (ads: readonly AdWords[]) => ads.map((ad) => dressAd(dressing, ad, NO_PICTURE));
  // Judged before any picture is drawn: what cannot run needs none.
  const minDailyBudget =
    account.minDailyBudgetMinor === null ? null : { minor: account.minDailyBudgetMinor, currency: account.currency };
  const problems = planProblems(assemble(bare(adWords), bare(reserveWords)), { minDailyBudget });
  const stop = problems.find((problem) => problem.severity === 'stop');
  if (!isReady(problems) && stop) return notReady(stop.code, readable(stop.params));

  const images = await renderAds(ctx, {
    ...dressing,
    businessName: brief.businessName ?? page.name,
    ads: [...adWords, ...reserveWords],
    kept: await keptPictures(ctx, { projectId: input.projectId, brief, open }),
  });
  const dressed = [...adWords, ...reserveWords].map((ad, index) => dressAd(dressing, ad, images[index] ?? NO_PICTURE));
  const plan = assemble(dressed.slice(0, adWords.length), dressed.slice(adWords.length));
  const saved = await savePlan(ctx, {
    projectId: input.projectId,
    adAccountId: account.id,
    briefVersion: stored.version,
    plan,
    open,
  });
  const notes = [
    ...problems.map((problem) => problem.code),
    ...places.notFound.map((name) => `town_not_found: ${name}`),
    ...(plan.specialAdCategories.length ? ['special_category'] : []),
    ...(tight ? ['sized_to_month'] : []),
  ];
  return {
    ready: true,
    ...saved,
    plan,
    places: places.cities.length ? places.cities.map((city) => city.name) : [places.country],
    notes,
  };
}

type Places = { country: string; cities: Plan['adSets'][number]['targeting']['cities']; notFound: string[] };

/** The towns wished for, else those of the open plan, else the brief's own place; null where no country is known. */
async function placesFor(
  ctx: ServiceContext,
  held: Pick<ProjectAccess, 'access' | 'connection'>,
  brief: Brief,
  open: OpenCampaign | null,
  wishes: PlanWishes | undefined,
): Promise<Places | null> {
  const country = brief.country;
  if (!country) return null;
  const earlier = open?.plan.adSets[0]?.targeting.cities ?? [];
  const names =
    wishes?.cities ??
    (open ? earlier.map((city) => city.name) : [brief.location.split(',')[0]?.trim() ?? brief.location]);
  const radiusKm = wishes?.radiusKm ?? earlier[0]?.radiusKm;
  return {
    country,
    ...(await findCities(ctx, held, { names, country, ...(radiusKm === undefined ? {} : { radiusKm }) })),
  };
}

/** Only a pixel that has fired measures anything; without one the plan says that results cannot be counted. */
async function firingPixel(access: ProjectAccess['access']): Promise<string | null> {
  const pixels = await readerFor(access.platform).listPixels(access);
  return pixels.find((pixel) => pixel.hasFired)?.externalId ?? null;
}

type Dressing = {
  projectId: string;
  brief: Brief;
  page: { externalId: string; name: string };
};
/** Stands for a picture that is not drawn yet. */
const NO_PICTURE = { square: '0'.repeat(64), portrait: '0'.repeat(64), story: '0'.repeat(64) };

function dressAd({ brief, page }: Dressing, ad: AdWords, images: AdImages): AdIdea {
  const callToAction = buttonFor(ad.callToAction, brief);
  const onFacebook = asksInForm(brief) || callToAction === 'MESSAGE_PAGE' || callToAction === 'CALL_NOW';
  return {
    idea: ad.idea,
    headline: ad.headline,
    primaryText: ad.primaryText,
    callToAction,
    images,
    linkUrl: onFacebook ? null : (brief.websiteUrl ?? `https://www.facebook.com/${page.externalId}`),
  };
}

/** The button must do what the goal counts, whatever was suggested. */
function buttonFor(suggested: CallToAction, brief: Brief): CallToAction {
  if (brief.goal === 'MESSAGES') return 'MESSAGE_PAGE';
  if (brief.goal === 'CALLS') return 'CALL_NOW';
  if (brief.goal === 'APP_INSTALLS') return 'INSTALL_APP';
  return ['MESSAGE_PAGE', 'CALL_NOW', 'INSTALL_APP'].includes(suggested) ? 'LEARN_MORE' : suggested;
}

/** Amounts in major units, as whoever explains the problem reads them. */
function readable(params: Record<string, string | number | MoneyJson>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(params).map(([key, value]) => [
      key,
      typeof value === 'object' ? { amount: moneyToDecimal(moneyFromJson(value)), currency: value.currency } : value,
    ]),
  );
}
