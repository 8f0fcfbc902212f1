import { describe, expect, it } from 'vitest';
import { setSimulatedClock } from '@/lib/platforms/meta/simulator';
import { inSystem, inWorkspace } from '@/lib/runtime/db';
import { decideApproval } from '@/lib/services/approvals/decide';
import { itemsOf } from '@/lib/services/approvals/items';
import { runDeployment } from '@/lib/services/deployments/run';
import { sendLaunchMail } from '@/lib/services/mail/send-launch-mail';
import { executeAction } from '@/lib/services/mutations/execute';
import { askToRelease } from '@/lib/services/mutations/release-stop';
import { stopNow } from '@/lib/services/mutations/stop-now';
import { createStopLink, readStopLink, revokeStopLinks, stopByLink } from '@/lib/services/stops/link';
import { readStop } from '@/lib/services/stops/read';
import { expectCompleteLedger } from '../../fixtures/complete-ledger';
import { manyCampaigns, type Shop } from '../../fixtures/many-campaigns';
import { releaseCardOf } from '../../fixtures/release';
import { approve, buildSimulatedLaunch, type SimulatedLaunch, standing } from '../../fixtures/simulated-launch';
import { withSimulator } from '../../fixtures/with-simulator';

const simulator = withSimulator({ SIMULATOR_SETTLE_MS: '300', META_TIMEOUT_MS: '3000' });

const job = (launch: SimulatedLaunch) => ({ ...launch.ctx, actor: { type: 'job' as const, name: 'deploy' } });
const standingOf = (launch: SimulatedLaunch, id: string) =>
  inWorkspace(launch.ctx.workspaceId, async (tx) => (await tx.approval.findUniqueOrThrow({ where: { id } })).state);
const EVERYTHING = { scope: { kind: 'workspace' as const } };

describe('lifting a stop', () => {
  it('switches on what its card lists, only after the press, and every write of it all is in the ledger', async () => {
    const launch = await buildSimulatedLaunch();
    const deploymentId = await approve(launch);
    for (let round = 0; round < 20; round += 1)
      if (!(await runDeployment(job(launch), { deploymentId, signal: new AbortController().signal }))) break;
    await setSimulatedClock(launch.world.worldId, { advanceMs: 2 * 86_400_000 });
    const onNow = async () => (await standing(launch)).tree.find(({ level }) => level === 'campaign')?.status;
    expect(await onNow()).toBe('ACTIVE');
    await simulator.admin('POST', 'faults', {
      kind: 'drop_after',
      world: launch.world.worldId,
      match: { method: 'POST' },
    });
    const { stopId } = await stopNow(launch.ctx, EVERYTHING);
    await expect(
      askToRelease({ ...launch.ctx, actor: { type: 'agent' } }, { stopId: stopId ?? '' }),
    ).rejects.toMatchObject({ code: 'not_permitted' });
    const card = await releaseCardOf(launch.ctx, stopId ?? '');
    const daily = launch.plan.adSets.reduce((sum, { dailyBudget }) => sum + BigInt(dailyBudget.minor), 0n);
    expect(card).toMatchObject({ kind: 'stop_release', riskClass: 'high', requiredRole: 'owner', deltaMinor: daily });
    expect(JSON.parse(card.payload)).toMatchObject({
      stopId,
      items: [{ campaignRecordId: launch.campaignRecordId, perDay: { minor: String(daily), currency: 'EUR' } }],
    });
    expect((await readStop(launch.ctx)).state).toBe('STOPPED');
    const [item] = itemsOf(card);
    await executeAction(job(launch), { actionId: item?.actionId ?? '' });
    expect(await onNow()).toBe('PAUSED');
    await decideApproval(launch.ctx, { approvalId: card.id, hash: card.hash, decision: 'approve' });
    expect((await readStop(launch.ctx)).state).toBeNull();
    await executeAction(job(launch), { actionId: item?.actionId ?? '' });
    expect(await onNow()).toBe('ACTIVE');
    await expect(askToRelease(launch.ctx, { stopId: stopId ?? '' })).rejects.toMatchObject({ code: 'not_found' });
    expect(await standingOf(launch, card.id)).toBe('DONE');
    await expectCompleteLedger(simulator, launch.ctx, launch.world.worldId);
  });
});

