import { describe, expect, it } from 'vitest';
import type { LeadFormDraft } from '@/lib/domain/lead-form';
import { metaReader } from '@/lib/platforms/meta/reader';
import { createSimulatedWorld } from '@/lib/platforms/meta/simulator';
import { metaWriter } from '@/lib/platforms/meta/writer';
import { failDeployment } from '@/lib/services/deployments/end';
import { resumeDeployment } from '@/lib/services/deployments/resume';
import { runDeployment } from '@/lib/services/deployments/run';
import { markerOf } from '@/lib/services/effects/marker';
import { reconcileEffects } from '@/lib/services/mutations/reconcile-effects';
import { approve, buildSimulatedLaunch, standing } from '../../fixtures/simulated-launch';
import { withSimulator } from '../../fixtures/with-simulator';

const simulator = withSimulator({ SIMULATOR_SETTLE_MS: '1000', META_TIMEOUT_MS: '3000' });

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
    language: 'en',
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
        ads: adSet.ads.slice(0, 1).map((ad) => ({ ...ad, linkUrl: null, callToAction: 'SIGN_UP' })),
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

const FORM: LeadFormDraft = {
  title: 'Order a cake',
  intro: 'Leave your details and we call you back.',
  questions: ['NAME', 'PHONE'],
  privacyPolicyUrl: 'https://padaria.example/privacy',
  thanks: { title: 'Thank you', text: 'We call you tomorrow.' },
  language: 'pt',
};

/** The same shop before any form: the plan brings its own. */
const launchOwnForm = () =>
  buildSimulatedLaunch((plan) => ({
    ...plan,
    goal: 'LEADS',
    pixelId: null,
    newLeadForm: FORM,
    adSets: plan.adSets.map((adSet) => ({
      ...adSet,
      ads: adSet.ads.slice(0, 1).map((ad) => ({ ...ad, linkUrl: null, callToAction: 'SIGN_UP' })),
    })),
  }));
type Launch = Awaited<ReturnType<typeof buildSimulatedLaunch>>;
const formsOf = async (launch: Launch) =>
  metaReader.listLeadForms(launch.access, { pageId: launch.world.pages[0]?.id ?? '' });

async function runToEnd(launch: Launch): Promise<void> {
  const deploymentId = await approve(launch);
  const ctx = { ...launch.ctx, actor: { type: 'job', name: 'deploy' } } as const;
  for (let run = 0; run < 20; run += 1) {
    const outcome = await runDeployment(ctx, { deploymentId, signal: new AbortController().signal });
    if (!outcome) return;
    await new Promise((resolve) => setTimeout(resolve, outcome.snoozeSeconds * 1000));
  }
  throw new Error('the deployment never ended');
}

