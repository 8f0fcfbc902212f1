import { AppError } from '../../domain/errors';
import type { PlanAd } from '../../domain/plan';
import type { AccountAccess } from '../../platforms/port';
import type { ServiceContext } from '../context';
import { urlTagsOf } from '../deployments/url-tags';
import { readFile } from '../files/read';
import { type CampaignKnown, leadFormIdOf } from './campaign-state';
import { type PlatformWrite, performWrite } from './perform-write';

type Made =
  | { kind: 'done'; remoteId: string }
  | { kind: 'wait'; seconds: number }
  | { kind: 'needs_review'; reason: string };
type Wanted = {
  actionId: string;
  campaign: CampaignKnown;
  access: AccountAccess;
  pageId: string;
  key: string;
  /** An ad that its own card showed, where the approved plan does not have it. */
  ad?: PlanAd;
};

/** The remote creative of an ad of the approved plan, made now when it never left the drawer. */
export async function ensureCreative(ctx: ServiceContext, wanted: Wanted): Promise<Made> {
  const { campaign, key, access, actionId } = wanted;
  const known = campaign.objects.find((object) => object.level === 'creative' && object.localKey === key);
  if (known) return { kind: 'done', remoteId: known.remoteId };
  const ad =
    wanted.ad ??
    campaign.plan.adSets
      .flatMap((adSet) => [...adSet.ads, ...adSet.reserves])
      .find((candidate) => candidate.key === key);
  if (!ad) throw new AppError('platform_fix_input', { reason: 'not in the approved plan', key });
  const write = async (step: string, what: PlatformWrite, localKey?: string): Promise<Made> => {
    const result = await performWrite(ctx, {
      access,
      key: `${actionId}:${step}`,
      actionId,
      fence: null,
      write: what,
      onDone: async (tx, inner, remoteId) => {
        if (remoteId === null || localKey === undefined) return;
        await tx.remoteObject.createMany({
          skipDuplicates: true,
          data: [
            {
              workspaceId: inner.workspaceId,
              campaignRecordId: campaign.id,
              accountId: access.accountId,
              level: 'creative',
              localKey,
              remoteId,
            },
          ],
        });
      },
    });
    if (result.kind !== 'done') return result;
    if (result.remoteId === null) throw new AppError('internal', { effect: step });
    return { kind: 'done', remoteId: result.remoteId };
  };
  const hashes: Record<string, string> = {};
  for (const sha256 of new Set([ad.images.square, ad.images.portrait, ad.images.story])) {
    const image = await write(`image:${sha256}`, {
      kind: 'upload_image',
      sha256,
      bytes: async () => (await readFile(ctx, { sha256 })).bytes,
    });
    if (image.kind !== 'done') return image;
    hashes[sha256] = image.remoteId;
  }
  const leadFormId = leadFormIdOf(campaign);
  const hashOf = (sha256: string) => hashes[sha256] ?? '';
  return write(
    `creative:${key}`,
    {
      kind: 'create_creative',
      name: `${campaign.plan.name} · ${key}`,
      ad,
      pageId: wanted.pageId,
      instagramId: campaign.plan.instagramId,
      imageHashes: {
        square: hashOf(ad.images.square),
        portrait: hashOf(ad.images.portrait),
        story: hashOf(ad.images.story),
      },
      urlTags: urlTagsOf(campaign.id, key),
      ...(leadFormId ? { leadFormId } : {}),
    },
    key,
  );
}
