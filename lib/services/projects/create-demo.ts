import { metaReader } from '../../platforms/meta/reader';
import { createSimulatedWorld } from '../../platforms/meta/simulator';
import { demoWords } from '../../words/en/demo';
import { LOGIN_SCOPES } from '../connections/start-login';
import { storeConnection } from '../connections/store';
import type { ServiceContext } from '../context';
import { createProject } from './create';

/**
 * A pretend shop on a pretend ad account with some weeks of history. The connection is simulated whatever keys this
 * installation has; only such workspaces get the time machine.
 */
export async function createDemoProject(
  ctx: ServiceContext,
  input: { userId: string; locale: string },
): Promise<{ projectId: string }> {
  const world = await createSimulatedWorld({
    scenario: 'shop-history',
    businessName: demoWords.businessName,
    personName: demoWords.personName,
  });
  const { projectId } = await createProject(ctx, {
    name: demoWords.businessName,
    locale: input.locale,
    timezone: world.adAccounts[0]?.timezone ?? 'UTC',
  });
  const login = { platform: 'meta', mode: 'SIMULATED', token: world.accessToken } as const;
  const [accounts, pages] = await Promise.all([metaReader.listAccounts(login), metaReader.listPages(login)]);
  await storeConnection(ctx, {
    projectId,
    userId: input.userId,
    mode: 'SIMULATED',
    fbUserId: world.userId,
    token: world.accessToken,
    expiresAt: world.tokenExpiresAt ? new Date(world.tokenExpiresAt) : null,
    granted: [...LOGIN_SCOPES],
    declined: [],
    accounts,
    pages,
    simulatorWorldId: world.worldId,
  });
  return { projectId };
}
