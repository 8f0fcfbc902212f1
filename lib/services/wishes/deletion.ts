import type { ServiceContext } from '../context';
import { livingAds, notReady, runningCampaign, type Wished, wish } from './running';

type DeletionWish = {
  projectId: string;
  campaignId: string | null;
  /** An ad by its number in the owner's order (1 is the first, -1 the last, 0 none named) or its headline; null: all of it. */
  ad: { number: number } | { headline: string } | null;
};

/**
 * Deleting an ad or the whole campaign, before the owner on a card that says it cannot be taken back. It is never done by
 * words, and not on an alarm either. The last ad is not deleted by itself: then it is the campaign that is meant.
 */
export async function wishDeletion(ctx: ServiceContext, input: DeletionWish): Promise<Wished> {
  const campaign = await runningCampaign(ctx, input);
  if (!campaign) return notReady('nothing_runs');
  if (input.ad === null) return wish(ctx, { campaign, action: { kind: 'delete_campaign' } });
  const ads = livingAds(campaign);
  const wanted = input.ad;
  const ad =
    'number' in wanted
      ? numbered(ads, wanted.number)
      : ads.find(({ headline }) => headline.toLowerCase().includes(wanted.headline.toLowerCase()));
  if (!ad) return notReady('no_such_ad', { ads: ads.map(({ headline }) => headline) });
  if (ads.length === 1) return notReady('last_ad', { headline: ad.headline });
  return wish(ctx, { campaign, action: { kind: 'delete_ad', adKey: ad.key }, notes: [`ad: ${ad.headline}`] });
}

function numbered<T>(ads: readonly T[], number: number): T | undefined {
  return number === 0 ? undefined : ads.at(number > 0 ? number - 1 : number);
}
