import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { drawPictures } from './pictures';

const PAGES = [
  ['cards', '/dev/gallery'],
  ['chat', '/dev/gallery/chat'],
  ['projects', '/dev/gallery/chat?show=projects'],
  ['admin', '/dev/gallery/admin'],
  ['landing', '/'],
  ['sign-up', '/sign-up'],
] as const;

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
/** Both looks are the same elements; only these rules ask about colour, so the dark look is asked about them alone. */
const COLOUR_RULES = ['color-contrast', 'link-in-text-block'];

const everyRule = (page: Page) => new AxeBuilder({ page }).withTags(TAGS);
/** A phone's width changes no colour. */
const LOOKS = [
  { look: 'wide-light', width: 1440, colorScheme: 'light', checker: everyRule },
  {
    look: 'wide-dark',
    width: 1440,
    colorScheme: 'dark',
    checker: (page: Page) => new AxeBuilder({ page }).withRules(COLOUR_RULES),
  },
  { look: 'narrow-light', width: 390, colorScheme: 'light', checker: everyRule },
] as const;

/** Ads an owner would approve without seeing them, also those behind a fold. */
const cutOffAds = (page: Page) =>
  page.evaluate(() => {
    const folds = [...document.querySelectorAll('details:not([open])')] as HTMLDetailsElement[];
    for (const fold of folds) fold.open = true;
    const cut = [...document.querySelectorAll('figure > div')].filter((ad) => ad.clientHeight + 2 < ad.scrollHeight);
    for (const fold of folds) fold.open = false;
    return cut.length;
  });

for (const [name, address] of PAGES) {
  test(`${name}: wide and narrow, light and dark, nothing an accessibility checker objects to, nothing wider than the window`, async ({
    page,
  }, info) => {
    const answer = await drawPictures(page).then(() => page.goto(address));
    expect(answer?.status(), 'the gallery is open only with AIGENCY_GALLERY=1').toBe(200);
    await page.evaluate(() => document.fonts.ready);
    for (const { look, width, colorScheme, checker } of LOOKS) {
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      const found = await checker(page).analyze();
      const objections = found.violations.map(
        ({ id, nodes }) =>
          `${id}: ${nodes
            .map(({ target }) => target.join(' '))
            .slice(0, 5)
            .join(' | ')}`,
      );
      expect(objections, look).toEqual([]);
      const tooWide = await page.evaluate(
        () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
      );
      expect(tooWide, look).toBe(false);
      if (colorScheme === 'light') expect(await cutOffAds(page), `${look}: ads that cannot be seen whole`).toBe(0);
      const path = info.outputPath(`${name}-${look}.png`);
      await page.screenshot({ path, fullPage: true });
      await info.attach(`${name}-${look}`, { path, contentType: 'image/png' });
    }
  });
}

test('a card can be approved by keyboard alone, once', async ({ page }) => {
  await drawPictures(page);
  const sent: unknown[] = [];
  await page.route('**/api/chat/approve', async (route) => {
    sent.push(route.request().postDataJSON());
    await route.fulfill({ json: { approval: {} } });
  });
  await page.goto('/dev/gallery?only=Launch,%20waits');
  const approve = page.getByRole('button', { name: 'Approve', exact: true });
  await expect(approve).toBeEnabled();
  await expect(page.locator('[inert]'), 'the page hears presses').toHaveCount(0);
  await approve.focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Approved. I am on it.').first()).toBeVisible();
  await expect(approve).toBeHidden();
  expect(sent).toEqual([{ approvalId: 'approval-WAITING', hash: 'a'.repeat(64), decision: 'approve' }]);
});

test('a refused press says why, what it means for the money, and leaves the card to be looked at again', async ({
  page,
}) => {
  await drawPictures(page);
  await page.route('**/api/chat/approve', (route) =>
    route.fulfill({
      status: 409,
      contentType: 'application/problem+json',
      json: {
        type: 'about:blank',
        title: 'This card no longer shows what would run.',
        status: 409,
        code: 'approval_hash_mismatch',
        detail: '',
        money: 'Nothing was approved and nothing was spent.',
        next: 'Open the newest card and check it there.',
        referenceId: 'R-1',
      },
    }),
  );
  await page.goto('/dev/gallery?only=Launch,%20waits');
  await page.getByRole('button', { name: 'Approve', exact: true }).click();
  await expect(
    page.getByRole('alert').filter({ hasText: 'Nothing was approved and nothing was spent.' }),
  ).toBeVisible();
  await expect(page.getByText('Approved. I am on it.')).toHaveCount(0);
});
