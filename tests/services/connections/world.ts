import { metaReader } from '@/lib/platforms/meta/reader';
import { createSimulatedWorld, type SimulatedWorld, setSimulatedClock } from '@/lib/platforms/meta/simulator';
import { inSystem, inWorkspace } from '@/lib/runtime/db';
import { storeConnection } from '@/lib/services/connections/store';
import type { ServiceContext } from '@/lib/services/context';
import { startSimulator } from '@/tests/contract/meta/simulator-process';
import { buildConversation, type Owner } from '@/tests/factories';

export type Shop = Owner & { projectId: string; conversationId: string; world: SimulatedWorld };

export { startSimulator };

/** A project whose owner signed in to a pretend Facebook of their own. */
export async function connectedShop(scenario = 'shop'): Promise<Shop> {
  const owner = await buildConversation();
  const world = await createSimulatedWorld({ scenario });
  await signIn(owner, world);
  return { ...owner, world };
}

export async function signIn(owner: Owner & { projectId: string }, world: SimulatedWorld): Promise<string> {
  const login = { platform: 'meta', mode: 'SIMULATED', token: world.accessToken } as const;
  const { connectionId } = await storeConnection(owner.ctx, {
    projectId: owner.projectId,
    userId: owner.userId,
    mode: 'SIMULATED',
    fbUserId: world.userId,
    token: world.accessToken,
    expiresAt: null,
    granted: ['ads_management'],
    declined: [],
    accounts: await metaReader.listAccounts(login),
    pages: await metaReader.listPages(login),
    simulatorWorldId: world.worldId,
  });
  return connectionId;
}

/** Moves a workspace and its pretend Facebook on by days of 24 hours. */
export async function laterBy(shop: Shop, days: number): Promise<void> {
  const { offsetMs } = await setSimulatedClock(shop.world.worldId, { advanceMs: days * 86_400_000 });
  await inSystem((tx) =>
    tx.organization.update({ where: { id: shop.ctx.workspaceId }, data: { clockOffsetMs: BigInt(offsetMs) } }),
  );
}

export const loginOf = (ctx: ServiceContext) =>
  inWorkspace(ctx.workspaceId, (tx) => tx.facebookConnection.findFirstOrThrow({ orderBy: { createdAt: 'asc' } }));
export const eventsOf = (ctx: ServiceContext) =>
  inWorkspace(ctx.workspaceId, (tx) => tx.event.findMany({ orderBy: { seq: 'asc' } }));
