import { type ConnectionHealth, daysUntil } from '../../domain/connection-health';
import { loginEnd } from '../../domain/login-health';
import { MISSING_PERMISSIONS } from '../../domain/login-need';
import { metaHost } from '../../platforms/meta/host';
import { type ServiceContext, transact, workspaceNow } from '../context';
import { listQuarantines } from '../quarantine/list';
import { sharedPace } from './pace';

/**
 * Every login of the workspace with what is known of its health, those that need somebody first. `now` is real time; a
 * pretend login ends in pretend time, so there the workspace's own is taken.
 */
export async function listConnections(ctx: ServiceContext, input: { now: Date }): Promise<ConnectionHealth[]> {
  const { rows, held, fallback, pretendNow } = await transact(ctx, async (tx, inner) => {
    const scope = { workspaceId: ctx.workspaceId };
    const found = await tx.facebookConnection.findMany({
      where: scope,
      orderBy: { createdAt: 'asc' },
      include: {
        adAccounts: {
          where: { goneAt: null },
          orderBy: { name: 'asc' },
          include: { projects: { select: { id: true, name: true } } },
        },
        pages: { where: { goneAt: null }, orderBy: { name: 'asc' }, select: { name: true } },
      },
    });
    const quarantines = await listQuarantines(inner);
    const project = await tx.project.findFirst({
      where: { ...scope, archivedAt: null },
      orderBy: { createdAt: 'asc' },
      select: { id: true },
    });
    return {
      rows: found,
      held: new Map(quarantines.map(({ connectionId, id, reason }) => [connectionId, { id, because: reason }])),
      fallback: project?.id ?? null,
      pretendNow: await workspaceNow(inner, tx),
    };
  });
  const list = await Promise.all(
    rows.map(async (row): Promise<ConnectionHealth> => {
      const endsAt = loginEnd(row);
      const mode = row.mode as 'LIVE' | 'SIMULATED';
      const state = held.has(row.id) ? 'QUARANTINED' : (row.status as ConnectionHealth['state']);
      return {
        id: row.id,
        pretend: mode === 'SIMULATED',
        state,
        reason: reasonOf(state, row.statusReason),
        hold: held.get(row.id) ?? null,
        connectedAt: row.createdAt.toISOString(),
        checkedAt: row.checkedAt?.toISOString() ?? null,
        endsAt: endsAt?.toISOString() ?? null,
        daysLeft: endsAt ? daysUntil(endsAt, mode === 'SIMULATED' ? pretendNow : input.now) : null,
        granted: row.scopes,
        declined: row.declinedScopes,
        accounts: await Promise.all(
          row.adAccounts.map(async ({ id, name, currency, status, hasFunding, projects, externalId }) => ({
            id,
            name,
            currency,
            state: status,
            hasFunding,
            shops: projects.map((project) => project.name),
            ...(await paceOf(mode, externalId)),
          })),
        ),
        pages: row.pages.map(({ name }) => name),
        projectId: row.adAccounts.flatMap(({ projects }) => projects)[0]?.id ?? fallback,
      };
    }),
  );
  return list.sort((a, b) => Number(a.state === 'HEALTHY') - Number(b.state === 'HEALTHY'));
}

function reasonOf(state: ConnectionHealth['state'], reason: string | null): ConnectionHealth['reason'] {
  switch (state) {
    case 'HEALTHY':
      return null;
    case 'QUARANTINED':
      return 'quarantined';
    case 'REVOKED':
      return 'revoked';
    case 'BROKEN':
      return reason === MISSING_PERMISSIONS ? MISSING_PERMISSIONS : 'other';
  }
}

async function paceOf(mode: 'LIVE' | 'SIMULATED', accountId: string) {
  const appId = appIdOf(mode);
  const standing = appId ? await sharedPace.standing({ platform: 'meta', mode, appId, accountId }) : null;
  return {
    usedPercent: standing && standing.fadesInMs > 0 ? Math.round(standing.percent) : null,
    heldMinutes: standing ? Math.ceil(standing.heldForMs / 60_000) : 0,
  };
}

/** Null where this installation no longer knows the app (keys taken out, no simulator): the page still has to open. */
function appIdOf(mode: 'LIVE' | 'SIMULATED'): string | null {
  try {
    return metaHost(mode).appId;
  } catch {
    return null;
  }
}
