import type { Brief } from '../../domain/brief';
import type { AdImages } from '../../domain/plan';
import type { ServiceContext } from '../context';
import { storeFile } from '../files/store';
import type { ShapeName } from './layout';
import { ownerPhotos } from './owner-photos';
import { renderCreative } from './render';

type RenderAdsInput = {
  projectId: string;
  brief: Brief;
  businessName: string;
  ads: readonly { headline: string }[];
  /** Pictures that are already right, by headline: not drawn again. */
  kept?: ReadonlyMap<string, AdImages>;
};

/** The pictures of a plan's ads in all three shapes, stored; one ad after the other, so that a server has a core left. */
export async function renderAds(
  ctx: ServiceContext,
  { projectId, brief, businessName, ads, kept }: RenderAdsInput,
): Promise<AdImages[]> {
  const photos = await ownerPhotos(ctx, { projectId });
  const rendered: AdImages[] = [];
  for (const [index, ad] of ads.entries()) {
    const known = kept?.get(ad.headline);
    if (known) {
      rendered.push(known);
      continue;
    }
    const photo = photos.length > 0 ? (photos[index % photos.length] ?? null) : null;
    const picture = async (shape: ShapeName) => {
      const { bytes, width, height } = await renderCreative(
        {
          headline: ad.headline,
          name: businessName,
          place: brief.location.split(',')[0]?.trim() ?? brief.location,
          about: brief.businessDescription,
          product: brief.product,
          index,
          photo,
        },
        shape,
      );
      const { sha256 } = await storeFile(ctx, { bytes, mime: 'image/png', width, height });
      return sha256;
    };
    const [square, portrait, story] = await Promise.all([picture('square'), picture('portrait'), picture('story')]);
    rendered.push({ square, portrait, story });
  }
  return rendered;
}
