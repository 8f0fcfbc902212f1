import type { AppErrorCode } from '../../domain/errors';
import { digestProblems, type ProblemDigest } from '../../domain/problem-digest';
import { errorWords } from '../../words/en/errors';
import { type ServiceContext, transact } from '../context';
import { listDeadLetters } from '../dead-letters/list';

const DAYS = 14;
const MOST = 500;

/** What failed in the workspace within two weeks (real time `now`), the same trouble counted once. */
export async function listProblems(ctx: ServiceContext, input: { now: Date }): Promise<ProblemDigest[]> {
  const since = new Date(input.now.getTime() - DAYS * 86_400_000);
  const scope = { workspaceId: ctx.workspaceId };
  return transact(ctx, async (tx, inner) => {
    const letters = await listDeadLetters(inner);
    const recent = { ...scope, createdAt: { gte: since } };
    const newest = { orderBy: { createdAt: 'desc' }, take: MOST } as const;
    const campaign = { select: { id: true, name: true, status: true } } as const;
    const [projects, deployments, actions, effects, turns] = await Promise.all([
      tx.project.findMany({ where: scope, select: { id: true, name: true } }),
      tx.deployment.findMany({ where: { ...recent, state: 'FAILED' }, include: { campaign }, ...newest }),
      tx.campaignActionRecord.findMany({ where: { ...recent, state: 'FAILED' }, include: { campaign }, ...newest }),
      tx.remoteEffect.findMany({ where: { ...recent, state: { in: ['UNKNOWN', 'NEEDS_REVIEW'] } }, ...newest }),
      tx.turn.findMany({ where: { ...recent, status: 'FAILED' }, ...newest }),
    ]);
    const place = (projectId: string | null) => ({
      projectId,
      projectName: projects.find(({ id }) => id === projectId)?.name ?? null,
    });
    return digestProblems([
      ...letters.map((letter) => ({
        key: `background:${letter.kind}:${letter.code}`,
        kind: 'background' as const,
        subject: letter.kind,
        ...place(null),
        code: codeOf(letter.code),
        lastAt: letter.at,
        referenceId: letter.requestId,
        again: letter.mayRedrive ? { type: 'dead_letter' as const, ids: [letter.id] } : null,
      })),
      ...deployments.map((row) => ({
        key: `launch:${row.campaignRecordId}`,
        kind: 'launch' as const,
        subject: row.campaign.name,
        ...place(row.projectId),
        code: codeOf(row.errorCode),
        lastAt: (row.finishedAt ?? row.createdAt).toISOString(),
        referenceId: row.referenceId,
        again:
          row.campaign.status === 'DEPLOY_FAILED'
            ? { type: 'deployment' as const, campaignRecordId: row.campaignRecordId }
            : null,
      })),
      ...actions.map((row) => ({
        key: `action:${row.campaignRecordId}:${row.errorCode}`,
        kind: 'action' as const,
        subject: row.campaign.name,
        ...place(row.projectId),
        code: codeOf(row.errorCode),
        lastAt: row.createdAt.toISOString(),
        referenceId: row.referenceId,
        again: null,
      })),
      ...effects.map((row) => ({
        key: 'unclear',
        kind: 'unclear' as const,
        subject: null,
        ...place(null),
        code: null,
        lastAt: row.createdAt.toISOString(),
        referenceId: null,
        again: null,
      })),
      ...turns.map((row) => ({
        key: `answers:${row.errorCode}`,
        kind: 'answers' as const,
        subject: null,
        ...place(null),
        code: codeOf(row.errorCode),
        lastAt: row.createdAt.toISOString(),
        referenceId: null,
        again: null,
      })),
    ]);
  });
}

function codeOf(stored: string | null): AppErrorCode | null {
  return stored && stored in errorWords ? (stored as AppErrorCode) : null;
}
