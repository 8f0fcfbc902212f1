import type { RemoteSeen } from '../../platforms/port';
import type { Tx } from '../../runtime/db';
import type { ServiceContext } from '../context';
import type { CampaignKnown } from './campaign-state';
import { recordSeen } from './record-seen';
import { shownOf } from './shown';

/** What stands in front of the names of objects of a move's second campaign. */
export const OTHER = 'other/';

type Shown = { campaign: CampaignKnown; other?: CampaignKnown; accountId: string; after: readonly RemoteSeen[] };

/** What the platform showed after an action, by local names. */
export function shownByName({ campaign, other, after }: Omit<Shown, 'accountId'>): Record<string, object> {
  return Object.fromEntries(
    after.map((seen) => [
      other && has(other, seen) ? `${OTHER}${localNameOf(other, seen)}` : localNameOf(campaign, seen),
      shownOf(seen),
    ]),
  );
}

/** The mirror of one campaign, or of both of a move, follows what was shown. */
export async function recordShown(tx: Tx, ctx: ServiceContext, shown: Shown): Promise<void> {
  const { campaign, other, accountId, after } = shown;
  for (const one of other ? [campaign, other] : [campaign])
    await recordSeen(tx, ctx, { campaignRecordId: one.id, accountId, objects: after });
}

function has(campaign: CampaignKnown, seen: RemoteSeen): boolean {
  return campaign.objects.some((object) => object.level === seen.level && object.remoteId === seen.remoteId);
}

function localNameOf(campaign: CampaignKnown, seen: RemoteSeen): string {
  const known = campaign.objects.find((object) => object.level === seen.level && object.remoteId === seen.remoteId);
  return `${seen.level}:${known?.localKey ?? seen.remoteId}`;
}
