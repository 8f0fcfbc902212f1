import { describe, expect, it } from 'vitest';
import { metaReader } from '@/lib/platforms/meta/reader';
import { metaWriter } from '@/lib/platforms/meta/writer';
import { inWorkspace } from '@/lib/runtime/db';
import { markerIn, markerOf, nameWithMarker } from '@/lib/services/effects/marker';
import { monitorAccount } from '@/lib/services/monitor/monitor-account';
import { executeAction } from '@/lib/services/mutations/execute';
import { stopNow } from '@/lib/services/mutations/stop-now';
import { lookAtLedger } from '@/lib/services/quarantine/ledger-look';
import { listQuarantines } from '@/lib/services/quarantine/list';
import { releaseQuarantine } from '@/lib/services/quarantine/open';
import { noticeText } from '@/lib/words/en/notices';
import { approveAction, eur, gateOverSimulator, job, live, propose } from '../../fixtures/gate';
import { type SimulatedLaunch, standing } from '../../fixtures/simulated-launch';

const { admin } = gateOverSimulator();

const wide = (plan: SimulatedLaunch['plan']) => ({
  ...plan,
  envelope: { ...plan.envelope, monthlyCeiling: eur(90_000) },
});
async function look(launch: SimulatedLaunch) {
  const { objects } = await standing(launch);
  const campaign = objects.find(({ level }) => level === 'campaign')?.remoteId ?? '';
  return lookAtLedger(job(launch), {
    account: { externalId: launch.account.externalId, connectionId: launch.account.connectionId },
    access: launch.access,
    reader: metaReader,
    tree: await metaReader.readAccountTree(launch.access, { campaignRemoteIds: [campaign] }),
    campaignRecordIds: [launch.campaignRecordId],
    since: new Date(0),
  });
}
const held = async (launch: SimulatedLaunch) => (await listQuarantines(launch.ctx)).map(({ reason }) => reason);
const campaignNamed = (launch: SimulatedLaunch, name: string) =>
  metaWriter.createCampaign(launch.access, { name, goal: 'TRAFFIC', specialAdCategories: [], spendCap: null });

describe('our books against the platform’s', () => {
  it('agree after a launch, a raise, a pause, a swap and a stop, whatever people do by hand beside it', async () => {
    const launch = await live(wide);
    const raise = await propose(launch, {
      kind: 'set_ad_set_budget',
      adSetKey: 'adset-1',
      from: eur(1_000),
      to: eur(1_200),
    });
    await approveAction(launch, raise.actionId);
    const swap = await propose(launch, { kind: 'swap_creative', adKey: 'ad-3', reserveKey: 'reserve-1' });
    const pause = await propose(launch, { kind: 'pause_ad', adKey: 'ad-2' });
    for (const one of [raise, swap, pause]) await executeAction(job(launch), one);
    await stopNow(launch.ctx, { scope: { kind: 'workspace' } });
    const { objects } = await standing(launch);
    for (const object of objects.filter(({ level }) => level === 'adset' || level === 'ad'))
      await admin('POST', `worlds/${launch.world.worldId}/edit`, { objectId: object.remoteId, status: 'PAUSED' });
    expect(await look(launch)).toEqual([]);
    expect(await held(launch)).toEqual([]);
  });

  it('do not, where an object carries a mark we never gave: the normal pull holds the connection still', async () => {
    const launch = await live();
    await campaignNamed(launch, nameWithMarker('Not from here', markerOf('another house')));
    await inWorkspace(launch.ctx.workspaceId, (tx) => tx.monitorRun.deleteMany());
    expect(await monitorAccount(job(launch), { adAccountId: launch.account.id })).toEqual({ state: 'pulled' });
    expect(await held(launch)).toEqual(['ledger']);
    // Released by a person who has looked, the same thing is not told again.
    const [one] = await listQuarantines(launch.ctx);
    await releaseQuarantine(launch.ctx, { quarantineId: one?.id ?? '' });
    expect(await look(launch)).toEqual([]);
    expect(await held(launch)).toEqual([]);
  });

  it('do not, where our app wrote to something no attempt of ours ever touched', async () => {
    const launch = await live();
    const { remoteId } = await campaignNamed(launch, 'Quietly made with our key');
    expect(await look(launch)).toMatchObject([{ what: 'unknown-write', object: remoteId }]);
    expect(await held(launch)).toEqual(['ledger']);
  });

  it('do not, where the platform does not know what it once said it had made', async () => {
    const launch = await live();
    const ad = (await standing(launch)).objects.find(({ level }) => level === 'ad');
    await inWorkspace(launch.ctx.workspaceId, async (tx) => {
      await tx.remoteEffect.updateMany({
        where: { remoteId: ad?.remoteId ?? '', kind: 'create_ad' },
        data: { remoteId: '120000000000001', settledAt: new Date(Date.now() - 3_600_000) },
      });
      await tx.remoteObject.updateMany({
        where: { remoteId: ad?.remoteId ?? '' },
        data: { remoteId: '120000000000001' },
      });
    });
    const found = await look(launch);
    expect(found).toContainEqual(expect.objectContaining({ what: 'missing', object: '120000000000001' }));
    // The ad that stands there with our mark is then nobody's either.
    expect(found).toContainEqual(expect.objectContaining({ what: 'unknown-mark', object: ad?.remoteId }));
  });

  it('are told about in plain words', () => {
    const { title, body } = noticeText('connection_held', { reason: 'ledger' }, 'en');
    expect(`${title} ${body}`).toMatch(/change nothing.*stopping them still works.*release the connection/s);
  });
});

describe('a mark', () => {
  it('is ours at the end of a name only: a copy made by hand goes on behind it', () => {
    const name = nameWithMarker('Cakes', markerOf('x'));
    expect(markerIn(name)).toBe(markerOf('x'));
    for (const other of [`${name} - Copy`, 'Cakes', 'ag2345abcdef', `Cakes · agABCDEFGHIJ`])
      expect(markerIn(other)).toBeNull();
  });
});
