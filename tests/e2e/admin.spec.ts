import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, type TestInfo, test } from '@playwright/test';
import { openShopWithPlan, passTime } from './owner';

const MENU = 'Your account';

/** Opens one of the pages behind "Your shops" and looks at it in both lights and widths, and with an accessibility checker. */
async function open(page: Page, info: TestInfo, name: string, shot: string) {
  await page.getByRole('navigation', { name: MENU }).getByRole('link', { name }).click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
  await look(page, info, shot);
}

const WIDTHS = { wide: { width: 1440, height: 900 }, narrow: { width: 390, height: 844 } };

async function look(page: Page, info: TestInfo, shot: string) {
  // In the dark look the gallery asks the checker about the same components.
  const found = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']).analyze();
  expect(found.violations.map(({ id, nodes }) => `${shot} ${id}: ${nodes[0]?.target.join(' ')}`)).toEqual([]);
  for (const [width, size] of Object.entries(WIDTHS)) {
    await page.setViewportSize(size);
    const tooWide = await page.evaluate(
      () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
    );
    expect(tooWide, `${shot} is wider than the window`).toBe(false);
    for (const colorScheme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await wholePicture(page, info, `${shot}-${width}-${colorScheme}`);
    }
  }
}

/** The page from top to bottom; a dialog stands in the window, so there the window is the picture. */
async function wholePicture(page: Page, info: TestInfo, name: string) {
  const path = info.outputPath(`${name}.png`);
  await page.screenshot({ path, fullPage: (await page.getByRole('dialog').count()) === 0 });
  await info.attach(name, { path, contentType: 'image/png' });
}

// One walk at the width where things get tight; every page is also pictured and measured at the wide one.
test.describe('what an owner sees behind the shops @phone-only', () => {
  test('a card is decided from the inbox, limits change by a card of their own, everything stops in two presses, and the history tells it all', async ({
    page,
  }, info) => {
    test.setTimeout(360_000);
    // Colours that fade would be pictured half-way.
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
    await openShopWithPlan(page, 'Padaria da Ana');
    const chat = page.url();

    await page.goto('/dashboard');
    await expect(page.getByRole('heading', { level: 1, name: 'Your shops' })).toBeVisible();
    await look(page, info, 'shops');
    await open(page, info, 'Limits', 'limits-none');
    await expect(page.getByText('No limits yet')).toBeVisible();
    await open(page, info, 'Waiting for you', 'inbox');
    await page.getByRole('button', { name: 'Approve', exact: true }).click();
    await expect(page.getByText('Nothing waits for you')).toBeVisible({ timeout: 30_000 });

    await page.goto(chat);
    await passTime(page, '+1 day');
    await expect(page.getByText('Your ads are live').first()).toBeVisible({ timeout: 90_000 });

    await page.goto('/dashboard');
    await open(page, info, 'Limits', 'limits');
    await page.getByRole('button', { name: 'Change limits' }).click();
    const ceiling = page.getByLabel(/Most in a calendar month/);
    await ceiling.fill('lots');
    await page.getByRole('button', { name: 'Make it a card' }).click();
    await expect(page.getByText('Please write an amount like 900 or 12.50.')).toBeVisible();
    await look(page, info, 'limits-change');
    await ceiling.fill('950');
    await page.getByLabel('From').selectOption({ label: '22:00' });
    await page.getByRole('button', { name: 'Make it a card' }).click();
    await expect(page.getByRole('heading', { name: 'A change waits for its press' })).toBeVisible({ timeout: 30_000 });
    await look(page, info, 'limits-card');
    await page.getByRole('button', { name: 'Approve', exact: true }).click();
    await expect(page.getByText('Version 2, in force')).toBeVisible({ timeout: 30_000 });
    await expect(page.getByText('€950', { exact: true }).first()).toBeVisible();
    await expect(page.getByText('22:00 to 07:00')).toBeVisible();

    await open(page, info, 'Connections', 'connections');
    await expect(page.getByText('Works', { exact: true })).toBeVisible();
    await open(page, info, 'Problems', 'problems');

    // One press opens the sheet, the second stops.
    await page.getByRole('button', { name: 'Stop all ads' }).click();
    await look(page, info, 'stop-asks');
    await page.getByRole('button', { name: 'Stop everything now' }).click();
    const sheet = page.getByRole('dialog', { name: 'How it stands' });
    await expect(sheet.getByText('Stopped. Facebook confirmed that the campaign is paused.')).toBeVisible({
      timeout: 60_000,
    });
    await expect(page.getByText('Paused, and checked at Facebook.')).toBeVisible();
    await look(page, info, 'stop-done');
    await page.keyboard.press('Escape');
    await page.goto(chat);
    await page.getByRole('button', { name: /All ads are stopped/ }).click();

    // Lifting it: a card first, inside the sheet; its press alone starts anything.
    await page.getByRole('button', { name: 'Lift the stop…' }).click();
    await expect(page.getByRole('dialog').getByText('What runs again')).toBeVisible({ timeout: 30_000 });
    await look(page, info, 'stop-lift');
    await page.getByRole('button', { name: 'Lift the stop', exact: true }).click();
    await expect(page.getByText(/^The stop is lifted/)).toBeVisible({ timeout: 30_000 });
    await page.getByRole('button', { name: 'Close' }).last().click();
    await expect(page.getByRole('button', { name: 'Stop all ads', exact: true })).toBeVisible();

    await page.goto('/dashboard');
    await open(page, info, 'History', 'history');
    for (const line of [
      /Approved new ads/,
      /Approved other limits/,
      /Stopped all ads/,
      /Lifted the stop/,
      /Connected Facebook/,
    ])
      await expect(page.getByText(line).first()).toBeVisible();
    await page.getByRole('link', { name: 'Stops', exact: true }).click();
    await expect(page.getByText(/Connected Facebook/)).toHaveCount(0);
    await expect(page.getByText(/Stopped all ads/).first()).toBeVisible();
  });
});
