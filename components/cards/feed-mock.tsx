import type { PlanAd } from '@/lib/domain/plan';
import { buttonWords } from '@/lib/words/en/cards';
import { AdPicture } from './ad-picture';
import { FeedFrame } from './feed-frame';

/** One ad of a plan, as the feed will show it, with the thought behind it. */
export function FeedMock({ ad, page }: { ad: PlanAd; page: string }) {
  return (
    <figure className="row-span-2 grid grid-rows-[1fr_auto] gap-2.5 sm:grid-rows-subgrid">
      <FeedFrame
        page={page}
        text={ad.primaryText}
        headline={ad.headline}
        button={buttonWords[ad.callToAction]}
        picture={<AdPicture sha={ad.images.square} alt={ad.idea} shape="square" />}
      />
      <figcaption className="px-1 text-sm text-ink-soft">{ad.idea}</figcaption>
    </figure>
  );
}
