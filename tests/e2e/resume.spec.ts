import { expect, type Page, test } from '@playwright/test';
import { heard, openShop } from './owner';

const QUESTION = 'I run a small bakery in Porto, about 900 euros a month, want more birthday cake orders';
const texts = (page: Page) => page.locator('[data-message="TEXT"]').allTextContents();

/** Ends once the answer is being written: a first word stands there and the turn still runs. */
async function midAnswer(page: Page) {
  await page.waitForFunction(
    () =>
      (document.querySelector('[data-message="draft"]')?.textContent ?? '').replace(/Aigency|Thinking…/g, '').length >
      8,
    undefined,
    { polling: 20, timeout: 30_000 },
  );
  await expect(page.getByRole('button', { name: 'Stop', exact: true })).toBeVisible();
}

test('reloading in the middle of an answer loses nothing, and a second tab sees it too', async ({ page, context }) => {
  await openShop(page, 'Padaria da Ana');
  const second = await context.newPage();
  await second.goto(page.url());
  await heard(second);
  const before = (await texts(page)).length;

  const box = page.getByRole('textbox', { name: 'Your message' });
  await box.fill(QUESTION);
  await page.keyboard.press('Enter');
  await midAnswer(page);
  await box.fill('half a sentence I was');
  await page.reload();
  await expect(page.getByText(QUESTION)).toHaveCount(1);
  await expect(box).toHaveValue('half a sentence I was');
  await heard(page);
  await heard(second);

  // The question and its answer, each once, whole and the same for both.
  await expect(page.locator('[data-message="draft"]')).toHaveCount(0);
  await expect.poll(async () => (await texts(page)).length).toBeGreaterThanOrEqual(before + 2);
  const answer = (await texts(page)).at(-1) ?? '';
  expect(answer).toMatch(/[.?!]/);
  expect(answer).toContain('?');
  await expect.poll(() => texts(second)).toEqual(await texts(page));
  await page.reload();
  await expect.poll(() => texts(page)).toEqual(await texts(second));
});
