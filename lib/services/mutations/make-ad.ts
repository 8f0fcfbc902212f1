import type { CampaignAction } from '../../domain/action';
import { AppError } from '../../domain/errors';
import type { AccountAccess } from '../../platforms/port';
import { readerFor } from '../../platforms/registry-readers';
import { type ServiceContext, transact } from '../context';
import { type CampaignKnown, type MirrorRow, objectOf } from './campaign-state';
import { performWrite, settleMs } from './perform-write';
import { ensureCreative } from './swap-creative';

type Wanted = {
  held: { id: string; campaign: CampaignKnown };
  action: Extract<CampaignAction, { kind: 'add_ad' }>;
  access: AccountAccess;
  pageId: string;
};
type Made =
  | { kind: 'done'; object: MirrorRow }
  | { kind: 'wait'; seconds: number }
  | { kind: 'needs_review'; reason: string };

/**
 * The ad of an approved card, made switched off and read back before anything is switched on: it must hang in its group, off,
 * with the picture and text of the card. @throws AppError platform_fix_input where the platform shows something else
 */
export async function makeAd(ctx: ServiceContext, wanted: Wanted): Promise<Made> {
  const { held, action, access } = wanted;
  const { campaign } = held;
  const adSet = objectOf(campaign, 'adset', action.adSetKey);
  const creative = await ensureCreative(ctx, {
    actionId: held.id,
    campaign,
    access,
    pageId: wanted.pageId,
    key: action.ad.key,
    ad: action.ad,
  });
  if (creative.kind !== 'done') return creative;
  const key = adEffectKey(held.id, action.ad.key);
  const made = await performWrite(ctx, {
    access,
    key,
    actionId: held.id,
    fence: null,
    write: {
      kind: 'create_ad',
      name: `${campaign.plan.name} · ${action.ad.key}`,
      adSetRemoteId: adSet.remoteId,
      creativeRemoteId: creative.remoteId,
    },
    onDone: async (tx, inner, remoteId) => {
      if (remoteId === null) return;
      await tx.remoteObject.createMany({
        skipDuplicates: true,
        data: [
          {
            workspaceId: inner.workspaceId,
            campaignRecordId: campaign.id,
            accountId: access.accountId,
            level: 'ad',
            localKey: action.ad.key,
            remoteId,
            parentRemoteId: adSet.remoteId,
            status: 'PAUSED',
            state: { creativeId: creative.remoteId },
          },
        ],
      });
    },
  });
  if (made.kind !== 'done') return made;
  if (made.remoteId === null) throw new AppError('internal', { effect: key });
  const object: MirrorRow = {
    level: 'ad',
    localKey: action.ad.key,
    remoteId: made.remoteId,
    parentRemoteId: adSet.remoteId,
    status: 'PAUSED',
    effectiveStatus: null,
    state: { creativeId: creative.remoteId },
  };
  const seen = await readerFor(access.platform).read(access, 'ad', object.remoteId);
  if (!seen) return (await isFresh(ctx, { key, access })) ? { kind: 'wait', seconds: 1 } : missing();
  const isOurs = seen.parentRemoteId === adSet.remoteId && seen.creativeId === creative.remoteId;
  if (!isOurs) throw new AppError('platform_fix_input', { reason: 'read back something else', object: action.ad.key });
  return { kind: 'done', object };
}

/** The name of the effect that made an ad, which is where its mark comes from. */
export function adEffectKey(actionId: string, adKey: string): string {
  return `${actionId}:ad:${adKey}`;
}

function missing(): Made {
  return { kind: 'needs_review', reason: 'the new ad is not shown' };
}

/** What was made a moment ago may not show yet: it is given twice the platform's settle time (real time). */
async function isFresh(ctx: ServiceContext, input: { key: string; access: AccountAccess }): Promise<boolean> {
  const effect = await transact(ctx, (tx) =>
    tx.remoteEffect.findFirst({
      where: { workspaceId: ctx.workspaceId, key: input.key },
      select: { sentAt: true },
    }),
  );
  return effect?.sentAt != null && Date.now() - effect.sentAt.getTime() < 2 * settleMs(input.access);
}
