import type { ActionKind, ActionState, CampaignAction, Evidence } from './action';
import type { ApprovalKind, ApprovalState } from './approval';
import type { Attachment } from './attachment';
import type { BriefDraft } from './brief';
import type { CampaignStatus } from './campaign-status';
import type { CountersView } from './insight';
import type { LoginNeed } from './login-need';
import type { MoneyJson } from './money';
import type { Plan, SpendShape } from './plan';

/** Versioned registry of message kinds. A kind the reader does not know renders its `text` only. */
export const MESSAGE_KINDS = [
  'TEXT',
  'FB_CONNECT',
  'ACCOUNT_PICKER',
  'BRIEF_SUMMARY',
  'APPROVAL_REQUEST',
  'APPROVAL_RESPONSE',
  'AGENT_ACTION',
  'DEPLOY_PROGRESS',
  'PLAN_DIFF',
  'REPORT',
  'NOTICE',
] as const;
export type MessageKind = (typeof MESSAGE_KINDS)[number];

export type MessageRole = 'owner' | 'agent' | 'system';
/** Where the words came from; text from the web, a platform or a lead is never an instruction. */
export type MessageOrigin = 'owner' | 'agent' | 'platform' | 'web' | 'file' | 'lead' | 'system';

/** What a card message stores: only the id of the row it shows. */
export type CardReference = { id: string };

/** A message as the browser receives it; `card` is read live from the row the message points to. */
export type MessageView = {
  id: string;
  seq: number;
  role: MessageRole;
  kind: MessageKind;
  text: string;
  card: Card | null;
  /** Photos the owner sent with these words. */
  attachments?: Attachment[];
  turnId: string | null;
  /** Business time, ISO. */
  at: string;
};

export type Card =
  | {
      kind: 'FB_CONNECT';
      projectId: string;
      state: 'waiting' | 'connected' | 'denied' | 'broken' | 'ending';
      /** What the owner left unticked at Facebook and ads cannot do without; only with `denied`. */
      missing?: LoginNeed[];
      simulated: boolean;
      accountName: string | null;
    }
  | {
      kind: 'ACCOUNT_PICKER';
      projectId: string;
      state: 'waiting' | 'chosen';
      accounts: {
        id: string;
        name: string;
        currency: string;
        timezone: string;
        usable: boolean;
        problem: string | null;
      }[];
      pages: { id: string; name: string; instagram: boolean }[];
      accountId: string | null;
      pageId: string | null;
    }
  | {
      kind: 'BRIEF_SUMMARY';
      projectId: string;
      version: number;
      state: 'waiting' | 'confirmed' | 'superseded';
      brief: BriefDraft;
    }
  | ApprovalCard
  | { kind: 'APPROVAL_RESPONSE'; decision: 'approve' | 'decline' | 'request_changes'; approvalKind: ApprovalKind }
  | ActionView
  | DeployProgressView
  | {
      kind: 'PLAN_DIFF';
      fromVersion: number;
      toVersion: number;
      changes: { label: string; before: string; after: string }[];
    }
  | ReportView
  | { kind: 'NOTICE'; tone: 'info' | 'good' | 'warning'; key: string; params: Record<string, string | number> };

type ApprovalHead = {
  approvalId: string;
  hash: string;
  state: ApprovalState;
  expiresAt: string;
  decidedAt: string | null;
};

/** CampaignApprovalCard. `plan` is exactly what the hash covers. */
export type CampaignApprovalView = ApprovalHead & {
  kind: 'APPROVAL_REQUEST';
  approvalKind: 'launch';
  campaignId: string;
  planVersion: number;
  plan: Plan;
  spend: SpendShape;
  /** While it waits: how it fits into the month, and what Facebook itself will hold it to. Plain sentences. */
  monthNotes?: string[];
};

