import { APPROVAL_STATES, type ApprovalState } from '@/lib/domain/approval';
import { type CampaignApprovalView, DEPLOY_STEPS, type DeployProgressView } from '@/lib/domain/message';
import { type CardFixture, head, STATE_NAMES } from './card-fixture';
import { bakeryPlan, bakerySpend } from './plan';

/** The whole plan stands on the card that waits; where only the foot differs, one ad is enough to look at. */
const onlyFirstAd = {
  ...bakeryPlan,
  adSets: bakeryPlan.adSets.map((adSet) => ({ ...adSet, ads: adSet.ads.slice(0, 1), reserves: [] })),
};

function launch(state: ApprovalState, planVersion = 1): CampaignApprovalView {
  return {
    kind: 'APPROVAL_REQUEST',
    approvalKind: 'launch',
    campaignId: 'campaign-1',
    planVersion,
    plan: state === 'WAITING' ? bakeryPlan : onlyFirstAd,
    spend: bakerySpend,
    ...head(state),
  };
}

function deploy(
  doneSteps: number,
  status: DeployProgressView['status'],
  more: Partial<DeployProgressView> = {},
): DeployProgressView {
  return {
    kind: 'DEPLOY_PROGRESS',
    deploymentId: 'deployment-1',
    campaignId: 'campaign-1',
    campaignName: bakeryPlan.name,
    status,
    problem: null,
    referenceId: null,
    steps: DEPLOY_STEPS.map((step, index) => ({
      step,
      state:
        index < doneSteps
          ? 'done'
          : index === doneSteps
            ? status === 'DEPLOY_FAILED'
              ? 'failed'
              : 'running'
            : 'waiting',
    })),
    ...more,
  };
}

/** A plan before its owner, what is different in a newer one, and how it is set up. */
export const launchCards: CardFixture[] = [
  ...APPROVAL_STATES.map((state) => ({
    name: `Launch, ${STATE_NAMES[state]}`,
    card: launch(state, state === 'SUPERSEDED' ? 1 : 2),
  })),
  { name: 'Set up, starting', card: deploy(0, 'DEPLOYING') },
  { name: 'Set up, half way', card: deploy(4, 'DEPLOYING') },
  { name: 'Set up, sent', card: deploy(7, 'IN_REVIEW') },
  { name: 'Set up, running', card: deploy(7, 'ACTIVE') },
  {
    name: 'Set up, failed',
    card: deploy(3, 'DEPLOY_FAILED', { problem: 'platform_fix_input', referenceId: 'R-7F3K' }),
  },
  {
    name: 'Plan difference',
    card: {
      kind: 'PLAN_DIFF',
      fromVersion: 1,
      toVersion: 2,
      changes: [
        { label: 'Money a day', before: '€10', after: '€8' },
        { label: 'Where', before: 'Porto and 10 km around', after: 'Porto and 5 km around' },
      ],
    },
  },
];
