import type { Attachment } from '../../domain/attachment';
import { AppError } from '../../domain/errors';
import { sha256Hex } from '../../runtime/ids';
import { type ServiceContext, transact } from '../context';
import { requireMay } from '../workspaces/require-may';
import { cleanPhoto } from './clean-photo';

/** What one workspace may keep of its own photos. */
export const STORAGE_LIMIT_BYTES = 150 * 1024 * 1024;

/**
 * Takes an owner's photo in: checked and drawn anew, kept once under its SHA-256, which is the file id messages name. The
 * workspace's share is counted under a lock, so that uploads at the same moment cannot pass it together.
 * @throws AppError file_not_a_photo, file_too_small, storage_full
 */
export async function acceptPhoto(
  ctx: ServiceContext,
  input: { upload: Uint8Array; limitBytes?: number },
): Promise<Attachment> {
  await requireMay(ctx, 'file.upload');
  const photo = await cleanPhoto(input.upload);
  const fileId = sha256Hex(photo.bytes);
  const limit = input.limitBytes ?? STORAGE_LIMIT_BYTES;
  await transact(ctx, async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`photos:${ctx.workspaceId}`}, 0))`;
    const mine = { workspaceId: ctx.workspaceId, sha256: fileId };
    if ((await tx.storedFile.count({ where: { ...mine, origin: 'owner' } })) > 0) return;
    const rows = await tx.$queryRaw<{ kept: bigint }[]>`
      SELECT COALESCE(SUM(octet_length("bytes")), 0)::bigint AS kept FROM "StoredFile"
      WHERE "workspaceId" = ${ctx.workspaceId} AND "origin" = 'owner'`;
    if (Number(rows[0]?.kept ?? 0) + photo.bytes.length > limit) throw new AppError('storage_full', { limit });
    await tx.storedFile.createMany({
      data: [
        {
          ...mine,
          mime: photo.mime,
          bytes: Uint8Array.from(photo.bytes),
          width: photo.width,
          height: photo.height,
          origin: 'owner',
        },
      ],
      skipDuplicates: true,
    });
  });
  return { fileId, width: photo.width, height: photo.height };
}