describe('a plan that brings its own form', () => {
  it('publishes exactly the approved form before any ad set, and everything after it names that form', async () => {
    const launch = await launchOwnForm();
    await runToEnd(launch);
    const { deployment, objects, effects } = await standing(launch);
    expect(deployment).toMatchObject({ state: 'DONE', errorCode: null });
    const [form, ...more] = await formsOf(launch);
    expect(more).toEqual([]);
    expect(objects.filter(({ level }) => level === 'leadform')).toMatchObject([
      { localKey: 'form', remoteId: form?.externalId, status: null },
    ]);
    const requests = (await simulator.admin('GET', `requests?method=POST&world=${launch.world.worldId}`)) as {
      requests: Posted[];
    };
    const edges = requests.requests.map(({ path }) => path.split('/').at(-1));
    expect(edges.indexOf('leadgen_forms')).toBeLessThan(edges.indexOf('campaigns'));
    const marker = effects.find(({ kind }) => kind === 'create_lead_form')?.marker;
    // The record keeps the proof beside it, digested.
    expect(requests.requests.find(({ path }) => path.endsWith('/leadgen_forms'))?.params).toEqual({
      appsecret_proof: expect.stringMatching(/^sha256:/),
      name: `${launch.plan.name} · form · ${marker}`,
      locale: 'PT_PT',
      questions: [{ type: 'FULL_NAME' }, { type: 'PHONE' }],
      privacy_policy: { url: 'https://padaria.example/privacy' },
      context_card: {
        title: 'Order a cake',
        style: 'PARAGRAPH_STYLE',
        content: ['Leave your details and we call you back.'],
      },
      thank_you_page: { title: 'Thank you', body: 'We call you tomorrow.', button_type: 'NONE' },
    });
    const creative = requests.requests.find(({ path }) => path.endsWith('/adcreatives'));
    expect(JSON.stringify(creative?.params)).toContain(`"lead_gen_form_id":"${form?.externalId}"`);
  }, 120_000);

  it.each(['drop_after', 'drop_before'])(
    'after a lost answer (%s) the Page has one form and no more',
    async (kind) => {
      const launch = await launchOwnForm();
      await simulator.admin('POST', 'faults', {
        kind,
        world: launch.world.worldId,
        match: { method: 'POST', path: 'leadgen_forms' },
      });
      await runToEnd(launch);
      expect((await standing(launch)).deployment).toMatchObject({ state: 'DONE' });
      expect(await formsOf(launch)).toHaveLength(1);
    },
    60_000,
  );

  it('nothing is published while the look gives nothing certain', async () => {
    const launch = await launchOwnForm();
    const lost = { world: launch.world.worldId, match: { method: 'POST', path: 'leadgen_forms' } };
    await simulator.admin('POST', 'faults', { kind: 'drop_before', ...lost });
    await simulator.admin('POST', 'faults', {
      kind: 'http_500',
      times: 0,
      world: launch.world.worldId,
      match: { method: 'GET', path: 'leadgen_forms' },
    });
    const deploymentId = await approve(launch);
    const run = () => runDeployment(launch.ctx, { deploymentId, signal: new AbortController().signal });
    expect(await run()).toMatchObject({ snoozeSeconds: expect.any(Number) });
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    expect(await run()).toMatchObject({ snoozeSeconds: expect.any(Number) });
    const { effects } = await standing(launch);
    expect(effects.find(({ kind }) => kind === 'create_lead_form')).toMatchObject({ state: 'UNKNOWN', remoteId: null });
    expect(effects.some(({ kind }) => kind === 'create_campaign')).toBe(false);
  }, 120_000);

  it('one that a given-up launch may have published is looked for by the sweep, and taken up by the resumed launch', async () => {
    const launch = await launchOwnForm();
    await simulator.admin('POST', 'faults', {
      kind: 'drop_after',
      world: launch.world.worldId,
      match: { method: 'POST', path: 'leadgen_forms' },
    });
    const deploymentId = await approve(launch);
    const ctx = { ...launch.ctx, actor: { type: 'job', name: 'deploy' } } as const;
    const run = () => runDeployment(ctx, { deploymentId, signal: new AbortController().signal });
    expect(await run()).toMatchObject({ snoozeSeconds: expect.any(Number) });
    await failDeployment(ctx, { deploymentId, code: 'platform_retry_later', reason: 'test' });
    expect((await reconcileEffects(ctx, { afterMinutes: 0 })).found).toEqual([`${deploymentId}:lead-form`]);
    expect((await reconcileEffects(ctx, { afterMinutes: 0 })).looked).toBe(0);
    await resumeDeployment(launch.ctx, { deploymentId });
    for (let again = 0; again < 10 && (await run()); again += 1) await new Promise((r) => setTimeout(r, 1_000));
    expect((await standing(launch)).deployment).toMatchObject({ state: 'DONE' });
    expect(await formsOf(launch)).toHaveLength(1);
  }, 120_000);

  it('a form that asks something else than what was approved is not adopted', async () => {
    const launch = await launchOwnForm();
    const deploymentId = await approve(launch);
    const marker = markerOf(`${deploymentId}:lead-form`);
    await simulator.admin('POST', 'faults', {
      kind: 'drop_before',
      world: launch.world.worldId,
      match: { method: 'POST', path: 'leadgen_forms' },
    });
    const ctx = { ...launch.ctx, actor: { type: 'job', name: 'deploy' } } as const;
    const run = () => runDeployment(ctx, { deploymentId, signal: new AbortController().signal });
    await run();
    await metaWriter.createLeadForm(launch.access, {
      pageId: launch.world.pages[0]?.id ?? '',
      name: `Somebody else’s · ${marker}`,
      language: 'en',
      privacyPolicyUrl: 'https://other.example/privacy',
      thanks: { title: 'Thank you', body: 'Bye.', websiteUrl: null },
    });
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    await run();
    const { deployment, effects } = await standing(launch);
    expect(deployment).toMatchObject({ state: 'FAILED', errorCode: 'platform_unknown_outcome' });
    expect(effects.some(({ kind }) => kind === 'create_campaign')).toBe(false);
  }, 120_000);
});

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
  }, 120_000);

  it('starts nothing that costs money when its form is gone', async () => {
    const { launch } = await launchWithForm('999999999999999');
    const { deployment, tree } = await deploy(launch);
    expect(deployment).toMatchObject({ state: 'FAILED' });
    expect(await posted(launch.access.accountId)).not.toContainEqual(
      expect.objectContaining({ params: expect.objectContaining({ status: 'ACTIVE' }) }),
    );
    for (const object of tree.filter(({ level }) => level === 'campaign')) expect(object.status).not.toBe('ACTIVE');
  }, 120_000);
});