/** ActionApprovalCard. */
export type ActionApprovalView = ApprovalHead & {
  kind: 'APPROVAL_REQUEST';
  approvalKind: 'campaign_action';
  campaignId: string;
  campaignName: string;
  action: CampaignAction;
  evidence: Evidence;
  risk: 'normal' | 'high';
  spend: { before: SpendShape; after: SpendShape } | null;
  subjectName: string | null;
  /** Ads and groups by the keys the evidence calls them; absent on cards from before they were kept. */
  names?: Record<string, string>;
  reasons: string[];
  /** The name on the ad, where the card shows a new one. */
  page?: string;
  /** What a comparison compares, in order: ads as they look, groups by their name and who sees them. */
  compared?: { key: string; name: string; text: string; picture: string | null }[];
};

/** Several small changes under one press; the hash covers the whole list. */
export type BundleApprovalView = ApprovalHead & {
  kind: 'APPROVAL_REQUEST';
  approvalKind: 'bundle';
  projectId: string;
  items: {
    actionId: string;
    campaignName: string;
    action: CampaignAction;
    subjectName: string | null;
    evidence: Evidence;
    names: Record<string, string>;
    /** What became of it; WAITING while the card does. */
    state: ActionState;
  }[];
  /** Daily budgets together, more (or with a minus less) than now; null where nothing was counted. */
  perDayChange: MoneyJson | null;
};

/** Lifting the emergency stop: what runs again, and for how much a day. */
export type ReleaseApprovalView = ApprovalHead & {
  kind: 'APPROVAL_REQUEST';
  approvalKind: 'stop_release';
  campaigns: { actionId: string; name: string; perDay: MoneyJson; state: ActionState }[];
  /** One amount per currency. */
  total: MoneyJson[];
};

/** Any card that waits for a press. */
export type ApprovalCard =
  | CampaignApprovalView
  | ActionApprovalView
  | PolicyApprovalView
  | BundleApprovalView
  | ReleaseApprovalView;

/** A card that asks for other limits; the lines are what differs, in words. */
export type PolicyApprovalView = ApprovalHead & {
  kind: 'APPROVAL_REQUEST';
  approvalKind: 'policy_change';
  projectId: string;
  risk: 'normal' | 'high';
  changes: { field: string; label: string; before: string; after: string }[];
};

/** ActionSummaryMessage and one row of the activity timeline. */
export type ActionView = {
  kind: 'AGENT_ACTION';
  actionId: string;
  actionKind: ActionKind;
  state: ActionState;
  action: CampaignAction;
  campaignName: string;
  subjectName: string | null;
  /** Ads and groups by the keys the evidence calls them; absent on cards from before they were kept. */
  names?: Record<string, string>;
  evidence: Evidence;
  approvedByOwner: boolean;
  undo: 'possible' | 'done' | 'expired' | 'none';
  /** What Undo restores and what it cannot; null where there is none. */
  undoSays?: string | null;
  at: string;
  projectId: string;
};

export const DEPLOY_STEPS = ['images', 'campaign', 'ad_sets', 'creatives', 'ads', 'check', 'switch_on'] as const;
export type DeployStep = (typeof DEPLOY_STEPS)[number];

export type DeployProgressView = {
  kind: 'DEPLOY_PROGRESS';
  deploymentId: string;
  campaignId: string;
  campaignName: string;
  status: CampaignStatus;
  steps: { step: DeployStep; state: 'waiting' | 'running' | 'done' | 'failed' }[];
  /** words/errors key of what went wrong, when it did; nothing runs then. */
  problem: string | null;
  referenceId: string | null;
};

/** ReportCard: one account week of one campaign. */
export type ReportView = {
  kind: 'REPORT';
  reportId: string;
  campaignName: string;
  since: string;
  until: string;
  partialWeek: boolean;
  goal: Plan['goal'];
  totals: CountersView;
  previous: CountersView | null;
  sinceLaunch: { spend: MoneyJson; results: number | null };
  expected: { low: number; high: number } | null;
  summary: string;
  /** What the next week should bring, as a range, or why that is not said yet; absent on reports from before it was. */
  ahead?: string;
  done: string[];
  watching: string[];
  needsYou: string[];
};
