import { AppError } from '../../domain/errors';
import type { AccountAccess } from '../../platforms/port';
import { decrypt } from '../../runtime/crypto';
import type { Tx } from '../../runtime/db';
import { type ServiceContext, transact } from '../context';

type ProjectRow = NonNullable<Awaited<ReturnType<typeof findProject>>>;
export type ProjectAccess = {
  access: AccountAccess;
  account: NonNullable<ProjectRow['adAccount']>;
  page: ProjectRow['page'];
  connection: { id: string; mode: 'LIVE' | 'SIMULATED'; simulatorWorldId: string | null };
};

function findProject(tx: Tx, workspaceId: string, projectId: string) {
  return tx.project.findFirst({
    where: { workspaceId, id: projectId },
    include: { page: true, adAccount: { include: { connection: true } } },
  });
}

/**
 * The key to the project's selected ad account. The token lives in the returned value only.
 * @throws AppError not_found, facebook_not_connected, platform_reauthorise, connection_quarantined
 */
export async function accessFor(
  ctx: ServiceContext,
  input: { projectId: string; evenIfBroken?: boolean },
): Promise<ProjectAccess> {
  const project = await transact(ctx, (tx) => findProject(tx, ctx.workspaceId, input.projectId));
  if (!project) throw new AppError('not_found', { project: input.projectId });
  if (!project.adAccount) throw new AppError('facebook_not_connected', { project: project.id });
  const { connection, ...account } = project.adAccount;
  if (connection.status === 'QUARANTINED' && !input.evenIfBroken)
    throw new AppError('connection_quarantined', { connection: connection.id });
  if (connection.status !== 'HEALTHY' && !input.evenIfBroken)
    throw new AppError('platform_reauthorise', { connection: connection.id, status: connection.status });
  // Forgotten on the person's request, or when another login took over: there is nothing left even to stop with.
  if (!connection.accessToken)
    throw new AppError('platform_reauthorise', { connection: connection.id, status: 'forgotten' });
  const mode = connection.mode as 'LIVE' | 'SIMULATED';
  const token = decrypt(connection.accessToken, connection.id);
  return {
    access: {
      platform: 'meta',
      mode,
      accountId: account.externalId,
      token,
      currency: account.currency,
      // Who may use a broken connection does so to stop something: that never waits for limits.
      ...(input.evenIfBroken ? { urgency: 'stop' as const } : {}),
    },
    account: project.adAccount,
    page: project.page,
    connection: { id: connection.id, mode, simulatorWorldId: connection.simulatorWorldId },
  };
}
