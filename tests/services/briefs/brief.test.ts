import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BriefDraft } from '@/lib/domain/brief';
import { closeSendingBoss, plugJobEngine } from '@/lib/jobs/engine';
import { closeDatabase, inWorkspace } from '@/lib/runtime/db';
import { listArtifacts } from '@/lib/services/artifacts/list';
import { briefCardId, loadBriefCards } from '@/lib/services/briefs/card';
import { confirmBrief } from '@/lib/services/briefs/confirm';
import { readBrief } from '@/lib/services/briefs/read';
import { updateBrief } from '@/lib/services/briefs/update';
import { readFile } from '@/lib/services/files/read';
import { storeFile } from '@/lib/services/files/store';
import { buildProject } from '@/tests/factories';

beforeAll(() => plugJobEngine());
afterAll(async () => {
  await closeSendingBoss();
  await closeDatabase();
});

const WHOLE: BriefDraft = {
  businessDescription: 'A bakery',
  product: 'Cakes',
  targetAudience: 'Families',
  goal: 'LEADS',
  monthlyBudget: { minor: '30000', currency: 'EUR' },
  location: 'Porto',
  country: 'PT',
  uniqueSellingPoint: 'Old recipes',
  websiteUrl: 'www.Padaria.pt',
};
type Owner = Awaited<ReturnType<typeof buildProject>>;
const update = (owner: Owner, patch: BriefDraft) =>
  updateBrief(owner.ctx, { projectId: owner.projectId, patch, source: 'owner' });
const events = (owner: Owner) =>
  inWorkspace(owner.ctx.workspaceId, async (tx) =>
    (await tx.event.findMany({ orderBy: { seq: 'asc' } })).map(({ type }) => type),
  );

describe('the brief', () => {
  it('keeps every version, tells "none" from "not asked", and what is missing', async () => {
    const owner = await buildProject();
    expect(await update(owner, { businessDescription: ' A  bakery ' })).toMatchObject({
      version: 1,
      draft: { businessDescription: 'A bakery' },
    });
    const second = await update(owner, { websiteUrl: null, customerValue: null });
    expect(second).toMatchObject({ version: 2, draft: { websiteUrl: null, customerValue: null } });
    expect(second.missing).not.toContain('websiteUrl');
    expect((await readBrief(owner.ctx, owner))?.draft).toEqual({
      businessDescription: 'A bakery',
      websiteUrl: null,
      customerValue: null,
    });
    const versions = await inWorkspace(owner.ctx.workspaceId, (tx) =>
      tx.briefVersion.findMany({ where: { projectId: owner.projectId }, orderBy: { version: 'asc' } }),
    );
    expect(versions.map(({ fields }) => fields)).toEqual([
      { businessDescription: 'A bakery' },
      { businessDescription: 'A bakery', websiteUrl: null, customerValue: null },
    ]);
  });

  it('asks again what does not hold and takes the rest', async () => {
    const owner = await buildProject();
    const saved = await update(owner, {
      product: 'Cakes',
      websiteUrl: 'not a site',
      monthlyBudget: { minor: '-5', currency: 'EUR' },
    });
    expect(saved.problems).toEqual([
      { field: 'websiteUrl', code: 'not_a_website' },
      { field: 'monthlyBudget', code: 'not_positive' },
    ]);
    expect(saved.draft).toEqual({ product: 'Cakes' });
  });

  it('a change that changes nothing makes no version and no event', async () => {
    const owner = await buildProject();
    await update(owner, { product: 'Cakes' });
    expect(await update(owner, { product: 'Cakes' })).toMatchObject({ version: 1, changed: false });
    expect((await events(owner)).filter((type) => type === 'brief.updated')).toHaveLength(1);
  });

  it('two changes at the same moment both count or one is told of the conflict; no version is lost', async () => {
    const owner = await buildProject();
    await update(owner, { product: 'Cakes' });
    const results = await Promise.allSettled([
      update(owner, { location: 'Porto' }),
      update(owner, { targetAudience: 'Families' }),
      update(owner, { uniqueSellingPoint: 'Old recipes' }),
    ]);
    const done = results.filter(({ status }) => status === 'fulfilled').length;
    for (const result of results)
      if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'conflict' });
    expect((await readBrief(owner.ctx, owner))?.version).toBe(1 + done);
  });

  it('is confirmed once, for exactly the version shown, and becomes an artifact', async () => {
    const owner = await buildProject();
    const { version } = await update(owner, WHOLE);
    await confirmBrief(owner.ctx, { projectId: owner.projectId, version });
    await confirmBrief(owner.ctx, { projectId: owner.projectId, version });
    expect((await events(owner)).filter((type) => type === 'brief.confirmed')).toHaveLength(1);
    const [artifact] = await listArtifacts(owner.ctx, { projectId: owner.projectId });
    expect(artifact).toMatchObject({
      type: 'BRIEF',
      card: { kind: 'BRIEF_SUMMARY', version, state: 'confirmed', brief: { websiteUrl: 'https://www.padaria.pt' } },
    });
  });

  it('a confirmation of an older version is refused, and its card reads as superseded', async () => {
    const owner = await buildProject();
    const { version } = await update(owner, WHOLE);
    await update(owner, { location: 'Braga' });
    await expect(confirmBrief(owner.ctx, { projectId: owner.projectId, version })).rejects.toMatchObject({
      code: 'conflict',
    });
    const ids = [version, version + 1].map((one) => briefCardId(owner.projectId, one));
    const cards = await inWorkspace(owner.ctx.workspaceId, (tx) => loadBriefCards(tx, owner.ctx, ids));
    expect(ids.map((id) => cards.get(id))).toMatchObject([
      { state: 'superseded', brief: { location: 'Porto' } },
      { state: 'waiting', brief: { location: 'Braga' } },
    ]);
  });

  it('is not confirmed while something is missing', async () => {
    const owner = await buildProject();
    const { version } = await update(owner, { product: 'Cakes' });
    await expect(confirmBrief(owner.ctx, { projectId: owner.projectId, version })).rejects.toMatchObject({
      code: 'invalid_input',
    });
  });

  it('does not exist for another workspace', async () => {
    const [owner, stranger] = [await buildProject(), await buildProject()];
    const { version } = await update(owner, WHOLE);
    expect(await readBrief(stranger.ctx, { projectId: owner.projectId })).toBeNull();
    await expect(
      updateBrief(stranger.ctx, { projectId: owner.projectId, patch: { product: 'x' }, source: 'owner' }),
    ).rejects.toMatchObject({ code: 'not_found' });
    await expect(confirmBrief(stranger.ctx, { projectId: owner.projectId, version })).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});

describe('files', () => {
  it('are kept once under their hash and answer only their own workspace', async () => {
    const [owner, stranger] = [await buildProject(), await buildProject()];
    const bytes = new TextEncoder().encode('a picture');
    const first = await storeFile(owner.ctx, { bytes, mime: 'image/png', width: 3, height: 4 });
    expect(await storeFile(owner.ctx, { bytes, mime: 'image/png' })).toEqual(first);
    const read = await readFile(owner.ctx, first);
    expect([Buffer.from(read.bytes).toString(), read.width, read.height]).toEqual(['a picture', 3, 4]);
    await expect(readFile(stranger.ctx, first)).rejects.toMatchObject({ code: 'not_found' });
  });
});
