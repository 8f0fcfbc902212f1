import type { CampaignStatus } from './campaign-status';
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
