import type { ReportView } from '../../domain/message';
import { reportTitle } from '../../words/en/reports';
import { upsertArtifact } from '../artifacts/upsert';
import { type ServiceContext, transact } from '../context';
import { projectConversationFor } from '../conversations/current';
import { postMessage } from '../messages/post';
import { notify } from '../notifications/notify';

/** Puts a stored report in front of the owner: the card in the campaign's conversation, a REPORT artifact, the bell. */
export async function announceReport(ctx: ServiceContext, input: { reportId: string; eventId: string }): Promise<void> {
  await transact(ctx, async (tx, inner) => {
    const report = await tx.report.findFirst({ where: { workspaceId: ctx.workspaceId, id: input.reportId } });
    if (!report) return;
    const project = await tx.project.findFirst({
      where: { workspaceId: ctx.workspaceId, id: report.projectId },
      select: { locale: true },
    });
    // Written by createWeeklyReport alone, from the same type.
    const view = report.view as ReportView;
    const { conversationId } = await projectConversationFor(inner, {
      projectId: report.projectId,
      campaignRecordId: report.campaignRecordId,
    });
    const message = await postMessage(inner, {
      conversationId,
      role: 'agent',
      kind: 'REPORT',
      text: view.summary,
      card: { id: report.id },
    });
    await upsertArtifact(inner, {
      projectId: report.projectId,
      conversationId,
      type: 'REPORT',
      title: reportTitle(view, project?.locale ?? 'en'),
      content: { id: report.id },
      subject: `report:${report.id}`,
    });
    await notify(inner, {
      type: 'REPORT',
      key: 'report_ready',
      params: { campaign: view.campaignName, since: view.since, until: view.until },
      projectId: report.projectId,
      conversationId,
      messageId: message.id,
      eventId: input.eventId,
    });
  });
}
