import { AppError } from '../../domain/errors';
import { dayIn } from '../../domain/time';
import { gradeSentence, recordSentence } from '../../words/en/grades';
import { type ServiceContext, transact } from '../context';
import { readTrackRecords } from './track-records';

export type GradeView = { actionId: string; day: string; verdict: string; sentence: string };
export type GradesView = {
  /** The score in one plain sentence. */
  summary: string;
  kept: number;
  missed: number;
  cannotTell: number;
  grades: GradeView[];
};

const NEWEST = 50;

/** How past changes turned out against what they promised, newest first. @throws AppError not_found */
export async function listGrades(ctx: ServiceContext, input: { projectId: string }): Promise<GradesView> {
  return transact(ctx, async (tx, inner) => {
    const project = await tx.project.findFirst({
      where: { workspaceId: ctx.workspaceId, id: input.projectId },
      select: { locale: true },
    });
    if (!project) throw new AppError('not_found', { project: input.projectId });
    const rows = await tx.actionGrade.findMany({
      where: { workspaceId: ctx.workspaceId, projectId: input.projectId, verdict: { not: null } },
      orderBy: { dueOn: 'desc' },
      take: NEWEST,
    });
    const actions = await tx.campaignActionRecord.findMany({
      where: { workspaceId: ctx.workspaceId, id: { in: rows.map(({ actionId }) => actionId) } },
      select: { id: true, occurredAt: true, campaign: { select: { timezone: true } } },
    });
    const dayOf = new Map(actions.map((one) => [one.id, dayIn(one.campaign.timezone, one.occurredAt)]));
    const records = await readTrackRecords(tx, inner, input.projectId);
    const total = (of: 'kept' | 'missed' | 'cannotTell') => records.reduce((sum, one) => sum + one[of], 0);
    const score = { kept: total('kept'), missed: total('missed'), cannotTell: total('cannotTell') };
    return {
      ...score,
      summary: recordSentence(score, project.locale),
      grades: rows.map((row) => ({
        actionId: row.actionId,
        day: dayOf.get(row.actionId) ?? row.dueOn.toISOString().slice(0, 10),
        verdict: row.verdict ?? 'cannot_tell',
        sentence: gradeSentence(row.verdict ?? 'cannot_tell'),
      })),
    };
  });
}
