import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeSendingBoss, plugJobEngine } from '@/lib/jobs/engine';
import type { AccountSeen, PageSeen } from '@/lib/platforms/port';
import { closeDatabase, inWorkspace } from '@/lib/runtime/db';
import { accessFor } from '@/lib/services/connections/access';
import { loadAccountPickerCards } from '@/lib/services/connections/card';
import { markConnectionBroken } from '@/lib/services/connections/mark-broken';
import { type NewConnection, storeConnection } from '@/lib/services/connections/store';
import { buildProject, type Owner } from '@/tests/factories';

beforeAll(() => plugJobEngine());
afterAll(async () => {
  await closeSendingBoss();
  await closeDatabase();
});

const account = (externalId: string, more: Partial<AccountSeen> = {}): AccountSeen => ({
  externalId,
  name: `Shop ${externalId}`,
  currency: 'EUR',
  timezone: 'Europe/Lisbon',
  status: 'ACTIVE',
  hasFunding: true,
  minDailyBudget: null,
  pixels: [{ externalId: `pixel-${externalId}`, name: 'Site', hasFired: true }],
  ...more,
});
const page = (externalId: string, more: Partial<PageSeen> = {}): PageSeen => ({
  externalId,
  name: 'Page',
  instagramId: null,
  ...more,
});

type Shop = Owner & { projectId: string };
const login = (shop: Shop, person: string, more: Partial<NewConnection> = {}) =>
  storeConnection(shop.ctx, {
    projectId: shop.projectId,
    userId: shop.userId,
    mode: 'SIMULATED',
    fbUserId: person,
    token: `EAA-${person}-token`,
    expiresAt: null,
    granted: ['ads_management'],
    declined: [],
    accounts: [account('act_1')],
    pages: [page('p1')],
    simulatorWorldId: 'world',
    ...more,
  });
const rows = (shop: Shop) =>
  inWorkspace(shop.ctx.workspaceId, (tx) =>
    tx.facebookConnection.findMany({ include: { adAccounts: true, pages: true }, orderBy: { createdAt: 'asc' } }),
  );

describe('another person connects the same ad account', () => {
  it('takes it over: the project goes on with its own rows, the old token is forgotten, the change is on record', async () => {
    const shop = await buildProject();
    await login(shop, 'ana');
    const before = await accessFor(shop.ctx, { projectId: shop.projectId });
    await markConnectionBroken(shop.ctx, {
      connectionId: before.connection.id,
      projectId: shop.projectId,
      reason: 'platform_reauthorise',
    });
    expect(await login(shop, 'bea')).toMatchObject({ selected: true });
    const after = await accessFor(shop.ctx, { projectId: shop.projectId });
    expect(after.account.id).toBe(before.account.id);
    expect(after.page?.id).toBe(before.page?.id);
    expect(after.access.token).toContain('bea');
    const [ana, bea] = await rows(shop);
    expect(ana).toMatchObject({
      status: 'REVOKED',
      statusReason: 'taken_over',
      accessToken: '',
      adAccounts: [],
      pages: [],
    });
    expect(bea).toMatchObject({ status: 'HEALTHY', adAccounts: [{ externalId: 'act_1' }] });
    const audit = await inWorkspace(shop.ctx.workspaceId, (tx) =>
      tx.auditEntry.findMany({ where: { action: 'connection.revoked' } }),
    );
    expect(audit).toMatchObject([{ subjectId: ana?.id, reason: { reason: 'taken_over', by: bea?.id } }]);
    expect(JSON.stringify(audit)).not.toContain('EAA');
  });

  it('leaves the first login alone while other accounts hang on it', async () => {
    const shop = await buildProject();
    await login(shop, 'ana', { accounts: [account('act_1'), account('act_2')] });
    await login(shop, 'bea');
    const [ana, bea] = await rows(shop);
    expect(ana).toMatchObject({ status: 'HEALTHY', adAccounts: [{ externalId: 'act_2' }] });
    expect(ana?.accessToken).not.toBe('');
    expect(bea?.adAccounts.map((row) => row.externalId)).toEqual(['act_1']);
  });

  it('never reaches into another workspace, nor from a pretend login to a real one', async () => {
    const [mine, theirs] = [await buildProject(), await buildProject()];
    await login(theirs, 'ana');
    await login(mine, 'bea');
    await login(mine, 'cleo', { mode: 'LIVE' });
    expect(await rows(theirs)).toMatchObject([{ status: 'HEALTHY', adAccounts: [{ externalId: 'act_1' }] }]);
    const kinds = (await rows(mine)).map((row) => [row.mode, row.adAccounts.length]);
    expect(kinds).toEqual([
      ['SIMULATED', 1],
      ['LIVE', 1],
    ]);
  });

  it('does not lift what was taken out of service, not even for the same person', async () => {
    const shop = await buildProject();
    await login(shop, 'ana');
    await inWorkspace(shop.ctx.workspaceId, (tx) =>
      tx.facebookConnection.updateMany({ data: { status: 'QUARANTINED' } }),
    );
    await expect(login(shop, 'bea')).rejects.toMatchObject({ code: 'conflict' });
    await login(shop, 'ana');
    expect(await rows(shop)).toMatchObject([{ status: 'QUARANTINED' }]);
  });
});

describe('signing in again', () => {
  it('with another account only changes nothing that was chosen and stores the login', async () => {
    const shop = await buildProject();
    await login(shop, 'ana');
    const { account: chosen } = await accessFor(shop.ctx, { projectId: shop.projectId });
    expect(await login(shop, 'bea', { accounts: [account('act_9')], pages: [page('p9')] })).toMatchObject({
      selected: false,
    });
    expect((await accessFor(shop.ctx, { projectId: shop.projectId })).account.id).toBe(chosen.id);
  });

  it('marks what is no longer shown as gone, offers it to nobody, and takes it back when it returns', async () => {
    const shop = await buildProject();
    await login(shop, 'ana', { accounts: [account('act_1'), account('act_2')] });
    await login(shop, 'ana');
    const offered = async () => {
      const cards = await inWorkspace(shop.ctx.workspaceId, (tx) =>
        loadAccountPickerCards(tx, shop.ctx, [shop.projectId]),
      );
      const card = cards.get(shop.projectId);
      return card?.kind === 'ACCOUNT_PICKER' ? card.accounts.map(({ name }) => name) : [];
    };
    expect(await offered()).toEqual(['Shop act_1']);
    await login(shop, 'ana', { accounts: [account('act_1'), account('act_2')] });
    expect(await offered()).toEqual(['Shop act_1', 'Shop act_2']);
  });

  it('keeps pixels as they are now, and never chooses a Page this person may not advertise for', async () => {
    const shop = await buildProject();
    expect(await login(shop, 'ana', { pages: [page('p1', { mayAdvertise: false })] })).toMatchObject({
      selected: false,
    });
    await login(shop, 'ana', {
      accounts: [account('act_1', { pixels: [{ externalId: 'new', name: 'New', hasFired: false }] })],
    });
    const pixels = await inWorkspace(shop.ctx.workspaceId, (tx) => tx.platformPixel.findMany());
    expect(pixels).toMatchObject([{ externalId: 'new', hasFired: false }]);
  });
});
