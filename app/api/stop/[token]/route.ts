import { openRoute } from '@/lib/http/open-route';
import { stopByLink } from '@/lib/services/stops/link';

/** The press behind a stop link: no sign-in, and it can only pause. A plain form, so that it works without scripts. */
export const POST = openRoute({ name: 'stop-link', limitPerMinute: 20 }, async ({ params }) => {
  const token = params.token ?? '';
  await stopByLink(token);
  return new Response(null, { status: 303, headers: { location: `/stop/${encodeURIComponent(token)}` } });
});
