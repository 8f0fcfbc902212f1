import type { CampaignAction, Evidence, Verdict } from '../../domain/action';
import { AppError } from '../../domain/errors';
import type { RuleId } from '../../domain/optimization/evidence-keys';
import { dayIn } from '../../domain/time';
import type { Tx } from '../../runtime/db';
import { log } from '../../runtime/log';
import { type ServiceContext, transact, workspaceNow } from '../context';
import { type WatchedAccount, type WatchedCampaign, watchedAccount } from '../insights/watched';
import { executeAction } from '../mutations/execute';
import { proposeAction } from '../mutations/propose';

type Wanted = {
  alarmId: string;
  campaign: WatchedCampaign;
  action: CampaignAction;
  evidence: Evidence;
  key: string;
};

const RULES: Record<string, RuleId> = {
  site_down: 'stop-site-down',
  runaway_spend: 'stop-runaway-spend',
  checkout_broken: 'stop-shop-broken',
};

/**
 * Carries out what open alarms ask for and takes back what ended ones had paused, through the gate like everything else.
 * Run again it does nothing twice; what the gate puts off is tried at the next look. The caller holds the account.
 */
export async function answerAlarms(ctx: ServiceContext, input: { adAccountId: string }): Promise<void> {
  const wanted = await transact(ctx, async (tx, inner) => {
    const account = await watchedAccount(inner, input);
    return account ? findWanted(tx, inner, account) : [];
  });
  for (const one of wanted) {
    // Somebody else switched it on: there is nothing left to take back.
    if (one.action.kind === 'resume_campaign' && one.campaign.status === 'ACTIVE') {
      await note(ctx, one, 'settled');
      continue;
    }
    const verdict = await carryOut(ctx, one);
    if (!verdict) continue;
    const isPause = one.action.kind === 'pause_campaign';
    // A pause that was let through is ours to take back; a resumption that was let through, or asked for, is settled.
    if (isPause && verdict.answer === 'allow') await note(ctx, one, 'paused');
    if (!isPause && (verdict.answer === 'allow' || verdict.answer === 'ask')) await note(ctx, one, 'settled');
  }
}

async function findWanted(tx: Tx, ctx: ServiceContext, account: WatchedAccount): Promise<Wanted[]> {
  const projectIds = [...new Set(account.campaigns.map((campaign) => campaign.projectId))];
  const alarms = await tx.alarm.findMany({
    where: {
      workspaceId: ctx.workspaceId,
      projectId: { in: projectIds },
      OR: [
        { closedAt: null, answer: 'pause' },
        { closedAt: { not: null }, paused: { isEmpty: false } },
      ],
    },
    orderBy: { openedAt: 'asc' },
  });
  if (alarms.length === 0) return [];
  const now = await workspaceNow(ctx, tx);
  const today = dayIn(account.timezone, now);
  const held = new Set(alarms.filter((alarm) => alarm.closedAt === null).map((alarm) => alarm.projectId));
  const wanted: Wanted[] = [];
  for (const alarm of alarms) {
    for (const campaign of account.campaigns.filter((one) => one.projectId === alarm.projectId)) {
      const evidence = (rule: RuleId): Evidence => ({
        rule,
        facts: [],
        confidence: alarm.confidence,
        alternatives: rule === 'stop-over' ? [] : ['keep_running'],
        wouldChange: [],
        since: dayIn(account.timezone, alarm.openedAt),
        until: today,
      });
      const concerned = alarm.kind === 'runaway_spend' || campaign.siteUrl !== null;
      if (alarm.closedAt === null && concerned && campaign.status === 'ACTIVE')
        wanted.push({
          alarmId: alarm.id,
          campaign,
          action: { kind: 'pause_campaign' },
          evidence: evidence(RULES[alarm.kind] ?? 'stop-shop-broken'),
          key: `${today}:alarm:${alarm.id}`,
        });
      if (alarm.closedAt !== null && alarm.paused.includes(campaign.id) && !held.has(alarm.projectId))
        wanted.push({
          alarmId: alarm.id,
          campaign,
          action: { kind: 'resume_campaign' },
          evidence: evidence('stop-over'),
          // A refusal of today (too many changes) is asked again tomorrow.
          key: `${today}:alarm-over:${alarm.id}`,
        });
    }
  }
  return wanted;
}

async function carryOut(ctx: ServiceContext, one: Wanted): Promise<Verdict | null> {
  let judged: Verdict | null = null;
  try {
    const { actionId, verdict } = await proposeAction(ctx, {
      campaignRecordId: one.campaign.id,
      suggestion: { action: one.action, evidence: one.evidence },
      day: one.key,
    });
    judged = verdict;
    if (verdict.answer === 'allow') await executeAction(ctx, { actionId });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    // What was proposed waits in the queue; what was not is wanted again at the next look.
    log.warn(
      { err: error, alarm: one.alarmId, kind: one.action.kind },
      'an answer to an alarm was not carried out yet',
    );
  }
  return judged;
}

async function note(ctx: ServiceContext, one: Wanted, what: 'paused' | 'settled'): Promise<void> {
  await transact(ctx, async (tx) => {
    const alarm = await tx.alarm.findFirst({
      where: { workspaceId: ctx.workspaceId, id: one.alarmId },
      select: { paused: true },
    });
    if (!alarm) return;
    const others = alarm.paused.filter((id) => id !== one.campaign.id);
    await tx.alarm.updateMany({
      where: { workspaceId: ctx.workspaceId, id: one.alarmId },
      data: { paused: what === 'paused' ? [...others, one.campaign.id] : others },
    });
  });
}
