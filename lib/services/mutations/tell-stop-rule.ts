import type { AccountAccess } from '../../platforms/port';
import { readerFor } from '../../platforms/registry-readers';
import type { ServiceContext } from '../context';
import type { EffectResult } from '../effects/perform';
import { objectOf } from './campaign-state';
import type { HeldAction } from './check';
import { performWrite } from './perform-write';

/**
 * Tells our stop rule at the platform about dearer days before budgets are raised, and reads it back: with the old amount
 * a day the owner approved would pause the campaign. The renewal of the guards brings it down again where budgets came
 * down. A rule that somebody deleted stays deleted (it pauses nothing), one
 * that was switched off stays off.
 */
export async function tellStopRule(
  ctx: ServiceContext,
  input: { held: Pick<HeldAction, 'id' | 'stopRule' | 'campaign'>; access: AccountAccess },
): Promise<EffectResult> {
  const { held, access } = input;
  if (!held.stopRule) return { kind: 'done', remoteId: null };
  const { ruleIds, perDay, to, begun } = held.stopRule;
  const campaignRemoteId = objectOf(held.campaign, 'campaign', 'campaign').remoteId;
  const keyOf = (ruleId: string) => `${held.id}:stop_rule:${ruleId}`;
  const isWrong = (minor: bigint) => (to === 'exact' ? minor !== perDay.minor : minor < perDay.minor);
  const wrong = async () => {
    const rules = await readerFor(access.platform).listStopRules(access, { campaignRemoteId });
    const ours = rules.filter((rule) => ruleIds.includes(rule.remoteId));
    return ours.filter((rule) => rule.perDay && isWrong(rule.perDay.minor)).map((rule) => rule.remoteId);
  };
  const found = await wrong();
  // What may have left already is settled in the ledger too, also where the rule shows the amount by now.
  for (const remoteId of ruleIds.filter((id) => found.includes(id) || begun.includes(keyOf(id)))) {
    const written = await performWrite(ctx, {
      access,
      key: keyOf(remoteId),
      actionId: held.id,
      fence: null,
      write: { kind: 'change_stop_rule', remoteId, campaignRemoteId, perDay },
    });
    if (written.kind !== 'done') return written;
  }
  if (found.length === 0 || (await wrong()).length === 0) return { kind: 'done', remoteId: null };
  return { kind: 'needs_review', reason: 'the stop rule at the platform shows another amount' };
}
