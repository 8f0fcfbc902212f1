import type { CampaignStatus } from './campaign-status';
import type { Actor, EventType } from './events';
import type { ActionView, MessageView, ReportView } from './message';
import type { MoneyJson } from './money';

/** Shapes of the JSON our routes answer with; the browser knows these and nothing of the services. */
export type ProjectView = {
  id: string;
  name: string;
  simulated: boolean;
  connected: boolean;
  campaign: { id: string; name: string; status: CampaignStatus; dailyBudget: MoneyJson | null } | null;
  /** Approvals and broken things that wait for the owner. */
  needsAttention: number;
  spendLast7Days: MoneyJson | null;
};

export type ConversationView = {
  id: string;
  type: 'ONBOARDING' | 'CAMPAIGN' | 'AGENT';
  status: 'ACTIVE' | 'COMPLETED' | 'ARCHIVED';
  title: string;
  lastMessageAt: string | null;
};

/** Everything the chat page needs at first paint. */
export type ChatView = {
  project: ProjectView;
  projects: { id: string; name: string }[];
  conversations: ConversationView[];
  conversation: ConversationView;
  messages: MessageView[];
  /** A turn that is still being written, to be joined at `afterSeq`. */
  runningTurn: { id: string } | null;
  /** Business time of the workspace, ISO; offset is 0 for live workspaces. */
  clock: { now: string; offsetMs: number; mayAdvance: boolean };
  /** True while answers come from the built-in helper instead of a model. */
  offlineAgent: boolean;
  quickReplies: string[];
  /** Last event this view already contains; the event stream goes on from here. */
  eventSeq: number;
};

export type NotificationView = {
  id: string;
  type: 'APPROVAL_NEEDED' | 'AGENT_UPDATE' | 'ALERT' | 'REPORT';
  title: string;
  body: string;
  read: boolean;
  at: string;
  /** Where a press leads, e.g. /chat/<projectId>?conversation=…#message-… */
  href: string;
};

/** Who pulled the stop: a person in the app, the link in an e-mail, or the owner's own words in the chat. */
export type StopVia = 'owner' | 'link' | 'words';
export type StopTargetState = 'QUEUED' | 'SENT' | 'CONFIRMED' | 'FAILED';

/** The emergency stop as it stands now. `state` null: none is in force. */
export type StopView = {
  stopId: string | null;
  state: 'STOPPING' | 'STOPPED' | null;
  scope: 'workspace' | 'project' | null;
  projectId: string | null;
  via: StopVia | null;
  /** Real time, ISO. */
  startedAt: string | null;
  confirmedAt: string | null;
  /** queued: not sent yet (a limit of the platform, or it just began). sent: taken by the platform, not read back yet. */
  counts: { campaigns: number; confirmed: number; sent: number; queued: number; failed: number };
  campaigns: {
    campaignId: string;
    projectId: string;
    name: string;
    state: StopTargetState;
    /** words/stop key of what holds it up; null when nothing does. */
    reason: string | null;
    /** Real time of the next try, ISO; null when confirmed. */
    nextTryAt: string | null;
  }[];
};

/** What the page behind a stop link shows; it never shows more than that. */
export type StopLinkView = {
  state: 'ready' | 'used' | 'expired' | 'revoked';
  projectName: string | null;
  stop: StopView | null;
};

/** Background work that gave up. `kind` is looked up in words/admin; `code` in words/errors where it is known there. */
export type DeadLetterView = {
  id: string;
  kind: string;
  /** Real time, ISO. */
  at: string;
  tries: number;
  code: string | null;
  /** For the log's sake, redacted; never shown as a sentence to an owner. */
  detail: string | null;
  /** What a support call can look up. */
  requestId: string | null;
  mayRedrive: boolean;
};

/** A connection that is held still, and why. */
export type QuarantineView = {
  id: string;
  connectionId: string;
  accountNames: string[];
  reason: 'refused' | 'drift' | 'ledger' | 'manual';
  since: string;
  releasedAt: string | null;
};

/** One field that the platform shows otherwise than we left it. */
export type DriftView = {
  id: string;
  campaignId: string;
  campaignName: string;
  projectId: string;
  level: 'campaign' | 'adset' | 'ad' | 'creative';
  localKey: string;
  /** words/drift key. */
  field: string;
  ours: string;
  theirs: string;
  /** Of the campaign: figures of money are whole minor units of it. */
  currency: string;
  changedBy: string | null;
  changedAt: string | null;
  state: 'OPEN' | 'KEPT' | 'RESTORING' | 'RESTORED' | 'GONE' | 'FAILED';
  /** "Put ours back" is possible through the gate. */
  mayRestore: boolean;
  /**
   * Of a cap that was raised or taken away there: how much more of the month keeping it counts, minor units; null where it
   * cannot be kept. Left out for anything else.
   */
  keepCosts?: string | null;
  seenAt: string;
};

/** One row of the audit trail. */
export type AuditEntryView = {
  seq: number;
  /** Real time, and the workspace's own time, ISO. */
  at: string;
  occurredAt: string;
  actor: Actor;
  action: EventType;
  subjectType: string;
  subjectId: string;
  projectId: string | null;
  before: Record<string, string | number | boolean | null> | null;
  after: Record<string, string | number | boolean | null> | null;
  reason: Record<string, string | number | boolean | null> | null;
  approvalId: string | null;
  requestId: string | null;
  hash: string;
  prevHash: string;
};
/** Newest first; `next` is the `before` of the following page. */
export type AuditPage = { entries: AuditEntryView[]; next: number | null };

export type ArtifactView = {
  id: string;
  type: 'BRIEF' | 'AD_COPY' | 'CAMPAIGN' | 'IMAGE' | 'REPORT' | 'ACTION';
  title: string;
  at: string;
  /** Rendered by ArtifactPreview; the card of the row it came from where there is one. */
  card: MessageView['card'];
  downloadHref: string | null;
};

export type ActivityDay = { day: string; actions: ActionView[] };
export type ReportListItem = Pick<ReportView, 'reportId' | 'since' | 'until' | 'campaignName'>;

/** One step of a turn as streamed to the browser (SSE `data:` JSON; SSE `id:` is seq). */
export type TurnChunk =
  | { type: 'text'; delta: string }
  | { type: 'tool'; name: string; state: 'running' | 'done' | 'failed' }
  | { type: 'message'; message: MessageView }
  | { type: 'end'; status: 'done' | 'stopped' | 'failed'; errorCode?: string; referenceId?: string };

/** application/problem+json as every route answers it. */
export type Problem = {
  type: string;
  title: string;
  status: number;
  code: string;
  detail: string;
  money: string;
  next: string;
  referenceId: string;
};
