import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeSendingBoss, plugJobEngine } from '@/lib/jobs/engine';
import { createSimulatedWorld } from '@/lib/platforms/meta/simulator';
import { metaWriter } from '@/lib/platforms/meta/writer';
import { closeDatabase } from '@/lib/runtime/db';
import { runDeployment } from '@/lib/services/deployments/run';
import { type Simulator, startSimulator } from '../../contract/meta/simulator-process';
import { approve, buildSimulatedLaunch, standing } from '../../fixtures/simulated-launch';

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator();
  process.env.SIMULATOR_URL = simulator.url;
  plugJobEngine();
}, 60_000);
afterAll(async () => {
  await closeSendingBoss();
  await closeDatabase();
  await simulator.stop();
});

/** A shop without a site whose owner published a form on the Page, with a plan that asks for leads in it. */
async function launchWithForm(formId?: string) {
  const world = await createSimulatedWorld({ scenario: 'shop' });
  const [account, page] = [world.adAccounts[0], world.pages[0]];
  if (!account || !page) throw new Error('an empty world');
  const { id: accountId, currency } = account;
  const access = { platform: 'meta', mode: 'SIMULATED', accountId, token: world.accessToken, currency } as const;
  const { remoteId } = await metaWriter.createLeadForm(access, {
    pageId: page.id,
    name: 'Cake orders',
    locale: 'EN_US',
    privacyPolicyUrl: 'https://shop.example/privacy',
    thanks: { title: 'Thank you', body: 'We will call you.', websiteUrl: null },
  });
  const launch = await buildSimulatedLaunch(
    (plan) => ({
      ...plan,
      goal: 'LEADS',
      pixelId: null,
      leadForm: { id: formId ?? remoteId, name: 'Cake orders' },
      adSets: plan.adSets.map((adSet) => ({
        ...adSet,
        ads: adSet.ads.map((ad) => ({ ...ad, linkUrl: null, callToAction: 'SIGN_UP' })),
      })),
    }),
    world,
  );
  return { launch, remoteId };
}

type Posted = { path: string; params: object; appliedObjectId?: string };
async function posted(account: string): Promise<Posted[]> {
  const answer = await simulator.admin('GET', `requests?method=POST&account=${account}`);
  return (answer as { requests: Posted[] }).requests;
}

async function deploy(launch: Awaited<ReturnType<typeof buildSimulatedLaunch>>) {
  const deploymentId = await approve(launch);
  const ctx = { ...launch.ctx, actor: { type: 'job', name: 'deploy' } } as const;
  await runDeployment(ctx, { deploymentId, signal: new AbortController().signal });
  return standing(launch);
}

describe('a plan that asks for leads in a form', () => {
  it('is brought through the gate: the ad set opens the form, and every creative names it', async () => {
    const { launch, remoteId } = await launchWithForm();
    const { tree, effects, deployment } = await deploy(launch);
    expect(deployment).toMatchObject({ state: 'DONE', errorCode: null });
    const adSet = tree.find(({ level }) => level === 'adset');
    expect(adSet?.fields).toMatchObject({ destination_type: 'ON_AD', optimization_goal: 'LEAD_GENERATION' });
    const creatives = effects.filter(({ kind }) => kind === 'create_creative');
    expect(creatives.length).toBeGreaterThan(0);
    expect(effects.filter(({ state }) => state !== 'DONE')).toEqual([]);
    const made = (await posted(launch.access.accountId)).filter(
      ({ path, appliedObjectId }) => path.endsWith('/adcreatives') && appliedObjectId,
    );
    expect(made.length).toBe(creatives.length);
    for (const { params } of made) expect(JSON.stringify(params)).toContain(remoteId);
  }, 60_000);

  it('starts nothing that costs money when its form is gone', async () => {
    const { launch } = await launchWithForm('999999999999999');
    const { deployment, tree } = await deploy(launch);
    expect(deployment).toMatchObject({ state: 'FAILED' });
    expect(await posted(launch.access.accountId)).not.toContainEqual(
      expect.objectContaining({ params: expect.objectContaining({ status: 'ACTIVE' }) }),
    );
    for (const object of tree.filter(({ level }) => level === 'campaign')) expect(object.status).not.toBe('ACTIVE');
  }, 60_000);
});
