import type { Card } from '../../domain/message';
import type { Tx } from '../../runtime/db';
import { hasLiveFacebookApp } from '../../runtime/env';
import type { ServiceContext } from '../context';

/** FB_CONNECT cards, keyed by project id. */
export async function loadConnectCards(tx: Tx, ctx: ServiceContext, ids: string[]): Promise<Map<string, Card>> {
  const projects = await tx.project.findMany({
    where: { workspaceId: ctx.workspaceId, id: { in: ids } },
    include: { adAccount: { include: { connection: { select: { status: true, mode: true } } } } },
  });
  const connections = await tx.facebookConnection.findMany({
    where: { workspaceId: ctx.workspaceId },
    select: { mode: true, status: true },
  });
  const pretend = connections.some((connection) => connection.mode === 'SIMULATED');
  return new Map(
    projects.map((project) => {
      const connection = project.adAccount?.connection;
      const state = connection ? (connection.status === 'HEALTHY' ? 'connected' : 'broken') : 'waiting';
      const simulated = connection ? connection.mode === 'SIMULATED' : pretend || !hasLiveFacebookApp();
      return [
        project.id,
        {
          kind: 'FB_CONNECT',
          projectId: project.id,
          state,
          simulated,
          accountName: project.adAccount?.name ?? null,
        } satisfies Card,
      ];
    }),
  );
}

/** ACCOUNT_PICKER cards, keyed by project id: every account and Page the workspace's logins brought. */
export async function loadAccountPickerCards(tx: Tx, ctx: ServiceContext, ids: string[]): Promise<Map<string, Card>> {
  const [projects, accounts, pages] = await Promise.all([
    tx.project.findMany({
      where: { workspaceId: ctx.workspaceId, id: { in: ids } },
      select: { id: true, adAccountId: true, pageId: true },
    }),
    tx.adAccount.findMany({ where: { workspaceId: ctx.workspaceId }, orderBy: { name: 'asc' } }),
    tx.platformPage.findMany({ where: { workspaceId: ctx.workspaceId }, orderBy: { name: 'asc' } }),
  ]);
  return new Map(
    projects.map((project) => [
      project.id,
      {
        kind: 'ACCOUNT_PICKER',
        projectId: project.id,
        state: project.adAccountId ? 'chosen' : 'waiting',
        accounts: accounts.map(({ id, name, currency, timezone, status, hasFunding }) => ({
          id,
          name,
          currency,
          timezone,
          usable: status === 'ACTIVE',
          problem: status === 'ACTIVE' ? (hasFunding ? null : 'no_funding') : status.toLowerCase(),
        })),
        pages: pages.map(({ id, name, instagramId }) => ({ id, name, instagram: instagramId !== null })),
        accountId: project.adAccountId,
        pageId: project.pageId,
      } satisfies Card,
    ]),
  );
}
