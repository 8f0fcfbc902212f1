import { AppError } from '../../domain/errors';
import { type ServiceContext, transact } from '../context';

export type StoredFileContent = {
  sha256: string;
  bytes: Uint8Array;
  mime: string;
  width: number | null;
  height: number | null;
};

/** A file of this workspace by its SHA-256. @throws AppError not_found, also for another workspace's file. */
export async function readFile(ctx: ServiceContext, input: { sha256: string }): Promise<StoredFileContent> {
  const file = await transact(ctx, (tx) =>
    tx.storedFile.findFirst({
      where: { workspaceId: ctx.workspaceId, sha256: input.sha256 },
      select: { sha256: true, bytes: true, mime: true, width: true, height: true },
    }),
  );
  if (!file) throw new AppError('not_found', { file: input.sha256 });
  return file;
}
