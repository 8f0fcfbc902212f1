import type { BriefDraft } from '../../domain/brief';
import type { Card } from '../../domain/message';
import type { Tx } from '../../runtime/db';
import type { ServiceContext } from '../context';

/** BRIEF_SUMMARY cards point to one version of one project's brief. */
export function briefCardId(projectId: string, version: number): string {
  return `${projectId}:${version}`;
}

function readCardId(id: string): { id: string; projectId: string; version: number } | null {
  const match = /^(.+):(\d+)$/.exec(id);
  return match?.[1] ? { id, projectId: match[1], version: Number(match[2]) } : null;
}

/** Cards of the versions asked for: the newest waits or is confirmed, every older one is superseded. */
export async function loadBriefCards(tx: Tx, ctx: ServiceContext, ids: string[]): Promise<Map<string, Card>> {
  const wanted = ids.flatMap((id) => readCardId(id) ?? []);
  const projectIds = [...new Set(wanted.map(({ projectId }) => projectId))];
  const where = { workspaceId: ctx.workspaceId, projectId: { in: projectIds } };
  const current = new Map(
    (await tx.projectBrief.findMany({ where, select: { projectId: true, version: true, confirmedAt: true } })).map(
      (row) => [row.projectId, row],
    ),
  );
  const versions = await tx.briefVersion.findMany({
    where: { ...where, version: { in: wanted.map(({ version }) => version) } },
  });
  const cards = new Map<string, Card>();
  for (const { id, projectId, version } of wanted) {
    const stored = versions.find((row) => row.projectId === projectId && row.version === version);
    const now = current.get(projectId);
    if (!stored || !now) continue;
    const state = now.version !== version ? 'superseded' : now.confirmedAt ? 'confirmed' : 'waiting';
    // Written by updateBrief alone, from the same type.
    cards.set(id, { kind: 'BRIEF_SUMMARY', projectId, version, state, brief: stored.fields as BriefDraft });
  }
  return cards;
}
