import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeSendingBoss, plugJobEngine } from '@/lib/jobs/engine';
import { closeDatabase, inSystem, inWorkspace } from '@/lib/runtime/db';
import { accessFor } from '@/lib/services/connections/access';
import { selectAccount } from '@/lib/services/connections/select-account';
import { startFacebookLogin } from '@/lib/services/connections/start-login';
import { storeConnection } from '@/lib/services/connections/store';
import { takeLoginState } from '@/lib/services/connections/take-state';
import { buildConnection, buildOwner, buildProject } from '@/tests/factories';

beforeAll(() => {
  process.env.SIMULATOR_URL = 'http://127.0.0.1:1';
  plugJobEngine();
});
afterAll(async () => {
  await closeSendingBoss();
  await closeDatabase();
});

const sessionId = 'session-1';

async function openLogin() {
  const owner = await buildProject();
  const { url } = await startFacebookLogin(owner.ctx, {
    projectId: owner.projectId,
    conversationId: null,
    sessionId,
    pretendOwner: false,
  });
  return { ...owner, state: new URL(url).searchParams.get('state') ?? '' };
}

const refused = { code: 'facebook_state_invalid' };

describe('the login state', () => {
  it('works once: of ten simultaneous callbacks one is let in', async () => {
    const { ctx, state, projectId } = await openLogin();
    const results = await Promise.allSettled(
      Array.from({ length: 10 }, () => takeLoginState(ctx, { state, sessionId })),
    );
    const won = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
    expect(won).toEqual([{ projectId, conversationId: null, mode: 'SIMULATED' }]);
  });

  it('is refused with another session, another workspace, an altered text or after its time', async () => {
    const { ctx, state } = await openLogin();
    await expect(takeLoginState(ctx, { state, sessionId: 'another' })).rejects.toMatchObject(refused);
    await expect(takeLoginState((await buildOwner()).ctx, { state, sessionId })).rejects.toMatchObject(refused);
    await expect(takeLoginState(ctx, { state: `${state}x`, sessionId })).rejects.toMatchObject(refused);
    await expect(takeLoginState(ctx, { state: '', sessionId })).rejects.toMatchObject(refused);
    await inWorkspace(ctx.workspaceId, (tx) =>
      tx.oauthState.updateMany({ data: { expiresAt: new Date(Date.now() - 1000) } }),
    );
    await expect(takeLoginState(ctx, { state, sessionId })).rejects.toMatchObject(refused);
  });
});

describe('the selected account', () => {
  it('gives its token back only inside its workspace', async () => {
    const mine = await buildProject();
    await buildConnection(mine, { token: 'EAAmine1234567890' });
    expect((await accessFor(mine.ctx, { projectId: mine.projectId })).access.token).toBe('EAAmine1234567890');
    const stranger = await buildProject();
    await expect(accessFor(stranger.ctx, { projectId: mine.projectId })).rejects.toMatchObject({ code: 'not_found' });
    await expect(accessFor(stranger.ctx, { projectId: stranger.projectId })).rejects.toMatchObject({
      code: 'facebook_not_connected',
    });
  });

  it('cannot be a stranger’s, a disabled one, or silently another than the chosen', async () => {
    const mine = await buildProject();
    const { account, page } = await buildConnection(mine);
    const stranger = await buildProject();
    const theirs = await buildConnection(stranger);
    await expect(
      selectAccount(mine.ctx, { projectId: mine.projectId, accountId: theirs.account.id, pageId: theirs.page.id }),
    ).rejects.toMatchObject({ code: 'not_found' });
    const second = await buildConnection({ ...mine, projectId: (await buildProject(mine)).projectId });
    await expect(
      selectAccount(mine.ctx, { projectId: mine.projectId, accountId: second.account.id, pageId: second.page.id }),
    ).rejects.toMatchObject({ code: 'conflict' });
    await inWorkspace(mine.ctx.workspaceId, (tx) =>
      tx.adAccount.updateMany({ where: { id: account.id }, data: { status: 'DISABLED' } }),
    );
    await expect(
      selectAccount(mine.ctx, { projectId: mine.projectId, accountId: account.id, pageId: page.id }),
    ).rejects.toMatchObject({ code: 'platform_not_permitted' });
  });
});

describe('a live account', () => {
  it('never enters a workspace whose clock was moved', async () => {
    const owner = await buildProject();
    await inSystem((tx) =>
      tx.organization.update({ where: { id: owner.ctx.workspaceId }, data: { clockOffsetMs: 1n } }),
    );
    const login = {
      projectId: owner.projectId,
      userId: owner.userId,
      fbUserId: 'person',
      token: 'EAAlive1234567890',
      expiresAt: null,
      granted: [],
      declined: [],
      accounts: [],
      pages: [],
      simulatorWorldId: null,
    };
    await expect(storeConnection(owner.ctx, { ...login, mode: 'LIVE' })).rejects.toMatchObject({ code: 'conflict' });
    await expect(storeConnection(owner.ctx, { ...login, mode: 'SIMULATED' })).resolves.toMatchObject({
      selected: false,
    });
  });
});
