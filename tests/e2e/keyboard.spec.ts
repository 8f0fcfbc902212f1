import { expect, type Locator, type Page, test } from '@playwright/test';
import { answered, cardOf, clockOf, heard, picture, timePassed } from './owner';

/** Presses Tab until the target has the focus, as someone without a mouse does. */
async function tabTo(page: Page, target: Locator) {
  await expect(target).toBeVisible({ timeout: 60_000 });
  for (let presses = 0; presses < 120; presses += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab never reaches ${target}`);
}

async function press(page: Page, target: Locator) {
  await tabTo(page, target);
  await page.keyboard.press('Enter');
}

async function type(page: Page, target: Locator, words: string) {
  await tabTo(page, target);
  await page.keyboard.type(words);
}

async function say(page: Page, words: string) {
  const before = await page.getByRole('list', { name: 'Conversation' }).getByRole('listitem').count();
  await type(page, page.getByRole('textbox', { name: 'Your message' }), words);
  await page.keyboard.press('Enter');
  await expect(page.getByText(words).last()).toBeVisible();
  await answered(page, before);
}

test('the whole loop by keyboard alone', async ({ page }, info) => {
  test.setTimeout(420_000);
  const button = (name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' }).last();
  const seen = (text: string | RegExp, timeout = 60_000) =>
    expect(page.getByText(text).last()).toBeVisible({ timeout });

  await page.goto('/');
  await press(page, page.getByRole('link', { name: 'Start with mine' }).first());
  await type(page, page.getByLabel('Your name'), 'Sam');
  await type(page, page.getByLabel('E-mail'), `sam-${Date.now()}@owner.test`);
  await type(page, page.getByLabel('Password'), 'a-long-password');
  await page.keyboard.press('Enter');
  await page.waitForURL(/dashboard/);
  await press(page, button('New shop'));
  await type(page, page.getByLabel('Business name'), 'Padaria da Ana');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/chat\//);

  await seen(/What does your business do/);
  await heard(page);
  await say(page, 'I run a small bakery in Porto, about 900 euros a month, want more birthday cake orders');
  await say(page, 'Families with children. Our website is padaria-da-ana.pt');
  await say(page, 'Everything is baked by hand the same morning');
  await press(page, button('Yes, that is right'));
  await press(page, page.getByRole('link', { name: 'Connect Facebook' }).last());
  await press(page, button(/continue as/i));
  await page.waitForURL(/\/chat\//);

  await press(page, button('Ask for changes'));
  await seen(/Tell me what should be different/);
  await heard(page);
  await say(page, 'Please make it 850 euros a month');
  await seen('Replaced');
  await press(page, button('Approve'));
  await seen(/Facebook checks the ads now|they are running/, 90_000);
  await press(page, button('+1 day'));
  await seen(/Your ads are live/, 90_000);
  await timePassed(page);
  await picture(page, info, 'keyboard-live');

  const decision = page.getByText('I need your decision').first();
  for (let week = 0; week < 7 && (await decision.count()) === 0; week += 1) {
    const clock = await clockOf(page);
    await press(page, button('+1 week'));
    await timePassed(page);
    await cardOf(page, decision, clock);
  }
  await seen('Weekly report');
  await tabTo(page, button('Undo'));
  await press(page, button('Approve'));
  await seen('You approved the change');
  await picture(page, info, 'keyboard-decided');

  await press(page, button(/^Notices/));
  await seen('Your weekly report');
  await page.keyboard.press('Escape');
  await tabTo(page, page.getByRole('tab', { name: 'Tools' }));
  for (const name of ['Papers', 'Activity']) {
    await page.keyboard.press('ArrowRight');
    await expect(page.getByRole('tab', { name })).toHaveAttribute('aria-selected', 'true');
  }
  await picture(page, info, 'keyboard-end');
});
