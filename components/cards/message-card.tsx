'use client';
import type { ComponentType } from 'react';
import type { ApprovalKind } from '@/lib/domain/approval';
import type { Card, MessageKind, MessageView } from '@/lib/domain/message';
import { cardWords } from '@/lib/words/en/cards';
import { RichText } from '../chat/rich-text';
import { AccountPickerCard } from './account-picker-card';
import { ActionApprovalCard } from './action-approval-card';
import { ActionSummaryMessage } from './action-summary-message';
import { ApprovalResponseLine } from './approval-response-line';
import { BundleApprovalCard } from './bundle-approval-card';
import { CampaignApprovalCard } from './campaign-approval-card';
import { DeployProgressCard } from './deploy-progress-card';
import { FbConnectCard } from './fb-connect-card';
import { NoticeCard } from './notice-card';
import { OnboardingCompleteCard } from './onboarding-complete-card';
import { PlanDiffCard } from './plan-diff-card';
import { PolicyApprovalCard } from './policy-approval-card';
import { ReleaseApprovalCard } from './release-approval-card';
import { ReportCard } from './report-card';

type CardOf<K extends Card['kind']> = Extract<Card, { kind: K }>;
type ApprovalCard = CardOf<'APPROVAL_REQUEST'>;

/** A message kind without a renderer does not compile; neither does one kind of approval without its card. */
const CARDS: { [K in Exclude<MessageKind, 'TEXT'>]: ComponentType<{ card: CardOf<K> }> } = {
  FB_CONNECT: FbConnectCard,
  ACCOUNT_PICKER: AccountPickerCard,
  BRIEF_SUMMARY: OnboardingCompleteCard,
  APPROVAL_REQUEST: ApprovalRequest,
  APPROVAL_RESPONSE: ApprovalResponseLine,
  AGENT_ACTION: ActionSummaryMessage,
  DEPLOY_PROGRESS: DeployProgressCard,
  PLAN_DIFF: PlanDiffCard,
  REPORT: ReportCard,
  NOTICE: NoticeCard,
};

const APPROVALS: {
  [K in ApprovalCard['approvalKind'] & ApprovalKind]: ComponentType<{
    card: Extract<ApprovalCard, { approvalKind: K }>;
  }>;
} = {
  launch: CampaignApprovalCard,
  campaign_action: ActionApprovalCard,
  policy_change: PolicyApprovalCard,
  bundle: BundleApprovalCard,
  stop_release: ReleaseApprovalCard,
};

function ApprovalRequest({ card }: { card: ApprovalCard }) {
  // The map is keyed by the same field, so the component fits; the compiler cannot follow a union through a lookup.
  const Shown = APPROVALS[card.approvalKind] as ComponentType<{ card: ApprovalCard }> | undefined;
  return Shown ? <Shown card={card} /> : <Unknown text="" />;
}

/** A card by its kind. What this page does not know yet is shown by the words stored with it. */
export function MessageCard({ message, card }: { message: Pick<MessageView, 'text'>; card: Card }) {
  const Shown = CARDS[card.kind] as ComponentType<{ card: Card }> | undefined;
  return Shown ? <Shown card={card} /> : <Unknown text={message.text} />;
}

function Unknown({ text }: { text: string }) {
  return text ? <RichText text={text} /> : <p className="text-ink-soft">{cardWords.unknown}</p>;
}
