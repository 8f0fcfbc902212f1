import type { Brief } from '../../domain/brief';
import type { AdImages } from '../../domain/plan';
import type { ServiceContext } from '../context';
import { storeFile } from '../files/store';
import { ownerPhotos } from './owner-photos';
import { renderCreative } from './render';
import type { ShapeName } from './layout';

type RenderAdsInput = { projectId: string; brief: Brief; businessName: string; ads: readonly { headline: string }[]; offset: number };

/** The pictures of a plan's ads in all three shapes, stored. One after the other: each takes a whole core for a moment. */
export async function renderAds(ctx: ServiceContext, { projectId, brief, businessName, ads, offset }: RenderAdsInput): Promise<AdImages[]> {
  const photos = await ownerPhotos(ctx, { projectId });
  const rendered: AdImages[] = [];
  for (const [position, ad] of ads.entries()) {
    const index = offset + position;
    const photo = photos.length > 0 ? (photos[index % photos.length] ?? null) : null;
    const picture = async (shape: ShapeName) => {
      const { bytes, width, height } = await renderCreative({
        headline: ad.headline, name: businessName, place: brief.location.split(',')[0]?.trim() ?? brief.location, about: brief.businessDescription, product: brief.product, index, photo,
      }, shape);
      const { sha256 } = await storeFile(ctx, { bytes, mime: 'image/png', width, height });
      return sha256;
    };
    rendered.push({ square: await picture('square'), portrait: await picture('portrait'), story: await picture('story') });
  }
  return rendered;
}
