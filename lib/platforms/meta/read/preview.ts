import * as z from 'zod';
import type { AccountAccess } from '../../port';
import { pageOf } from '../schemas';
import { metaApi } from '../transport';

const FORMATS = { feed: 'MOBILE_FEED_STANDARD', instagram: 'INSTAGRAM_STANDARD', story: 'INSTAGRAM_STORY' } as const;

/** Meta's own picture of a creative at one place: the address of a frame that works for about a day. Null when there is none. */
export async function readPreview(
  access: AccountAccess,
  query: { creativeRemoteId: string; place: keyof typeof FORMATS },
): Promise<string | null> {
  const api = metaApi({ urgency: 'background', ...access });
  const {
    data: [row],
  } = await api.get(
    [query.creativeRemoteId, 'previews'],
    { ad_format: FORMATS[query.place] },
    pageOf(z.object({ body: z.string() })),
  );
  // The frame's address is taken out of the HTML; the HTML itself is never shown.
  const address = row && /src="([^"]+)"/.exec(row.body)?.[1]?.replaceAll('&amp;', '&');
  return address?.startsWith('https://') ? address : null;
}
