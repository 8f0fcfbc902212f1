import type { AdTestStanding } from '../../domain/optimization/experiments/ad-test';
import type { Plan } from '../../domain/plan';
import type { Tx } from '../../runtime/db';
import { planNames } from '../actions/subject-name';
import type { ServiceContext } from '../context';
import { tellCampaign } from '../notifications/tell-campaign';

type Test = { campaignRecordId: string; level: string; drawnBy: string; arms: readonly string[]; measure: string };

const KEYS = {
  WON: 'ad_test_won',
  NO_DIFFERENCE: 'ad_test_no_difference',
  UNDECIDED: 'ad_test_undecided',
  CANCELLED: 'ad_test_cancelled',
} as const;

/** The result of a comparison in the chat and as one bell, labelled by who decided who saw what. */
export async function tellResult(
  tx: Tx,
  ctx: ServiceContext,
  { test, standing }: { test: Test; standing: AdTestStanding },
): Promise<void> {
  const { state, counts, verdict } = standing;
  if (state === 'RUNNING') return;
  const campaign = await tx.campaignRecord.findFirst({
    where: { workspaceId: ctx.workspaceId, id: test.campaignRecordId },
    select: { structure: true, currency: true },
  });
  const names = planNames((campaign?.structure as Plan | null | undefined) ?? null);
  const name = (arm: number) => names[test.arms[arm] ?? ''] ?? '';
  const leader = verdict?.leader ?? 0;
  const over = verdict?.claimedOver ?? (leader === 0 ? 1 : 0);
  const perThousand = (arm: number) => {
    const own = counts[arm];
    return own && own.exposure > 0 ? Math.round((own.events / own.exposure) * 10_000) / 10 : 0;
  };
  // Between groups the exposure is money: what one of them cost, in whole minor units.
  const each = (arm: number) => {
    const own = counts[arm];
    return own && own.events > 0 ? Math.round(own.exposure / own.events) : 0;
  };
  const isGroups = test.level === 'adset';
  await tellCampaign(ctx, {
    campaignRecordId: test.campaignRecordId,
    key: KEYS[state],
    params: {
      leader: name(leader),
      other: name(over),
      measure: test.measure,
      level: test.level,
      drawnBy: test.drawnBy,
      ...(standing.cause ? { cause: standing.cause } : {}),
      ...(isGroups
        ? { leaderEachMinor: each(leader), otherEachMinor: each(over), currency: campaign?.currency ?? 'EUR' }
        : { leaderPerThousand: perThousand(leader), otherPerThousand: perThousand(over) }),
    },
    tone: state === 'WON' ? 'good' : 'info',
    bell: 'AGENT_UPDATE',
  });
}
