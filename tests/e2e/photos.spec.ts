import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { plainPhoto, shareOfColour } from '../fixtures/photos';
import { connectFacebook, openShop, picture, say, tellEverything } from './owner';

const MAGENTA = [255, 0, 255] as const;
const file = async (name: string, options: Parameters<typeof plainPhoto>[0] = {}) => ({
  name,
  mimeType: 'image/jpeg',
  buffer: Buffer.from(await plainPhoto(options)),
});

/** Through the button an owner sees, which opens the system's own chooser. */
async function choose(page: Page, files: { name: string; mimeType: string; buffer: Buffer }[]) {
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Add photos' }).click();
  await (await chooser).setFiles(files);
}

// At the narrow width alone: a phone is where an owner's photos are.
test.describe('photos of the owner @phone-only', () => {
  test('are seen before they are sent, stand in the message, and are in the pictures of the plan', async ({
    page,
  }, info) => {
    await openShop(page, 'Padaria da Ana');
    await tellEverything(page);

    await choose(page, [await file('cake.jpg'), await file('shop.jpg', { colour: '#2040c0' })]);
    const tray = page.getByRole('list', { name: 'Photos to send' });
    await expect(tray.getByRole('listitem')).toHaveCount(2);
    await expect(tray.getByAltText('Photo 2, ready to send')).toBeVisible();
    await picture(page, info, 'photos-before');
    const found = await new AxeBuilder({ page }).include('form').analyze();
    expect(found.violations.map(({ id }) => id)).toEqual([]);
    await page.getByRole('button', { name: 'Remove photo 2' }).click();
    await expect(tray.getByRole('listitem')).toHaveCount(1);
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await expect(page.getByAltText('Photo you sent')).toBeVisible();
    await expect(tray).toHaveCount(0);
    await expect(page.getByText(/your photo arrived/).last()).toBeVisible();
    await picture(page, info, 'photos-after');
    await page.reload();
    await expect(page.getByAltText('Photo you sent')).toBeVisible();

    await page.getByRole('button', { name: 'Yes, that is right' }).click();
    await connectFacebook(page);
    await expect(page.getByRole('button', { name: 'Approve', exact: true })).toBeVisible({ timeout: 90_000 });
    const drawn = await page
      .locator('img[src^="/api/files/"]')
      .evaluateAll((images) => images.map((image) => (image as HTMLImageElement).src));
    const shares: number[] = [];
    for (const src of new Set(drawn))
      shares.push(await shareOfColour(new Uint8Array(await (await page.request.get(src)).body()), MAGENTA));
    expect(shares.filter((share) => share > 0.1).length).toBeGreaterThanOrEqual(3);
    await picture(page, info, 'photos-plan');
  });

  test('that cannot be used say so in plain words, and the words typed beside them still go', async ({
    page,
  }, info) => {
    await openShop(page, 'Padaria da Ana');
    await choose(page, [
      { name: 'photo.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('not a photo at all, whatever the name says') },
      await file('small.jpg', { width: 90, height: 90 }),
    ]);
    await expect(page.getByText('Photo 1 could not be added. I cannot open that as a photo.')).toBeVisible();
    await expect(page.getByText(/Photo 2 could not be added. That photo is too small/)).toBeVisible();
    await picture(page, info, 'photos-refused');
    await expect(page.getByRole('button', { name: 'Send', exact: true })).toBeDisabled();
    await say(page, 'I run a small bakery in Porto');
    await expect(page.getByRole('list', { name: 'Photos to send' })).toHaveCount(0);
  });
});

test('photos come in by pasting, by dropping and by keyboard', async ({ page }) => {
  await openShop(page, 'Padaria da Ana');
  const bytes = [...(await plainPhoto())];
  const tray = page.getByRole('list', { name: 'Photos to send' });
  for (const [index, kind] of (['paste', 'drop'] as const).entries()) {
    await page.getByRole('textbox', { name: 'Your message' }).evaluate(
      (box, { kind: type, raw }) => {
        const data = new DataTransfer();
        data.items.add(new File([new Uint8Array(raw)], 'a.jpg', { type: 'image/jpeg' }));
        const event =
          type === 'paste'
            ? new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true })
            : new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true });
        box.dispatchEvent(event);
      },
      { kind, raw: bytes },
    );
    await expect(tray.getByAltText(`Photo ${index + 1}, ready to send`)).toBeVisible();
  }
  const attach = page.getByRole('button', { name: 'Add photos' });
  await expect(attach).toBeEnabled();
  const chooser = page.waitForEvent('filechooser');
  await attach.press('Enter');
  await (await chooser).setFiles([await file('third.jpg')]);
  await expect(tray.getByAltText('Photo 3, ready to send')).toBeVisible();
  await page.getByRole('button', { name: 'Remove photo 1' }).focus();
  await page.keyboard.press('Enter');
  await expect(tray.getByRole('listitem')).toHaveCount(2);
});
