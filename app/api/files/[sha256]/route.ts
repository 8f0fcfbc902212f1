import { route } from '@/lib/http/route';
import { readFile } from '@/lib/services/files/read';

/** Content-addressed, so it never changes; private to the workspace. */
export const GET = route({ name: 'file', limitPerMinute: 600 }, async ({ session, params }) => {
  const file = await readFile(session.ctx, { sha256: params.sha256 ?? '' });
  return new Response(new Uint8Array(file.bytes), {
    headers: {
      'content-type': file.mime,
      'cache-control': 'private, max-age=31536000, immutable',
      'x-content-type-options': 'nosniff',
    },
  });
});
