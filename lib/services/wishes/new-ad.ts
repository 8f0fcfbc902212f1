import { unsafeClaim } from '../../domain/ad-claims';
import { isCompleteBrief } from '../../domain/brief';
import type { PlanAd } from '../../domain/plan';
import { readBrief } from '../briefs/read';
import type { ServiceContext } from '../context';
import { renderAds } from '../creatives/render-ads';
import type { CampaignKnown } from '../mutations/campaign-state';
import { livingAds, notReady, runningCampaign, type Wished, wish } from './running';

/** More at once only divide the same money until nothing can be learned. */
const MOST_ADS = 6;

type NewAdWish = {
  projectId: string;
  campaignId: string | null;
  ad: Pick<PlanAd, 'idea' | 'headline' | 'primaryText'>;
};

/**
 * A new ad beside those that run, with its picture drawn, before the owner on a card that shows it as it will look. It is
 * made only after the press. Where a click leads, and the button, are those of the other ads.
 */
export async function wishNewAd(ctx: ServiceContext, input: NewAdWish): Promise<Wished> {
  const campaign = await runningCampaign(ctx, input);
  const adSet = campaign?.plan.adSets[0];
  const like = adSet?.ads[0];
  if (!campaign || !adSet || !like) return notReady('nothing_runs');
  const { ad } = input;
  const unsafe = unsafeClaim(`${ad.headline}. ${ad.primaryText}`);
  if (unsafe) return notReady('unsafe_claim', { phrase: unsafe });
  if (livingAds(campaign).length >= MOST_ADS) return notReady('too_many_ads', { most: MOST_ADS });
  if (
    livingAds(campaign).some(({ headline, primaryText }) => headline === ad.headline && primaryText === ad.primaryText)
  )
    return notReady('ad_exists', { headline: ad.headline });
  const stored = await readBrief(ctx, { projectId: input.projectId });
  if (!stored || !isCompleteBrief(stored.draft)) return notReady('brief_incomplete');
  const [images] = await renderAds(ctx, {
    projectId: input.projectId,
    brief: stored.draft,
    businessName: stored.draft.businessName ?? campaign.plan.page.name,
    ads: [ad],
  });
  if (!images) return notReady('brief_incomplete');
  const fresh: PlanAd = {
    key: nextKey(campaign),
    idea: ad.idea,
    headline: ad.headline,
    primaryText: ad.primaryText,
    callToAction: like.callToAction,
    linkUrl: like.linkUrl,
    images,
  };
  return wish(ctx, { campaign, action: { kind: 'add_ad', adSetKey: adSet.key, ad: fresh } });
}

/** The next number that no ad ever had: a deleted one keeps its name in the history. */
function nextKey(campaign: CampaignKnown): string {
  const keys = [
    ...campaign.plan.adSets.flatMap(({ ads }) => ads.map(({ key }) => key)),
    ...campaign.objects.filter(({ level }) => level === 'ad').map(({ localKey }) => localKey),
  ];
  const numbers = keys.flatMap((key) => /^ad-(\d+)$/.exec(key)?.[1] ?? []).map(Number);
  return `ad-${Math.max(0, ...numbers) + 1}`;
}
