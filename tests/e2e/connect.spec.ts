import { expect, type Page, test } from '@playwright/test';
import { openShop, picture, tellEverything } from './owner';

/** From an empty account to the pretend Facebook's login page. */
async function toLoginPage(page: Page, scenario?: string) {
  await openShop(page, 'Padaria da Ana');
  await tellEverything(page);
  await page.getByRole('button', { name: 'Yes, that is right' }).click();
  await page.getByRole('link', { name: 'Connect Facebook' }).last().click();
  await expect(page.getByRole('button', { name: /continue as/i })).toBeVisible();
  if (scenario) await page.goto(`${page.url()}&scenario=${scenario}`);
}

const proceed = async (page: Page) => {
  await page.getByRole('button', { name: /continue as/i }).click();
  await page.waitForURL(/\/chat\//);
};

test.describe('connecting Facebook', () => {
  test('with two accounts: the owner chooses on the card, and the plan is for that account', async ({ page }, info) => {
    await toLoginPage(page, 'two-accounts');
    await proceed(page);
    await expect(page.getByText('Which of these belong to this business?')).toBeVisible({ timeout: 30_000 });
    const accounts = page.getByRole('group', { name: 'Ad account' });
    const pages = page.getByRole('group', { name: 'Page' });
    await expect(accounts.getByRole('radio')).toHaveCount(2);
    await expect(pages.getByRole('radio')).toHaveCount(2);
    const use = page.getByRole('button', { name: 'Use these' });
    await expect(use, 'nothing is chosen for the owner').toBeDisabled();
    const euros = accounts.getByRole('radio', { name: /EUR/ });
    await euros.check();
    await expect(use).toBeDisabled();
    await pages.getByRole('radio', { name: /with Instagram/ }).check();
    await picture(page, info, 'two-accounts');
    const chosen = (
      (
        await accounts
          .locator('label')
          .filter({ has: page.getByRole('radio', { name: /EUR/ }) })
          .innerText()
      ).split('\n')[0] ?? ''
    ).trim();
    await use.click();
    const card = page.getByRole('region', { name: 'Chosen for this business' });
    await expect(card.getByText(chosen, { exact: true }).first()).toBeVisible();
    await expect(page.getByRole('button', { name: 'Approve', exact: true })).toBeVisible({ timeout: 90_000 });
    await expect(page.getByText(/€/).last()).toBeVisible();
    await picture(page, info, 'two-accounts-plan');
  });

  test('and pressing Cancel there, then leaving out what ads need: nothing happened, the owner reads what is missing, and is asked again for just that', async ({
    page,
  }, info) => {
    await toLoginPage(page);
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.waitForURL(/\/chat\//);
    await expect(
      page.getByText(/Facebook was not connected, and that is all right: nothing was spent/).first(),
    ).toBeVisible({
      timeout: 30_000,
    });
    await picture(page, info, 'connect-cancelled');
    await page.getByRole('link', { name: 'Connect Facebook' }).last().click();
    await page.getByRole('checkbox', { name: /Manage your ads/ }).uncheck();
    await proceed(page);
    await expect(page.getByText(/You signed in, and one thing is still needed.*set up ads/).first()).toBeVisible({
      timeout: 30_000,
    });
    await expect(page.getByText('Manage your ads: without it I cannot set any up').last()).toBeVisible();
    await picture(page, info, 'connect-left-out');
    await page.getByRole('link', { name: 'Connect again' }).last().click();
    await expect(page.getByRole('checkbox', { name: /Manage your ads/ })).toBeChecked();
    await proceed(page);
    await expect(page.getByRole('button', { name: 'Approve', exact: true })).toBeVisible({ timeout: 90_000 });
  });
});
