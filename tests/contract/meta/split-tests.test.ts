import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { metaReader } from '@/lib/platforms/meta/reader';
import { setSimulatedClock } from '@/lib/platforms/meta/simulator';
import { metaWriter } from '@/lib/platforms/meta/writer';
import { memoryPace, plugPace } from '@/lib/platforms/pace';
import { pointAt } from './environment';
import { deploy, openShop, type Shop } from './plan';
import { type Simulator, startSimulator } from './simulator-process';

const DAY = 86_400_000;
let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator();
  pointAt(simulator.url, 20_000);
}, 120_000);
beforeEach(() => plugPace(memoryPace()));
afterEach(() => simulator.admin('DELETE', 'faults'));
afterAll(() => simulator?.stop());

async function twoGroups() {
  const shop = await openShop();
  const [one, other] = [await deploy(shop, { ads: 0 }), await deploy(shop, { ads: 0, marker: 'ag:other' })];
  const may = await metaReader.mayDraw(shop.access);
  if (!may.yes) throw new Error(may.reason);
  return { shop, adSetIds: [one.adSetId, other.adSetId], ownerId: may.ownerId };
}
const now = async (shop: Shop) => Date.now() + (await setSimulatedClock(shop.world.worldId, { advanceMs: 0 })).offsetMs;
const at = (ms: number) => new Date(Math.floor(ms / 1000) * 1000).toISOString();
const content = (adSetIds: readonly string[], ownerId: string, from: number) => ({
  name: 'Cakes [ag:draw-001]',
  ownerId,
  startsAt: at(from),
  endsAt: at(from + 14 * DAY),
  cells: adSetIds.map((id, index) => ({ name: 'AB'[index] ?? '', sharePercent: 50, adSetIds: [id] })),
});

describe('a split test at the platform', () => {
  test('is made over two groups, read back as it was asked for, found by its mark, and ended before its day', async () => {
    const { shop, adSetIds, ownerId } = await twoGroups();
    const start = await now(shop);
    const wanted = content(adSetIds, ownerId, start);
    expect(await metaReader.findDraw(shop.access, { marker: 'ag:draw-001' })).toEqual({ kind: 'absent' });
    const { remoteId } = await metaWriter.createDraw(shop.access, wanted);
    const seen = await metaReader.readDraw(shop.access, remoteId);
    expect(seen).toEqual({
      remoteId,
      name: wanted.name,
      startsAt: wanted.startsAt,
      endsAt: wanted.endsAt,
      isCancelled: false,
      cells: expect.arrayContaining(adSetIds.map((id) => ({ sharePercent: 50, adSetIds: [id] }))),
    });
    expect(seen?.cells).toHaveLength(2);
    expect(await metaReader.findDraw(shop.access, { marker: 'ag:draw-001' })).toEqual({ kind: 'found', object: seen });

    await setSimulatedClock(shop.world.worldId, { advanceMs: 3 * DAY });
    const early = at(start + 3 * DAY);
    await metaWriter.endDraw(shop.access, remoteId, early);
    expect((await metaReader.readDraw(shop.access, remoteId))?.endsAt).toBe(early);
    // What is over stays over.
    await setSimulatedClock(shop.world.worldId, { advanceMs: DAY });
    await expect(metaWriter.endDraw(shop.access, remoteId, at(start + 30 * DAY))).rejects.toMatchObject({
      code: 'platform_fix_input',
    });
  });

  test('holds a group once at a time; one that has not begun is deleted and leaves the list', async () => {
    const { shop, adSetIds, ownerId } = await twoGroups();
    const wanted = content(adSetIds, ownerId, (await now(shop)) + DAY);
    const { remoteId } = await metaWriter.createDraw(shop.access, wanted);
    await expect(metaWriter.createDraw(shop.access, wanted)).rejects.toMatchObject({ code: 'platform_fix_input' });
    await metaWriter.remove(shop.access, remoteId);
    expect(await metaReader.readDraw(shop.access, remoteId)).toBeNull();
    await metaWriter.createDraw(shop.access, wanted);
  });

  test('is refused where shares do not add up or a group is unknown', async () => {
    const { shop, adSetIds, ownerId } = await twoGroups();
    const wanted = content(adSetIds, ownerId, await now(shop));
    const [first, second] = wanted.cells;
    if (!first || !second) throw new Error('no cells');
    for (const cells of [
      [first, { ...second, sharePercent: 40 }],
      [first],
      [first, { ...second, adSetIds: ['12345'] }],
      [first, { ...second, adSetIds: first.adSetIds }],
    ])
      await expect(metaWriter.createDraw(shop.access, { ...wanted, cells })).rejects.toMatchObject({
        code: 'platform_fix_input',
      });
  });

  test('is said to be out of reach without the permission, or without a business, before anything is tried', async () => {
    const { shop } = await twoGroups();
    await simulator.admin('POST', `worlds/${shop.world.worldId}/edit`, {
      objectId: shop.access.accountId,
      set: { business: null },
    });
    expect(await metaReader.mayDraw(shop.access)).toEqual({ yes: false, reason: 'no_business' });
    const other = await twoGroups();
    await simulator.admin('POST', `worlds/${other.shop.world.worldId}/permissions`, {
      permission: 'business_management',
      status: 'declined',
    });
    expect(await metaReader.mayDraw(other.shop.access)).toEqual({ yes: false, reason: 'not_permitted' });
  });
});
