import { expect, it } from 'vitest';
import { inWorkspace } from '@/lib/runtime/db';
import { carryOutStop } from '@/lib/services/mutations/carry-out-stop';
import { executeAction } from '@/lib/services/mutations/execute';
import { stopEverything } from '@/lib/services/mutations/stop-everything';
import { gateOverSimulator, job, live, rowOf } from '../../fixtures/gate';
import { pressRelease } from '../../fixtures/release';
import type { SimulatedLaunch } from '../../fixtures/simulated-launch';

const { admin } = gateOverSimulator();
const campaign = (launch: SimulatedLaunch) =>
  inWorkspace(launch.ctx.workspaceId, async (tx) => ({
    status: (await tx.campaignRecord.findUniqueOrThrow({ where: { id: launch.campaignRecordId } })).status,
    changes: (await tx.event.findMany({ where: { type: 'campaign.status_changed' }, orderBy: { seq: 'asc' } })).map(
      ({ payload }) => (payload as { to?: string }).to,
    ),
  }));

async function stopped() {
  const launch = await live();
  const { stopId } = await stopEverything(launch.ctx, { scope: { kind: 'workspace' } });
  await carryOutStop(launch.ctx, { stopId, withinMs: 20_000 });
  const { status, changes } = await campaign(launch);
  expect(status).toBe('PAUSED');
  const [actionId = ''] = await pressRelease(launch.ctx, stopId);
  return { launch, actionId, before: changes.length };
}

it('what a lifted stop switches on again says so at once, as the platform shows it, and pages that are open hear it', async () => {
  const { launch, actionId, before } = await stopped();
  await executeAction(job(launch), { actionId });
  expect((await rowOf(launch, actionId)).state).toBe('DONE');
  const { status, changes } = await campaign(launch);
  expect(status).toBe('ACTIVE');
  expect(changes.slice(before)).toEqual(['ACTIVE']);
}, 120_000);

it('where the platform could not be asked what it shows, it is done all the same and the next look says it', async () => {
  const { launch, actionId } = await stopped();
  await admin('POST', 'faults', {
    world: launch.world.worldId,
    kind: 'error',
    match: { method: 'GET', path: '/ads' },
    times: 0,
  });
  await executeAction(job(launch), { actionId });
  await admin('DELETE', 'faults');
  expect((await rowOf(launch, actionId)).state).toBe('DONE');
  expect((await campaign(launch)).status).toBe('PAUSED');
}, 120_000);
