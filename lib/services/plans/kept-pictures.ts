import type { Brief, BriefDraft } from '../../domain/brief';
import type { AdImages } from '../../domain/plan';
import { type ServiceContext, transact } from '../context';
import type { OpenCampaign } from './open-campaign';

/** What a picture says besides its headline. */
const DRAWN = ['businessName', 'businessDescription', 'product', 'location'] as const satisfies (keyof BriefDraft)[];

/**
 * Pictures of the open plan that still say what is true, by the headline on them: a cheaper plan shows the same pictures.
 * None when the brief they were drawn from said something else, or when the owner has sent a photo since.
 */
export async function keptPictures(
  ctx: ServiceContext,
  input: { projectId: string; brief: Brief; open: OpenCampaign | null },
): Promise<Map<string, AdImages>> {
  const { open, brief, projectId } = input;
  if (!open) return new Map();
  const drawnFrom = await transact(ctx, (tx) =>
    tx.briefVersion.findFirst({
      where: { workspaceId: ctx.workspaceId, projectId, version: open.plan.briefVersion },
      select: { fields: true },
    }),
  );
  // Written by updateBrief alone, from the same type.
  const before = (drawnFrom?.fields ?? null) as BriefDraft | null;
  if (await hasNewerPhoto(ctx, { projectId, planVersionId: open.planVersionId })) return new Map();
  if (!before || DRAWN.some((field) => before[field] !== brief[field])) return new Map();
  const ads = open.plan.adSets.flatMap((adSet) => [...adSet.ads, ...adSet.reserves]);
  return new Map(ads.map((ad) => [ad.headline, ad.images]));
}

async function hasNewerPhoto(
  ctx: ServiceContext,
  input: { projectId: string; planVersionId: string },
): Promise<boolean> {
  return transact(ctx, async (tx) => {
    const drawn = await tx.planVersion.findFirst({
      where: { workspaceId: ctx.workspaceId, id: input.planVersionId },
      select: { createdAt: true },
    });
    const photos = await tx.artifact.count({
      where: {
        workspaceId: ctx.workspaceId,
        projectId: input.projectId,
        type: 'IMAGE',
        content: { path: ['source'], equals: 'owner' },
        ...(drawn ? { createdAt: { gt: drawn.createdAt } } : {}),
      },
    });
    return photos > 0;
  });
}
