import { describe, expect, it } from 'vitest';
import { metaReader } from '@/lib/platforms/meta/reader';
import { inWorkspace } from '@/lib/runtime/db';
import { listNotifications } from '@/lib/services/notifications/list';
import type { SimulatedLaunch } from '../../fixtures/simulated-launch';
import { launchedShop, passDays, told } from '../../fixtures/time-machine';
import { withSimulator } from '../../fixtures/with-simulator';

const simulator = withSimulator();

const shock = (launch: SimulatedLaunch, kind: string, hours: number, factor?: number) =>
  simulator.admin('POST', `worlds/${launch.world.worldId}/shocks`, {
    accountId: launch.access.accountId,
    kind,
    hours,
    ...(factor ? { factor } : {}),
  });

const alarms = (launch: SimulatedLaunch) =>
  inWorkspace(launch.ctx.workspaceId, (tx) => tx.alarm.findMany({ orderBy: { openedAt: 'asc' } }));
const statusAtPlatform = async (launch: SimulatedLaunch) => {
  const campaign = await inWorkspace(launch.ctx.workspaceId, (tx) =>
    tx.remoteObject.findFirstOrThrow({ where: { level: 'campaign', campaignRecordId: launch.campaignRecordId } }),
  );
  return (await metaReader.read(launch.access, 'campaign', campaign.remoteId))?.status;
};
const count = (keys: string[], key: string) => keys.filter((one) => one === key).length;

describe('the stop switch', () => {
  it('pauses while the site does not answer, says so once, and switches on again what it paused', {
    timeout: 120_000,
  }, async () => {
    const launch = await launchedShop();
    await passDays(launch, 2);
    expect(await statusAtPlatform(launch)).toBe('ACTIVE');
    await shock(launch, 'shop_down', 30);
    await passDays(launch, 1);
    expect((await alarms(launch)).map(({ kind, answer, closedAt }) => [kind, answer, closedAt])).toEqual([
      ['site_down', 'pause', null],
    ]);
    expect(await statusAtPlatform(launch)).toBe('PAUSED');
    await passDays(launch, 1);
    expect(await statusAtPlatform(launch)).toBe('ACTIVE');
    const [alarm] = await alarms(launch);
    expect(alarm?.closedAt).not.toBeNull();
    expect(alarm?.paused).toEqual([]);
    await passDays(launch, 1);
    const keys = await told(launch);
    expect(count(keys, 'alarm_site_down')).toBe(1);
    expect(count(keys, 'alarm_over')).toBe(1);
    expect(keys.filter((key) => key.startsWith('alarm'))).toHaveLength(2);
    const { notifications } = await listNotifications(launch.ctx, { userId: launch.userId });
    expect(notifications.filter(({ title }) => title === 'Your website does not answer')).toHaveLength(1);
  });
});
