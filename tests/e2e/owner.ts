import { expect, type Locator, type Page, type TestInfo } from '@playwright/test';

/** What an owner does in the browser, in the owner's order. */

/** Keeps a picture of a step as a test artefact, in test-results/. */
export async function picture(page: Page, info: TestInfo, name: string) {
  const path = info.outputPath(`${name}.png`);
  await page.screenshot({ path });
  await info.attach(name, { path, contentType: 'image/png' });
}

export async function signUp(page: Page, shop: string) {
  await page.goto('/');
  await page.getByRole('link', { name: 'Start with mine' }).first().click();
  await page.getByLabel('Your name').fill('Ana Martins');
  await page.getByLabel('E-mail').fill(`ana-${Date.now()}-${Math.floor(Math.random() * 1e6)}@owner.test`);
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Create my account' }).click();
  await page.waitForURL(/dashboard|chat/);
  if (page.url().includes('dashboard')) await newShop(page, shop);
  await page.waitForURL(/\/chat\//);
}

const PASSWORD = 'a-long-password';

/** The same with an account made over HTTP: for tests that are about something later. Ends in the shop's chat. */
export async function openShop(page: Page, shop: string) {
  const email = `ana-${Date.now()}-${Math.floor(Math.random() * 1e6)}@owner.test`;
  const send = () =>
    page.request.post('/api/auth/sign-up/email', { data: { name: 'Ana Martins', email, password: PASSWORD } });
  let answer = await send();
  // Few may sign up in the same ten seconds from one address; tests side by side take turns.
  for (let turn = 0; turn < 5 && answer.status() === 429; turn += 1) {
    await page.waitForTimeout(3_000);
    answer = await send();
  }
  expect(answer.ok(), `sign-up: ${answer.status()} ${await answer.text()}`).toBe(true);
  await page.goto('/dashboard');
  await newShop(page, shop);
  await greeted(page);
}

async function newShop(page: Page, shop: string) {
  await page.getByRole('button', { name: 'New shop' }).first().click();
  await page.getByRole('dialog').getByLabel('Business name').fill(shop);
  await page.getByRole('dialog').getByRole('button', { name: 'Open the chat' }).click();
  await page.waitForURL(/\/chat\//);
}

/** The first question stands there and the owner may write. */
export async function greeted(page: Page) {
  await expect(page.getByText(/What does your business do/).first()).toBeVisible({ timeout: 20_000 });
  await heard(page);
}

/** Everything the brief needs in one message, up to the card that sums it up. */
export async function tellEverything(page: Page) {
  await say(
    page,
    'I run a small bakery in Porto, about 900 euros a month, want more birthday cake orders. Our website is padaria-da-ana.pt. My customers are families with children. We are known for cakes baked by hand the same morning.',
  );
  await expect(page.getByRole('button', { name: 'Yes, that is right' })).toBeVisible({ timeout: 30_000 });
  await heard(page);
}

/** From nothing to a plan that waits for its press. */
export async function openShopWithPlan(page: Page, shop: string) {
  await openShop(page, shop);
  await tellEverything(page);
  await page.getByRole('button', { name: 'Yes, that is right' }).click();
  await connectFacebook(page);
  await expect(page.getByRole('button', { name: 'Approve', exact: true })).toBeVisible({ timeout: 90_000 });
}

export async function say(page: Page, words: string) {
  const box = page.getByRole('textbox', { name: 'Your message' });
  await box.fill(words);
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(page.getByText(words).last()).toBeVisible();
}

/** The agent has finished speaking: the composer offers Send again. */
export async function heard(page: Page) {
  await expect(page.getByRole('button', { name: 'Stop', exact: true })).toHaveCount(0, { timeout: 30_000 });
}

/** Both the owner's words and a whole answer to them stand in the list, which had `before` lines until then. */
export async function answered(page: Page, before: number) {
  const lines = page.getByRole('list', { name: 'Conversation' }).getByRole('listitem');
  await expect.poll(() => lines.count(), { timeout: 30_000 }).toBeGreaterThanOrEqual(before + 2);
  await expect(page.locator('[data-message="draft"]')).toHaveCount(0, { timeout: 30_000 });
  await heard(page);
}

const ANSWERS: readonly [RegExp, string][] = [
  [/like about you|come back/i, 'Everything is baked by hand the same morning'],
  [/website|web address/i, 'Our website is padaria-da-ana.pt'],
  [/who|customers|for whom/i, 'Families in Porto who celebrate birthdays'],
  [/special|different|why/i, 'Everything is baked by hand the same morning'],
  [/worth/i, 'I do not know'],
  [/budget|month|spend/i, '900 euros a month'],
  [/where|place|town/i, 'Porto, Portugal'],
];

/** Answers the agent's questions, whatever their order, until it sums up. */
export async function finishOnboarding(page: Page) {
  await greeted(page);
  const lines = page.getByRole('list', { name: 'Conversation' }).getByRole('listitem');
  let before = await lines.count();
  await say(page, 'I run a small bakery in Porto, about 900 euros a month, want more birthday cake orders');
  const summary = page.getByRole('button', { name: 'Yes, that is right' });
  for (let question = 0; question < 8; question += 1) {
    await answered(page, before);
    if (await summary.isVisible().catch(() => false)) return;
    before = await lines.count();
    const last = await lines.last().innerText();
    const answer =
      ANSWERS.find(([asked]) => asked.test(last.split(/[.!]\s/).at(-1) ?? last)) ??
      ANSWERS.find(([asked]) => asked.test(last));
    await say(page, answer?.[1] ?? 'Families in Porto');
  }
  await expect(summary).toBeVisible();
}

/** Through the simulator's login page and back to the same place in the chat. */
export async function connectFacebook(page: Page) {
  await page
    .getByRole('link', { name: 'Connect Facebook' })
    .or(page.getByRole('button', { name: 'Connect Facebook' }))
    .last()
    .click();
  await page.getByRole('button', { name: /continue as/i }).click();
  await page.waitForURL(/\/chat\//);
}

export async function passTime(page: Page, step: '+4 hours' | '+1 day' | '+1 week') {
  const bar = page.getByRole('region', { name: /time machine/i });
  await bar.getByRole('button', { name: step }).click();
  await timePassed(page);
}

/** After a press on the time machine: everything that fell due has run. */
export async function timePassed(page: Page) {
  const button = page.getByRole('region', { name: /time machine/i }).getByRole('button', { name: '+1 day' });
  await expect(button).toBeDisabled();
  await expect(button).toBeEnabled({ timeout: 120_000 });
}

const WEEK_MS = 7 * 86_400_000;

/** How far ahead the pretend shop's time is, ms. */
export async function clockOf(page: Page): Promise<number> {
  const projectId = new URL(page.url()).pathname.split('/')[2];
  const answer = await page.request.get(`/api/projects/${projectId}/clock`);
  return ((await answer.json()) as { offsetMs: number }).offsetMs;
}

/** Time stops where a card comes up, and the card arrives a moment later; after a whole week none is on its way. */
export async function cardOf(page: Page, card: Locator, clockBefore: number) {
  const stopped = (await clockOf(page)) - clockBefore < WEEK_MS;
  await card.waitFor({ timeout: stopped ? 8_000 : 1_000 }).catch(() => undefined);
}
