import { type ServiceContext, transact } from '../context';

export type OwnerPhoto = { bytes: Uint8Array; mime: string };

const USABLE = ['image/png', 'image/jpeg'];
const NEWEST = 5;

/** Photos the owner gave for a project (IMAGE artifacts marked as theirs), newest first. */
export async function ownerPhotos(ctx: ServiceContext, input: { projectId: string }): Promise<OwnerPhoto[]> {
  return transact(ctx, async (tx) => {
    const artifacts = await tx.artifact.findMany({
      where: {
        workspaceId: ctx.workspaceId,
        projectId: input.projectId,
        type: 'IMAGE',
        content: { path: ['source'], equals: 'owner' },
      },
      orderBy: { occurredAt: 'desc' },
      take: NEWEST,
      select: { content: true },
    });
    const hashes = artifacts.flatMap(({ content }) => {
      const sha256 = content && typeof content === 'object' && 'sha256' in content ? content.sha256 : null;
      return typeof sha256 === 'string' ? [sha256] : [];
    });
    const files = await tx.storedFile.findMany({
      where: { workspaceId: ctx.workspaceId, sha256: { in: hashes }, mime: { in: USABLE } },
      select: { sha256: true, bytes: true, mime: true },
    });
    return hashes.flatMap((sha256) =>
      files.filter((file) => file.sha256 === sha256).map(({ bytes, mime }) => ({ bytes, mime })),
    );
  });
}
