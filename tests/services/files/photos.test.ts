import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { listArtifacts } from '@/lib/services/artifacts/list';
import { acceptPhoto } from '@/lib/services/files/accept-photo';
import { readFile } from '@/lib/services/files/read';
import { listMessages } from '@/lib/services/messages/list';
import { receiveMessage } from '@/lib/services/messages/receive';
import { draftCampaign } from '@/lib/services/plans/draft-campaign';
import { buildConversation, buildOwner } from '@/tests/factories';
import { plainPhoto, shareOfColour } from '@/tests/fixtures/photos';
import { withSimulator } from '../../fixtures/with-simulator';
import { buildShop, IDEAS } from '../plans/simulated-shop';

withSimulator({ META_TIMEOUT_MS: '5000' });

const MAGENTA = [255, 0, 255] as const;

describe('a photo on its way in', () => {
  it.each(['jpeg', 'png', 'webp'] as const)('%s is taken, written anew, and private to its workspace', async (type) => {
    const owner = await buildOwner();
    const { fileId, width, height } = await acceptPhoto(owner.ctx, { upload: await plainPhoto({ type }) });
    const kept = await readFile(owner.ctx, { sha256: fileId });
    expect([kept.mime, width, height]).toEqual(['image/jpeg', 900, 700]);
    expect(await shareOfColour(kept.bytes, MAGENTA)).toBeGreaterThan(0.99);
    const stranger = await buildOwner();
    await expect(readFile(stranger.ctx, { sha256: fileId })).rejects.toMatchObject({ code: 'not_found' });
  });

  it('loses where it was taken and with what, and stands upright', async () => {
    const owner = await buildOwner();
    const upload = await plainPhoto({ width: 800, height: 500, orientation: 6 });
    expect(Buffer.from(upload).includes('SecretPhone')).toBe(true);
    const { fileId, width, height } = await acceptPhoto(owner.ctx, { upload });
    expect([width, height]).toEqual([500, 800]);
    const { bytes } = await readFile(owner.ctx, { sha256: fileId });
    const { exif, icc, xmp, orientation } = await sharp(bytes).metadata();
    expect([exif, icc, xmp, orientation]).toEqual([undefined, undefined, undefined, undefined]);
    expect(Buffer.from(bytes).includes('SecretPhone')).toBe(false);
  });

  it('is never larger than ads need', async () => {
    const owner = await buildOwner();
    const photo = await acceptPhoto(owner.ctx, { upload: await plainPhoto({ width: 4000, height: 1000 }) });
    expect([photo.width, photo.height]).toEqual([2048, 512]);
  });

  it('goes by its bytes: what only claims to be a picture, is cut short or holds a script is refused', async () => {
    const { ctx } = await buildOwner();
    const whole = await plainPhoto({ type: 'png' });
    const refused = { code: 'file_not_a_photo' };
    const svg = new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg" width="900" height="900"/>');
    await expect(acceptPhoto(ctx, { upload: svg })).rejects.toMatchObject(refused);
    await expect(acceptPhoto(ctx, { upload: new TextEncoder().encode('GIF89a and more') })).rejects.toMatchObject(
      refused,
    );
    await expect(acceptPhoto(ctx, { upload: whole.slice(0, 60) })).rejects.toMatchObject(refused);
    await expect(acceptPhoto(ctx, { upload: whole.slice(0, 8) })).rejects.toMatchObject(refused);
    await expect(acceptPhoto(ctx, { upload: new Uint8Array() })).rejects.toMatchObject(refused);
  });

  it('of 199 pixels is too small, of 200 is not', async () => {
    const { ctx } = await buildOwner();
    await expect(acceptPhoto(ctx, { upload: await plainPhoto({ height: 199 }) })).rejects.toMatchObject({
      code: 'file_too_small',
    });
    await expect(acceptPhoto(ctx, { upload: await plainPhoto({ height: 200 }) })).resolves.toMatchObject({
      height: 200,
    });
  });

  it('finds room up to the workspace’s share and not one byte beyond, however many come at once; the same photo costs nothing', async () => {
    const { ctx } = await buildOwner();
    const red = await acceptPhoto(ctx, { upload: await plainPhoto({ colour: '#ff0000' }) });
    const { bytes } = await readFile(ctx, { sha256: red.fileId });
    const limitBytes = bytes.length;
    await expect(acceptPhoto(ctx, { upload: await plainPhoto({ colour: '#ff0000' }), limitBytes })).resolves.toEqual(
      red,
    );
    await expect(
      acceptPhoto(ctx, { upload: await plainPhoto({ colour: '#00ff00' }), limitBytes }),
    ).rejects.toMatchObject({
      code: 'storage_full',
    });
    const room = Math.floor(limitBytes * 2.5);
    const colours = ['#0000ff', '#123456', '#654321', '#ffff00'];
    const outcomes = await Promise.allSettled(
      colours.map(async (colour) => acceptPhoto(ctx, { upload: await plainPhoto({ colour }), limitBytes: room })),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled').length).toBe(1);
  });
});

describe('photos of a message', () => {
  it('stand in the message and among the papers, once each', async () => {
    const chat = await buildConversation();
    const { fileId } = await acceptPhoto(chat.ctx, { upload: await plainPhoto() });
    const send = (clientMessageId: string) =>
      receiveMessage(chat.ctx, {
        conversationId: chat.conversationId,
        content: '',
        attachments: [fileId],
        clientMessageId,
      });
    const first = await send('message-1');
    expect(await send('message-1')).toEqual({ turnId: first.turnId, duplicate: true });
    const messages = await listMessages(chat.ctx, { conversationId: chat.conversationId });
    expect(messages.filter(({ role }) => role === 'owner').map(({ attachments }) => attachments)).toEqual([
      [{ fileId, width: 900, height: 700 }],
    ]);
    const papers = await listArtifacts(chat.ctx, { projectId: chat.projectId });
    expect(papers.filter(({ type }) => type === 'IMAGE').map(({ downloadHref }) => downloadHref)).toEqual([
      `/api/files/${fileId}?workspace=${chat.ctx.workspaceId}`,
    ]);
  });

  it('of another tenant, or ones we drew ourselves, are not found and nothing is sent', async () => {
    const chat = await buildConversation();
    const stranger = await buildOwner();
    const { fileId } = await acceptPhoto(stranger.ctx, { upload: await plainPhoto() });
    for (const attachments of [[fileId], ['0'.repeat(64)]])
      await expect(
        receiveMessage(chat.ctx, { conversationId: chat.conversationId, content: 'Look', attachments }),
      ).rejects.toMatchObject({ code: 'not_found' });
    const messages = await listMessages(chat.ctx, { conversationId: chat.conversationId });
    expect(messages.filter(({ role }) => role === 'owner')).toEqual([]);
    expect(await listArtifacts(chat.ctx, { projectId: chat.projectId })).toEqual([]);
  });
});

describe('the next plan', () => {
  it('shows the photo in its pictures, pixel by pixel; so does the next version of a plan that was drawn without it', async () => {
    const shop = await buildShop();
    const draft = () => draftCampaign(shop.ctx, { ...shop, ideas: IDEAS });
    const pictures = async (drafted: Awaited<ReturnType<typeof draft>>) => {
      if (!drafted.ready) throw new Error(drafted.problem);
      const shares = drafted.plan.adSets[0]?.ads.map(async ({ images }) =>
        shareOfColour((await readFile(shop.ctx, { sha256: images.square })).bytes, MAGENTA),
      );
      return Promise.all(shares ?? []);
    };
    expect(Math.max(...(await pictures(await draft())))).toBeLessThan(0.01);

    const { fileId } = await acceptPhoto(shop.ctx, { upload: await plainPhoto() });
    await receiveMessage(shop.ctx, { conversationId: shop.conversationId, content: 'My cakes', attachments: [fileId] });
    const withPhoto = await draft();
    expect(withPhoto.ready && withPhoto.version).toBe(2);
    const shares = await pictures(withPhoto);
    expect(shares.length).toBe(3);
    for (const share of shares) expect(share).toBeGreaterThan(0.15);

    const unchanged = await draft();
    expect(unchanged.ready && unchanged.changed).toBe(false);
  }, 120_000);
});
