import { AppError } from '../../domain/errors';
import { money } from '../../domain/money';
import type { AccountAccess } from '../../platforms/port';
import { readerFor } from '../../platforms/registry-readers';
import { type ServiceContext, transact } from '../context';
import type { EffectResult } from '../effects/perform';
import { objectOf } from './campaign-state';
import type { HeldAction } from './check';
import { guardsLeft } from './guards-left';
import { performWrite } from './perform-write';

/**
 * Our stop rule as it was last told: another amount on the one that works, or a new one where it is gone or was switched
 * off; read back. @throws AppError conflict where no rule of ours was ever made
 */
export async function restoreRule(
  ctx: ServiceContext,
  input: { held: HeldAction; access: AccountAccess; perDay: { minor: string; currency: string } },
): Promise<EffectResult> {
  const { held, access } = input;
  const campaignRemoteId = objectOf(held.campaign, 'campaign', 'campaign').remoteId;
  const perDay = money(BigInt(input.perDay.minor), input.perDay.currency);
  const { rule } = await transact(ctx, (tx, inner) => guardsLeft(tx, inner, held.campaign));
  if (!rule) throw new AppError('conflict', { campaign: held.campaign.id, reason: 'no rule of ours' });
  const working = async () => {
    const rules = await readerFor(access.platform).listStopRules(access, { campaignRemoteId });
    return rules.filter((one) => one.works);
  };
  const stands = (await working()).find(({ remoteId }) => remoteId === rule.remoteId);
  const written = await performWrite(ctx, {
    access,
    key: `${held.id}:stop_rule:${stands ? stands.remoteId : 'new'}`,
    actionId: held.id,
    fence: null,
    write: stands
      ? { kind: 'change_stop_rule', remoteId: stands.remoteId, campaignRemoteId, perDay }
      : { kind: 'set_stop_rule', name: held.campaign.plan.name, campaignRemoteId, perDay },
  });
  if (written.kind !== 'done') return written;
  const holds = (await working()).some((one) => one.perDay?.minor === perDay.minor);
  return holds ? written : { kind: 'needs_review', reason: 'the stop rule at the platform shows another amount' };
}
