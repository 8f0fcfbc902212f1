import type { LeadFormDraft } from '../../domain/lead-form';
import { type MoneyJson, moneyToDecimal } from '../../domain/money';
import type { HistoryMessage } from '../../services/standing/history';
import type { Standing } from '../../services/standing/read';
import type { TurnCause } from '../../services/turns/request';
import { briefForModel } from '../tools/brief-input';
import { type PastForModel, pastForModel } from './past';

/** The next thing that has to happen, worked out here so that no model has to guess it. */
export type Stage =
  | 'brief'
  | 'confirm_brief'
  | 'connect'
  | 'choose_account'
  | 'plan'
  | 'approve'
  | 'change_plan'
  | 'running';

/** What the model is told about the project; the offline helper reads the same text. */
export type ModelState = {
  cause: string;
  stage: Stage;
  conversation: 'ONBOARDING' | 'CAMPAIGN' | 'AGENT';
  project: string;
  brief: ReturnType<typeof briefForModel>;
  missing: string[];
  briefConfirmed: boolean;
  connection: Standing['connection'];
  campaigns: {
    name: string;
    status: string;
    version: number;
    dailyBudget: { amount: string; currency: string };
    /** The newest plan's ads, so that the next version can keep what stays. */
    ads: { key: string; idea: string; headline: string; primaryText: string; callToAction: string }[];
    /** The form people fill in, where the plan brings one or the Page has one. */
    form?: LeadFormDraft | { published: string };
    ages: [number, number];
    places: string[];
  }[];
  waiting: { approvalId: string; kind: string; campaign: string | null }[];
  recentCards: { kind: string; text: string }[];
  past: PastForModel | null;
  /** Photos the owner gave: how many in all, and how many with the words this turn answers. */
  photos: { given: number; justSent: number };
};

const ON_PLATFORM = [
  'APPROVED',
  'DEPLOYING',
  'DEPLOY_FAILED',
  'IN_REVIEW',
  'ACTIVE',
  'DISAPPROVED',
  'PAUSED',
  'COMPLETED',
];

/** A conversation about one campaign stands where that campaign stands. */
export function stageOf(standing: Standing): Stage {
  const { conversation, campaigns, connection, brief } = standing;
  const campaign = conversation.campaignId ? campaigns.find(({ id }) => id === conversation.campaignId) : campaigns[0];
  if (campaign?.status === 'CHANGES_REQUESTED') return 'change_plan';
  if (campaign && ON_PLATFORM.includes(campaign.status)) return 'running';
  if (campaign) return 'approve';
  if (brief.missing.length > 0) return 'brief';
  if (!brief.confirmed) return 'confirm_brief';
  if (connection.state !== 'connected') return 'connect';
  return connection.account && connection.page ? 'plan' : 'choose_account';
}

export function stateForModel(standing: Standing, cause: TurnCause, history: readonly HistoryMessage[]): ModelState {
  const readable = (value: MoneyJson) => ({
    amount: moneyToDecimal({ minor: BigInt(value.minor), currency: value.currency }),
    currency: value.currency,
  });
  return {
    cause: cause.type === 'event' ? `event: ${cause.note}` : cause.type,
    stage: stageOf(standing),
    conversation: standing.conversation.type,
    project: standing.project.name,
    brief: briefForModel(standing.brief.draft),
    missing: standing.brief.missing,
    briefConfirmed: standing.brief.confirmed,
    connection: standing.connection,
    campaigns: standing.campaigns.map(({ name, status, planVersion, plan }) => {
      const adSet = plan.adSets[0];
      return {
        name,
        status,
        version: planVersion,
        dailyBudget: readable(plan.dailyBudget),
        ads: (adSet?.ads ?? []).map(({ key, idea, headline, primaryText, callToAction }) => ({
          key,
          idea,
          headline,
          primaryText,
          callToAction,
        })),
        ...(plan.newLeadForm ? { form: plan.newLeadForm } : {}),
        ...(plan.leadForm ? { form: { published: plan.leadForm.name } } : {}),
        ages: [adSet?.targeting.ageMin ?? 18, adSet?.targeting.ageMax ?? 65],
        places: adSet
          ? [
              ...adSet.targeting.cities.map((city) => city.name),
              ...(adSet.targeting.cities.length ? [] : adSet.targeting.countries),
            ]
          : [],
      };
    }),
    waiting: standing.waiting.map(({ approvalId, kind, campaignId }) => ({
      approvalId,
      kind,
      campaign: standing.campaigns.find(({ id }) => id === campaignId)?.name ?? null,
    })),
    past: pastForModel(standing.past),
    photos: {
      given: standing.photos,
      justSent: cause.type === 'message' ? (history.find(({ id }) => id === cause.messageId)?.photos ?? 0) : 0,
    },
    recentCards: history
      .filter((message) => message.kind !== 'TEXT' && message.role !== 'owner')
      .slice(-6)
      .map(({ kind, text }) => ({ kind, text })),
  };
}
