import type { Plan } from '../../domain/plan';
import type { RemoteSeen, StopRuleSeen } from '../../platforms/port';
import type { PlatformGuard } from './tasks';

export type MadeObject = { level: string; localKey: string; remoteId: string };
export type Finding = {
  kind: 'missing' | 'surplus' | 'status' | 'budget' | 'parent' | 'creative' | 'guard';
  subject: string;
};

const GONE = ['DELETED', 'ARCHIVED'];

/**
 * Compares what stands below a campaign with what we recorded making and with the plan. Empty: exactly our objects are
 * there, with the approved money, and the campaign itself is still off.
 * @param children what ad sets and ads must show now: PAUSED while building, ACTIVE right before the switch
 */
export function reconcile(input: {
  plan: Plan;
  made: readonly MadeObject[];
  tree: readonly RemoteSeen[];
  children: 'PAUSED' | 'ACTIVE';
  guard?: PlatformGuard | null;
  /** The rule we made for this campaign, and all that the platform shows. */
  rule?: { remoteId: string | undefined; seen: readonly StopRuleSeen[] };
}): Finding[] {
  const { plan, made, tree, children, guard } = input;
  const living = tree.filter((seen) => !GONE.includes(seen.status ?? ''));
  const ours = made.filter((object) => ['campaign', 'adset', 'ad'].includes(object.level));
  const findings: Finding[] = [];
  for (const object of ours) {
    const seen = living.find((candidate) => candidate.remoteId === object.remoteId && candidate.level === object.level);
    const subject = `${object.level}:${object.localKey}`;
    if (!seen) {
      findings.push({ kind: 'missing', subject });
      continue;
    }
    if (seen.status !== (object.level === 'campaign' ? 'PAUSED' : children)) findings.push({ kind: 'status', subject });
    findings.push(...differences(plan, made, object, seen));
    if (guard && !isGuarded(guard, seen)) findings.push({ kind: 'guard', subject });
  }
  if (guard && input.rule && !isRuled(guard, input.rule))
    findings.push({ kind: 'guard', subject: 'campaign:stop_rule' });
  for (const seen of living) {
    if (!ours.some((object) => object.remoteId === seen.remoteId))
      findings.push({ kind: 'surplus', subject: `${seen.level}:${seen.remoteId}` });
  }
  return findings;
}

/** The limit on money that the platform itself keeps must stand there before anything is switched on. */
function isGuarded(guard: PlatformGuard, seen: RemoteSeen): boolean {
  if (seen.level === 'campaign') return guard.spendCap === null || seen.spendCap?.minor === guard.spendCap.minor;
  return seen.level !== 'adset' || guard.endsAt === null || seen.endsAt === guard.endsAt;
}

function isRuled(guard: PlatformGuard, rule: { remoteId: string | undefined; seen: readonly StopRuleSeen[] }): boolean {
  const ours = rule.seen.find((seen) => seen.remoteId === rule.remoteId);
  return ours?.works === true && ours.perDay?.minor === guard.perDay.minor;
}

function differences(plan: Plan, made: readonly MadeObject[], object: MadeObject, seen: RemoteSeen): Finding[] {
  const subject = `${object.level}:${object.localKey}`;
  const idOf = (level: string, localKey: string | undefined) =>
    made.find((other) => other.level === level && other.localKey === localKey)?.remoteId;
  if (object.level === 'adset') {
    const planned = plan.adSets.find((adSet) => adSet.key === object.localKey);
    const sameMoney =
      seen.dailyBudget?.minor === BigInt(planned?.dailyBudget.minor ?? -1) &&
      seen.dailyBudget.currency === planned?.dailyBudget.currency;
    return [
      ...(sameMoney ? [] : [{ kind: 'budget' as const, subject }]),
      ...(seen.parentRemoteId === idOf('campaign', 'campaign') ? [] : [{ kind: 'parent' as const, subject }]),
    ];
  }
  if (object.level !== 'ad') return [];
  const home = plan.adSets.find((adSet) => adSet.ads.some((ad) => ad.key === object.localKey));
  return [
    ...(seen.parentRemoteId === idOf('adset', home?.key) ? [] : [{ kind: 'parent' as const, subject }]),
    ...(seen.creativeId === null || seen.creativeId === idOf('creative', object.localKey)
      ? []
      : [{ kind: 'creative' as const, subject }]),
  ];
}
