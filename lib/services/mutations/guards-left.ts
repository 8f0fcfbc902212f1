import type { GuardBack } from '../../domain/action';
import type { Tx } from '../../runtime/db';
import type { ServiceContext } from '../context';
import { guardFor } from '../pacing/guard';
import { fromStored, type StoredShare } from '../pacing/share';
import type { CampaignKnown } from './campaign-state';

/** What we last told the platform's own guards of a campaign; null or absent where we never told one. */
export type GuardsLeft = {
  /** Over the campaign's life, minor units. */
  spendCapMinor: bigint | null;
  /** ISO instants by the ad set's local key. */
  endsAt: Readonly<Record<string, string>>;
  /** The rule we made last, the dearest day it was told, minor units, and when (real time). */
  rule: { remoteId: string; perDayMinor: bigint; toldAt: Date | null } | null;
};

/** Whether a guard to be set back is exactly what we last told. */
export function isAsLeft(guard: GuardBack, left: GuardsLeft): boolean {
  if (guard.what === 'spend_cap') return left.spendCapMinor === BigInt(guard.to.minor);
  if (guard.what === 'stop_rule') return left.rule?.perDayMinor === BigInt(guard.to.minor);
  return left.endsAt[guard.adSetKey] === guard.to;
}

const TOLD = ['set_spend_cap', 'set_ad_set_end', 'set_stop_rule', 'change_stop_rule'];
type Told = { kind: string; remoteId: string | null; request: unknown; settledAt: Date | null };

/**
 * From the launch's own guard and every later write the platform confirmed, newest last: not from the books, which follow
 * what somebody changed there.
 */
export async function guardsLeft(tx: Tx, ctx: ServiceContext, campaign: CampaignKnown): Promise<GuardsLeft> {
  const scope = { workspaceId: ctx.workspaceId };
  const launches = await tx.deployment.findMany({
    where: { ...scope, campaignRecordId: campaign.id },
    orderBy: { createdAt: 'asc' },
    select: { id: true },
  });
  const actions = await tx.campaignActionRecord.findMany({
    where: { ...scope, OR: [{ campaignRecordId: campaign.id }, { otherCampaignId: campaign.id }] },
    select: { id: true },
  });
  const launchIds = launches.map(({ id }) => id);
  const reserved = await tx.monthReservation.findFirst({
    where: { ...scope, holderId: { in: launchIds }, state: 'COMMITTED' },
    orderBy: { createdAt: 'desc' },
    select: { share: true },
  });
  const told: Told[] = await tx.remoteEffect.findMany({
    where: {
      ...scope,
      state: 'DONE',
      kind: { in: TOLD },
      OR: [{ deploymentId: { in: launchIds } }, { actionId: { in: actions.map(({ id }) => id) } }],
    },
    orderBy: { settledAt: 'asc' },
    select: { kind: true, remoteId: true, request: true, settledAt: true },
  });
  const first = reserved ? guardFor(fromStored(reserved.share as StoredShare), campaign) : null;
  const left: { -readonly [K in keyof GuardsLeft]: GuardsLeft[K] } = {
    spendCapMinor: first?.spendCap?.minor ?? null,
    endsAt: {},
    rule: null,
  };
  const root = campaign.objects.find(({ level }) => level === 'campaign')?.remoteId;
  const ends: Record<string, string> = {};
  if (first?.endsAt) for (const { key } of campaign.plan.adSets) ends[key] = first.endsAt;
  for (const one of told) {
    const wrote = one.request as { remoteId?: string; campaignRemoteId?: string } | null;
    if (one.kind === 'set_spend_cap' && wrote?.remoteId === root) left.spendCapMinor = minorOf(one, 'spendCap');
    if (one.kind === 'set_ad_set_end') {
      const key = campaign.objects.find((object) => object.remoteId === wrote?.remoteId)?.localKey;
      const endsAt = (one.request as { endsAt?: string } | null)?.endsAt;
      if (key && endsAt) ends[key] = endsAt;
    }
    const perDayMinor = minorOf(one, 'perDay');
    const ruleId = one.kind === 'set_stop_rule' ? one.remoteId : wrote?.remoteId;
    if (perDayMinor !== null && ruleId && wrote?.campaignRemoteId === root)
      left.rule = { remoteId: ruleId, perDayMinor, toldAt: one.settledAt };
  }
  return { ...left, endsAt: ends };
}

/** Money stands in the ledger as text. */
function minorOf({ request }: Told, field: 'spendCap' | 'perDay'): bigint | null {
  const minor = (request as Record<string, { minor?: string } | undefined> | null)?.[field]?.minor;
  return minor === undefined || !/^\d+$/.test(String(minor)) ? null : BigInt(minor);
}
