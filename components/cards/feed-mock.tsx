import type { PlanAd } from '@/lib/domain/plan';
import { buttonWords } from '@/lib/words/en/cards';
import { cn } from '../ui/cn';
import { AdPicture } from './ad-picture';
import { FeedFrame } from './feed-frame';

type FeedMockProps = {
  ad: PlanAd;
  page: string;
  /** Stands in a row of ads that gives it two rows of its grid, so that pictures line up; without such a grid it has no height. */
  inRow?: boolean;
};

/** One ad of a plan, as the feed will show it, with the thought behind it. */
export function FeedMock({ ad, page, inRow = false }: FeedMockProps) {
  return (
    <figure className={cn('grid grid-rows-[1fr_auto] gap-2.5', inRow && 'row-span-2 sm:grid-rows-subgrid')}>
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
