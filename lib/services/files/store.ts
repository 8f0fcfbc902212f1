import { sha256Hex } from '../../runtime/ids';
import { type ServiceContext, transact } from '../context';

export type FileToStore = { bytes: Uint8Array; mime: string; width?: number; height?: number };

/** Keeps bytes under their SHA-256 (hex), once per workspace: storing them again changes nothing. Sizes in pixels. */
export async function storeFile(ctx: ServiceContext, file: FileToStore): Promise<{ sha256: string }> {
  const sha256 = sha256Hex(file.bytes);
  await transact(ctx, (tx) =>
    tx.storedFile.createMany({
      data: [
        {
          workspaceId: ctx.workspaceId,
          sha256,
          mime: file.mime,
          bytes: Uint8Array.from(file.bytes),
          width: file.width ?? null,
          height: file.height ?? null,
        },
      ],
      skipDuplicates: true,
    }),
  );
  return { sha256 };
}