describe('a stop link', () => {
  const tokenOf = (url: string) => url.split('/').at(-1) ?? '';

  it('looks without changing anything and pauses with one press, signed out', async () => {
    const { owner, shops } = await manyCampaigns({ accounts: 2, each: 1 });
    const [mine] = shops as [Shop];
    const { url } = await createStopLink(owner.ctx, { projectId: mine.projectId });
    expect(await readStopLink(tokenOf(url))).toMatchObject({ state: 'ready', projectName: 'Shop', stop: null });
    expect((await readStop(owner.ctx)).state).toBeNull();
    const pressed = await stopByLink(tokenOf(url));
    expect(pressed.stop).toMatchObject({ state: 'STOPPED', scope: 'project', via: 'link', counts: { confirmed: 1 } });
    expect(await readStopLink(tokenOf(url))).toMatchObject({ state: 'used', stop: { counts: { confirmed: 1 } } });
    const audited = await inWorkspace(owner.ctx.workspaceId, (tx) =>
      tx.auditEntry.findFirstOrThrow({ where: { action: 'stop.ordered' } }),
    );
    expect(audited.actor).toMatchObject({ type: 'webhook' });
  });

  it('altered in any part, expired, revoked or of another row it does nothing', async () => {
    const { owner } = await manyCampaigns({ accounts: 1, each: 1 });
    const first = await createStopLink(owner.ctx, { projectId: null });
    const second = await createStopLink(owner.ctx, { projectId: null, days: 1 });
    const [id = '', signature = ''] = tokenOf(first.url).split('.');
    const [otherId = ''] = tokenOf(second.url).split('.');
    for (const forged of [
      `${id}.${signature.slice(0, -1)}x`,
      `${otherId}.${signature}`,
      id,
      `${id}.`,
      '',
      `x.${signature}`,
    ])
      await expect(stopByLink(forged)).rejects.toMatchObject({ code: 'not_found' });
    // Somebody who can write the row, but not sign it, gains nothing.
    await inSystem((tx) => tx.stopLink.update({ where: { id: otherId }, data: { expiresAt: new Date('2999-01-01') } }));
    await expect(stopByLink(tokenOf(second.url))).rejects.toMatchObject({ code: 'not_found' });
    const short = await createStopLink(owner.ctx, { projectId: null, days: -1 });
    expect((await readStopLink(tokenOf(short.url))).state).toBe('expired');
    await expect(stopByLink(tokenOf(short.url))).rejects.toMatchObject({ code: 'not_permitted' });
    expect(await revokeStopLinks(owner.ctx)).toEqual({ revoked: 3 });
    expect((await readStopLink(tokenOf(first.url))).state).toBe('revoked');
    await expect(stopByLink(tokenOf(first.url))).rejects.toMatchObject({ code: 'not_permitted' });
    expect((await readStop(owner.ctx)).state).toBeNull();
  });

  it('goes to everybody who may stop, with the mail of a launch that is really there', async () => {
    const launch = await buildSimulatedLaunch();
    const deploymentId = await approve(launch);
    expect(await sendLaunchMail(launch.ctx, { deploymentId })).toEqual({ sent: 0 });
    await inSystem((tx) => tx.deployment.update({ where: { id: deploymentId }, data: { state: 'DONE' } }));
    expect(
      await sendLaunchMail({ ...launch.ctx, actor: { type: 'job', name: 'launch-mail' } }, { deploymentId }),
    ).toEqual({
      sent: 1,
    });
  });
});
