/** Closed vocabulary of what happened, `noun.verb`. Payloads hold ids only; readers load the row. */
export const EVENT_TYPES = [
  'workspace.created',
  'member.invited',
  'member.joined',
  'member.changed',
  'member.removed',
  'invitation.cancelled',
  'project.created',
  'brief.updated',
  'brief.confirmed',
  'conversation.created',
  'message.posted',
  'turn.started',
  'turn.ended',
  'connection.established',
  'connection.denied',
  'account.selected',
  'connection.broken',
  'connection.repaired',
  'connection.ending',
  'connection.revoked',
  'plan.drafted',
  'approval.requested',
  'approval.decided',
  'approval.superseded',
  'approval.expired',
  'deployment.started',
  'deployment.progressed',
  'deployment.finished',
  'deployment.failed',
  'campaign.status_changed',
  'insights.pulled',
  'action.proposed',
  'action.executed',
  'action.failed',
  'action.undone',
  'report.created',
  'notification.created',
  'notification.read',
  'artifact.saved',
  'ad.refused',
  'ad.hindered',
  'action.graded',
  'policy.lowered',
  'alarm.raised',
  'alarm.answered',
  'alarm.released',
  'ad_test.started',
  'ad_test.ended',
  'clock.advanced',
  'stop.ordered',
  'stop.progressed',
  'stop.confirmed',
  'stop.released',
  'stop.link_created',
  'stop.link_revoked',
  'quarantine.opened',
  'quarantine.released',
  'job.redriven',
  'job.discarded',
  'drift.found',
  'drift.settled',
  'workspace.limit_set',
  'effect.found',
] as const;
export type EventType = (typeof EVENT_TYPES)[number];

/** Who caused a change. */
export type Actor =
  | { type: 'user'; id: string }
  | { type: 'agent' }
  | { type: 'job'; name: string }
  | { type: 'webhook'; name: string }
  | { type: 'system' };

/** One event as the browser receives it over SSE. */
export type EventView = {
  stream: string;
  seq: number;
  type: EventType;
  projectId: string | null;
  payload: Record<string, string | number | boolean | null>;
};
