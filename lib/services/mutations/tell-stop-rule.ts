import type { CampaignAction } from '../../domain/action';
import { AppError } from '../../domain/errors';
import { money } from '../../domain/money';
import { dayIn } from '../../domain/time';
import type { AccountAccess, StopRuleSeen } from '../../platforms/port';
import { readerFor } from '../../platforms/registry-readers';
import { log } from '../../runtime/log';
import { type ServiceContext, transact, workspaceNow } from '../context';
import type { EffectResult } from '../effects/perform';
import { type CampaignKnown, objectOf } from './campaign-state';
import type { HeldAction } from './check';
import { performWrite } from './perform-write';
import { ruleAfterLowering, type StopRuleWanted } from './stop-rule-wanted';

type Telling = { held: Pick<HeldAction, 'id' | 'stopRule' | 'campaign'>; access: AccountAccess };

/**
 * Tells our stop rule at the platform the dearest day of the budgets, and reads it back: dearer days before budgets are
 * raised, or a day the owner approved would pause the campaign; cheaper ones once budgets came down, as far as the day that
 * runs allows (`lowestToday`). A rule that somebody deleted stays deleted (it pauses nothing), one that was switched off
 * stays off.
 */
export async function tellStopRule(ctx: ServiceContext, input: Telling): Promise<EffectResult> {
  const { held, access } = input;
  if (!held.stopRule) return { kind: 'done', remoteId: null };
  const { ruleIds, perDay, begun, to } = held.stopRule;
  const campaignRemoteId = objectOf(held.campaign, 'campaign', 'campaign').remoteId;
  const ours = async () => {
    const rules = await readerFor(access.platform).listStopRules(access, { campaignRemoteId });
    return rules.filter((rule) => ruleIds.includes(rule.remoteId));
  };
  const wanted = await amountsFor(ctx, { ...input, stopRule: held.stopRule, rules: await ours() });
  // What may have left already is settled in the ledger too, with the amount it told then.
  for (const remoteId of ruleIds) {
    const key = `${held.id}:stop_rule:${remoteId}`;
    const minor = begun.find((one) => one.key === key)?.perDayMinor ?? wanted.get(remoteId);
    if (minor === undefined) continue;
    const written = await performWrite(ctx, {
      access,
      key,
      actionId: held.id,
      fence: null,
      stops: to === 'lower',
      write: { kind: 'change_stop_rule', remoteId, campaignRemoteId, perDay: money(minor, perDay.currency) },
    });
    if (written.kind !== 'done') return written;
    wanted.set(remoteId, minor);
  }
  if (wanted.size === 0) return { kind: 'done', remoteId: null };
  const holds = (await ours()).every(
    (rule) => !wanted.has(rule.remoteId) || rule.perDay?.minor === wanted.get(rule.remoteId),
  );
  if (holds) return { kind: 'done', remoteId: null };
  return { kind: 'needs_review', reason: 'the stop rule at the platform shows another amount' };
}

/** What each rule that stands wrong is told, minor units. */
async function amountsFor(
  ctx: ServiceContext,
  input: Telling & { stopRule: StopRuleWanted; rules: readonly StopRuleSeen[] },
): Promise<Map<string, bigint>> {
  const { to, perDay } = input.stopRule;
  const amounts = new Map<string, bigint>();
  const tooHigh: { remoteId: string; minor: bigint }[] = [];
  for (const { remoteId, perDay: stands } of input.rules) {
    if (!stands) continue;
    if (to !== 'lower' && stands.minor < perDay.minor) amounts.set(remoteId, perDay.minor);
    if (to !== 'raise' && stands.minor > perDay.minor) tooHigh.push({ remoteId, minor: stands.minor });
  }
  if (tooHigh.length === 0) return amounts;
  const lowest = await lowestToday(ctx, { ...input, campaign: input.held.campaign });
  for (const { remoteId, minor } of tooHigh) {
    if (lowest === null || lowest >= minor) continue;
    amounts.set(remoteId, lowest > perDay.minor ? lowest : perDay.minor);
  }
  return amounts;
}

/**
 * The lowest a rule may be told today without pausing the campaign for money that is spent already: what today cost so far,
 * asked right now, and one day of the budgets as they are. Mostly that is below their dearest day; where it is not, the
 * renewal of the guards brings the rest down on the next account day. Null: nobody could say, and the rule stays.
 */
async function lowestToday(
  ctx: ServiceContext,
  input: { access: AccountAccess; campaign: CampaignKnown; stopRule: StopRuleWanted },
): Promise<bigint | null> {
  const { access, campaign, stopRule } = input;
  const today = await transact(ctx, async (tx, inner) => dayIn(campaign.timezone, await workspaceNow(inner, tx)));
  try {
    const { rows } = await readerFor(access.platform).insights(access, {
      level: 'campaign',
      since: today,
      until: today,
      goal: campaign.plan.goal,
      campaignRemoteId: objectOf(campaign, 'campaign', 'campaign').remoteId,
    });
    const spent = rows.reduce((sum, { spendMinor }) => sum + spendMinor, 0n);
    return readerFor(access.platform).asHeld(money(spent + stopRule.daily.minor, stopRule.daily.currency)).minor;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    log.info({ err: error, campaign: campaign.id }, 'what today cost could not be asked');
    return null;
  }
}

/**
 * Budgets that came down are followed by the rule in the same execution. Only a call that may have left is come back for
 * (`wait`): what was lowered stands, and a rule the platform would not take is told by the renewal of the guards.
 */
export async function followLowering(
  ctx: ServiceContext,
  input: { actionId: string; action: CampaignAction; campaign: CampaignKnown; access: AccountAccess },
): Promise<{ kind: 'over' } | { kind: 'wait'; seconds: number }> {
  const { actionId, action, campaign, access } = input;
  const stopRule = await transact(ctx, (tx, inner) => ruleAfterLowering(tx, inner, { actionId, action, campaign }));
  try {
    const told = await tellStopRule(ctx, { held: { id: actionId, stopRule, campaign }, access });
    if (told.kind === 'wait') return told;
    if (told.kind === 'needs_review') log.warn({ action: actionId, reason: told.reason }, 'a stop rule stays too high');
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    log.warn({ action: actionId, err: error }, 'a stop rule stays too high');
  }
  return { kind: 'over' };
}
