import { randomUUID } from 'node:crypto';
import { encrypt } from '@/lib/runtime/crypto';
import { inSystem, inWorkspace } from '@/lib/runtime/db';
import type { ServiceContext } from '@/lib/services/context';
import { ensureOnboardingConversation } from '@/lib/services/conversations/open';
import { createProject } from '@/lib/services/projects/create';
import { createWorkspace } from '@/lib/services/workspaces/create';

// Each builder makes what it needs and nothing more; every call gives a tenant or row of its own.

export type Owner = { ctx: ServiceContext; userId: string };

export async function buildOwner(): Promise<Owner> {
  const userId = randomUUID();
  await inSystem((tx) => tx.user.create({ data: { id: userId, name: 'Ana', email: `${userId}@owner.test` } }));
  const workspaceId = await createWorkspace({ userId, name: 'Salon' });
  return { userId, ctx: { workspaceId, actor: { type: 'user', id: userId }, requestId: 'test-request' } };
}

export async function buildProject(owner?: Owner): Promise<Owner & { projectId: string }> {
  const who = owner ?? (await buildOwner());
  const { projectId } = await createProject(who.ctx, { name: 'Padaria', locale: 'en', timezone: 'Europe/Lisbon' });
  return { ...who, projectId };
}

export async function buildConversation(owner?: Owner): Promise<Owner & { projectId: string; conversationId: string }> {
  const project = await buildProject(owner);
  const { conversationId } = await ensureOnboardingConversation(project.ctx, { projectId: project.projectId });
  return { ...project, conversationId };
}

type ConnectionOptions = {
  tokenExpiresAt?: Date;
  mode?: 'LIVE' | 'SIMULATED';
  token?: string;
  currency?: string;
  timezone?: string;
  accountExternalId?: string;
};

/** A stored login with one usable account and Page; `select` makes them the project's. */
export async function buildConnection(owner: Owner & { projectId: string }, options: ConnectionOptions = {}) {
  const { workspaceId } = owner.ctx;
  const connectionId = randomUUID();
  return inWorkspace(workspaceId, async (tx) => {
    await tx.facebookConnection.create({
      data: {
        id: connectionId,
        workspaceId,
        userId: owner.userId,
        mode: options.mode ?? 'SIMULATED',
        fbUserId: randomUUID(),
        accessToken: encrypt(options.token ?? 'EAAtestToken000000', connectionId),
        scopes: ['ads_management'],
        declinedScopes: [],
        tokenExpiresAt: options.tokenExpiresAt ?? null,
      },
    });
    const account = await tx.adAccount.create({
      data: {
        workspaceId,
        connectionId,
        externalId: options.accountExternalId ?? `act_${Date.now()}${Math.floor(Math.random() * 1e6)}`,
        name: 'Padaria',
        currency: options.currency ?? 'EUR',
        timezone: options.timezone ?? 'Europe/Lisbon',
        status: 'ACTIVE',
      },
    });
    const page = await tx.platformPage.create({
      data: { workspaceId, connectionId, externalId: randomUUID(), name: 'Padaria' },
    });
    await tx.project.updateMany({
      where: { id: owner.projectId, workspaceId },
      data: { adAccountId: account.id, pageId: page.id },
    });
    return { connectionId, account, page };
  });
}
