import type { BriefDraft } from '@/lib/domain/brief';
import { createSimulatedWorld } from '@/lib/platforms/meta/simulator';
import { inWorkspace } from '@/lib/runtime/db';
import { confirmBrief } from '@/lib/services/briefs/confirm';
import { updateBrief } from '@/lib/services/briefs/update';
import { buildConnection, buildConversation } from '@/tests/factories';

export const BAKERY: BriefDraft = {
  businessName: 'Padaria da Ana',
  businessDescription: 'Small bakery in Porto',
  product: 'Birthday cakes',
  targetAudience: 'Young families',
  goal: 'MESSAGES',
  monthlyBudget: { minor: '30000', currency: 'EUR' },
  location: 'Porto',
  country: 'PT',
  uniqueSellingPoint: 'My grandmother’s recipes',
  websiteUrl: null,
};

export type Shop = Awaited<ReturnType<typeof buildShop>>;

/** A project with its brief and an account at the simulator, ready for a plan. */
export async function buildShop(
  options: { brief?: BriefDraft; confirmed?: boolean; currency?: string; scenario?: string } = {},
) {
  const chat = await buildConversation();
  const world = await createSimulatedWorld({ scenario: options.scenario ?? 'shop' });
  const [account, page] = [world.adAccounts[0], world.pages[0]];
  if (!account || !page) throw new Error('an empty world');
  const rows = await buildConnection(chat, {
    token: world.accessToken,
    accountExternalId: account.id,
    currency: options.currency ?? account.currency,
    timezone: account.timezone,
  });
  await inWorkspace(chat.ctx.workspaceId, (tx) =>
    tx.platformPage.update({ where: { id: rows.page.id }, data: { externalId: page.id, name: page.name } }),
  );
  const { version } = await updateBrief(chat.ctx, {
    projectId: chat.projectId,
    patch: { ...BAKERY, ...options.brief },
    source: 'owner',
  });
  if (options.confirmed !== false) await confirmBrief(chat.ctx, { projectId: chat.projectId, version });
  return { ...chat, ...rows, version, world };
}

export const IDEAS = {
  ads: [
    {
      idea: 'The cake itself',
      headline: 'Birthday cakes in Porto',
      primaryText: 'Looking for birthday cakes in Porto? Send us a message.',
      callToAction: 'MESSAGE_PAGE' as const,
    },
    {
      idea: 'What people like',
      headline: 'My grandmother’s recipes',
      primaryText: 'Birthday cakes in Porto. Send us a message.',
      callToAction: 'MESSAGE_PAGE' as const,
    },
    {
      idea: 'The moment',
      headline: 'Something to celebrate?',
      primaryText: 'Birthday cakes in Porto. Send us a message.',
      callToAction: 'MESSAGE_PAGE' as const,
    },
  ],
  reserves: [
    {
      idea: 'Close by',
      headline: 'Your bakery in Porto',
      primaryText: 'Birthday cakes in Porto. Send us a message.',
      callToAction: 'MESSAGE_PAGE' as const,
    },
  ],
};
