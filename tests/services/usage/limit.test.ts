import { afterAll, beforeAll, expect, it } from 'vitest';
import { closeSendingBoss, plugJobEngine } from '@/lib/jobs/engine';
import { closeDatabase, inSystem, inWorkspace } from '@/lib/runtime/db';
import { checkModelLimit } from '@/lib/services/usage/check-limit';
import { buildOwner } from '@/tests/factories';

beforeAll(() => plugJobEngine());
afterAll(async () => {
  await closeSendingBoss();
  await closeDatabase();
});

async function spend(cents: number, isAnonymous: boolean) {
  const { ctx, userId } = await buildOwner();
  await inSystem((tx) => tx.user.update({ where: { id: userId }, data: { isAnonymous } }));
  await inWorkspace(ctx.workspaceId, (tx) =>
    tx.modelUsage.create({
      data: {
        workspaceId: ctx.workspaceId,
        provider: 'anthropic',
        model: 'test',
        inputTokens: 1,
        outputTokens: 1,
        costMicros: BigInt(cents) * 10_000n,
      },
    }),
  );
  return checkModelLimit(ctx, { limitCents: 100 });
}

it('a workspace may use its limit to the last cent and no further', async () => {
  await expect(spend(99, false)).resolves.toBeUndefined();
  await expect(spend(100, false)).rejects.toMatchObject({ code: 'model_limit_reached' });
});

it('a shop opened without a sign-up has a small limit of its own', async () => {
  await expect(spend(24, true)).resolves.toBeUndefined();
  await expect(spend(25, true)).rejects.toMatchObject({ code: 'model_limit_reached' });
});
