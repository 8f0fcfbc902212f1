import { route } from '@/lib/http/route';
import { readUpload } from '@/lib/http/upload';
import { acceptPhoto } from '@/lib/services/files/accept-photo';
import { takeRequest } from '@/lib/services/health/take-request';

/** Of one workspace, all its people together: decoding pictures is work. */
const WORKSPACE_PER_MINUTE = 40;

/** One photo of the owner as form field `file`; the answer's `fileId` is what a message names in `attachments`. */
export const POST = route({ name: 'file-upload', limitPerMinute: 20 }, async ({ session, request }) => {
  await takeRequest({ key: `file-upload:${session.ctx.workspaceId}`, limit: WORKSPACE_PER_MINUTE });
  return acceptPhoto(session.ctx, { upload: await readUpload(request) });
});
