import type { ActionKind } from '../../domain/action';
import type { Grade, Prediction } from '../../domain/optimization/grading/grade-action';
import { type TrackRecord, trackRecord } from '../../domain/optimization/grading/track-record';
import type { Tx } from '../../runtime/db';
import type { ServiceContext } from '../context';

/** Grades looked back over, newest first: what was learned since counts more than what was done long ago. */
const NEWEST = 200;

export type KindRecord = TrackRecord & { kind: ActionKind };

/** How a project's changes turned out, by kind. */
export async function readTrackRecords(tx: Tx, ctx: ServiceContext, projectId: string): Promise<KindRecord[]> {
  const rows = await tx.actionGrade.findMany({
    where: { workspaceId: ctx.workspaceId, projectId, verdict: { not: null } },
    orderBy: { dueOn: 'desc' },
    take: NEWEST,
  });
  const kinds = [...new Set(rows.map(({ kind }) => kind))];
  return kinds.map((kind) => ({
    kind: kind as ActionKind,
    ...trackRecord(
      rows
        .filter((row) => row.kind === kind)
        .map((row) => ({
          confidence: row.confidence,
          grade: {
            verdict: row.verdict as Grade['verdict'],
            measured: row.measured as Prediction | null,
            chanceHarmed: row.chanceHarmed,
          },
        })),
    ),
  }));
}
