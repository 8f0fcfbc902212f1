import { MISSING_PERMISSIONS, missingNeeds } from '../../domain/login-need';
import type { Card } from '../../domain/message';
import type { Tx } from '../../runtime/db';
import { hasLiveFacebookApp } from '../../runtime/env';
import type { ServiceContext } from '../context';

const LOGIN = { status: true, mode: true, statusReason: true, scopes: true, remindedDays: true } as const;
type Login = {
  status: string;
  mode: string;
  statusReason: string | null;
  scopes: string[];
  remindedDays: number | null;
};

/** A login without an account of the project counts only where it was refused for what the owner left unticked. */
function connectState(login: Login | null, isProjects: boolean) {
  if (login?.statusReason === MISSING_PERMISSIONS && login.status !== 'HEALTHY')
    return { state: 'denied' as const, missing: missingNeeds(login.scopes) };
  if (!login || !isProjects) return { state: 'waiting' as const, missing: [] };
  if (login.status !== 'HEALTHY') return { state: 'broken' as const, missing: [] };
  return { state: login.remindedDays === null ? ('connected' as const) : ('ending' as const), missing: [] };
}

/** FB_CONNECT cards, keyed by project id. */
export async function loadConnectCards(tx: Tx, ctx: ServiceContext, ids: string[]): Promise<Map<string, Card>> {
  const projects = await tx.project.findMany({
    where: { workspaceId: ctx.workspaceId, id: { in: ids } },
    include: { adAccount: { include: { connection: { select: LOGIN } } } },
  });
  const connections = await tx.facebookConnection.findMany({
    where: { workspaceId: ctx.workspaceId },
    select: LOGIN,
    orderBy: { updatedAt: 'desc' },
  });
  const login = connections[0] ?? null;
  const pretend = connections.some((connection) => connection.mode === 'SIMULATED');
  return new Map(
    projects.map((project) => {
      const connection = project.adAccount?.connection;
      const { state, missing } = connectState(connection ?? login, connection !== undefined);
      const simulated = connection ? connection.mode === 'SIMULATED' : pretend || !hasLiveFacebookApp();
      return [
        project.id,
        {
          kind: 'FB_CONNECT',
          projectId: project.id,
          state,
          ...(missing.length > 0 ? { missing } : {}),
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
    tx.adAccount.findMany({ where: { workspaceId: ctx.workspaceId, goneAt: null }, orderBy: { name: 'asc' } }),
    tx.platformPage.findMany({ where: { workspaceId: ctx.workspaceId, goneAt: null }, orderBy: { name: 'asc' } }),
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
