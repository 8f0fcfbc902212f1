import { expect, test } from '@playwright/test';
import { cardOf, clockOf, connectFacebook, finishOnboarding, heard, passTime, picture, say, signUp } from './owner';

test.describe('the whole loop @phone', () => {
  test('from the landing page to an approved campaign, its numbers, a decision and Monday’s report', async ({
    page,
  }, info) => {
    test.setTimeout(300_000);
    const shot = (name: string) => picture(page, info, name);
    const refused: string[] = [];
    page.on('response', (answer) => {
      if (answer.status() >= 400) refused.push(`${answer.status()} ${answer.request().method()} ${answer.url()}`);
    });

    await page.goto('/');
    await shot('01-landing');
    await signUp(page, 'Padaria da Ana');
    await shot('02-chat-opens');

    await finishOnboarding(page);
    await shot('03-brief');
    await page.getByRole('button', { name: 'Yes, that is right' }).click();
    await expect(page.getByText('You confirmed this')).toBeVisible();

    await expect(page.getByRole('heading', { name: 'Connect Facebook' })).toBeVisible({ timeout: 30_000 });
    await shot('04-connect');
    await connectFacebook(page);
    await shot('05-connected');

    const approve = page.getByRole('button', { name: 'Approve', exact: true });
    await expect(approve).toBeVisible({ timeout: 60_000 });
    await shot('06-plan');
    await page.getByRole('button', { name: 'Ask for changes' }).click();
    await expect(page.getByText(/Tell me what should be different/).first()).toBeVisible();
    await heard(page);
    await say(page, 'Please make it 850 euros a month');
    await expect(page.getByText('Replaced', { exact: true }).first()).toBeVisible({ timeout: 60_000 });
    await expect(approve).toHaveCount(1);
    await shot('06-plan-changed');
    await approve.click();
    await expect(page.getByText(/Facebook checks the ads now|they are running/).first()).toBeVisible({
      timeout: 90_000,
    });
    await shot('07-deployed');

    await passTime(page, '+1 day');
    await expect(page.getByText(/running|live|on air/i).first()).toBeVisible();
    await shot('08-live');

    await passTime(page, '+1 week');
    await expect(page.getByText('Weekly report').first()).toBeVisible();
    await shot('09-report');

    const decision = page.getByText('I need your decision').first();
    for (let week = 0; week < 6 && (await decision.count()) === 0; week += 1) {
      const clock = await clockOf(page);
      await passTime(page, '+1 week');
      await cardOf(page, decision, clock);
    }
    await expect(
      page.getByRole('button', { name: 'Undo' }).first(),
      'the bad ad was paused, or made room for the reserve',
    ).toBeVisible();
    await expect(decision, 'more money is asked for, not taken').toBeVisible();
    await decision.scrollIntoViewIfNeeded();
    await shot('10-decision');
    await approve.last().click();
    await expect(page.getByText('You approved the change').last()).toBeVisible();

    await page.getByRole('button', { name: /^Notices/ }).click();
    await expect(page.getByText('Your weekly report').first()).toBeVisible();
    await shot('11-bell');
    await page.keyboard.press('Escape');

    const openPanel = page.getByRole('button', { name: 'Open tools, papers and activity' });
    if (await openPanel.isVisible()) await openPanel.click();
    for (const [tab, holds] of [
      ['Papers', 'Weekly report'],
      ['Activity', 'daily budget'],
    ] as const) {
      await page.getByRole('tab', { name: tab }).click();
      await expect(page.getByRole('tabpanel', { name: tab }).getByText(new RegExp(holds, 'i')).first()).toBeVisible();
      await shot(`12-${tab.toLowerCase()}`);
    }
    await page.goto('/dashboard');
    await expect(page.getByText('Padaria da Ana').first()).toBeVisible();
    await shot('13-dashboard');
    expect(refused, 'nothing the page asked for was refused').toEqual([]);
  });
});
