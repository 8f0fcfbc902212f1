import type { CampaignAction } from '../../domain/action';
import { budgetMovesIn } from '../../domain/campaign-move';
import { canonicalJson } from '../../domain/canonical';
import type { MoneyJson } from '../../domain/money';
import { sha256Hex } from '../../runtime/ids';
import { formatMoney } from '../../words/format';
import type { MirrorRow } from '../mutations/campaign-state';

/** One thing as the platform last showed it, in the words a difference is told with. */
export type RemoteLine = { what: string; value: string };

/**
 * What a change was planned from: the objects it touches, and the campaign's own switch.
 * @param campaignId whose objects these are, where the change is about two campaigns
 */
export function remoteState(action: CampaignAction, objects: readonly MirrorRow[], campaignId = ''): RemoteLine[] {
  const lines = objects
    .filter((object) => object.level === 'campaign' || touches(action, object, campaignId))
    .flatMap((object) => {
      const { dailyBudget, creativeId, audience } = object.state as {
        audience?: unknown;
        dailyBudget?: MoneyJson | null;
        creativeId?: string | null;
      };
      const name = NAMES[object.level] ?? object.level;
      const subject = object.level === 'campaign' ? name : `${name} ${object.localKey}`;
      return [
        { what: `${subject}: on or off`, value: object.status === 'ACTIVE' ? 'on' : 'off' },
        ...(dailyBudget ? [{ what: `${subject}: daily budget`, value: formatMoney(dailyBudget, 'en') }] : []),
        ...(audience && action.kind === 'set_audience'
          ? [{ what: `${subject}: who sees it`, value: sha256Hex(canonicalJson(audience)).slice(0, 6) }]
          : []),
        ...(creativeId ? [{ what: `${subject}: picture and text`, value: creativeId.slice(-6) }] : []),
      ];
    });
  return lines.sort((a, b) => (a.what < b.what ? -1 : a.what > b.what ? 1 : 0));
}

const NAMES: Record<string, string> = { campaign: 'The campaign', adset: 'Group', ad: 'Ad' };

function touches(action: CampaignAction, object: MirrorRow, campaignId: string): boolean {
  if ('adKey' in action) return object.level === 'ad' && object.localKey === action.adKey;
  if (action.kind === 'set_ad_set_budget' || action.kind === 'set_audience' || action.kind === 'add_ad')
    return object.level === 'adset' && object.localKey === action.adSetKey;
  if (action.kind === 'start_test' && object.level === action.test.level && action.test.arms.includes(object.localKey))
    return true;
  const moves = budgetMovesIn(action, campaignId);
  return object.level === 'adset' && moves.some((move) => move.adSetKey === object.localKey);
}

export function remoteDigest(lines: readonly RemoteLine[]): string {
  return sha256Hex(canonicalJson(lines));
}

/** Plain lines of what is different now; empty where nothing is. */
export function remoteDifferences(before: readonly RemoteLine[], now: readonly RemoteLine[]): string[] {
  const names = new Set([...before, ...now].map((line) => line.what));
  return [...names].flatMap((what) => {
    const [was, is] = [before, now].map((lines) => lines.find((line) => line.what === what)?.value ?? 'gone');
    return was === is ? [] : [`${what}: ${was} → ${is}`];
  });
}
