import type { Page } from '@playwright/test';

const COLOURS = [
  ['#f4d9c2', '#d9744f', '#0f5b45'],
  ['#dfe9df', '#0f5b45', '#e9a23b'],
  ['#f7e6b5', '#b77f5a', '#9b2c17'],
  ['#d8e3ee', '#274a6e', '#e9a23b'],
] as const;

/** Draws a cake for each picture of the fixtures, so that the gallery needs no file store. */
export async function drawPictures(page: Page): Promise<void> {
  await page.route('**/api/files/*', (route) => {
    const seed = Number.parseInt(route.request().url().slice(-2), 16);
    const [back, cream, plate] = COLOURS[(seed + 3) % 4] ?? COLOURS[0];
    return route.fulfill({
      contentType: 'image/svg+xml',
      body: `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 200"><rect width="200" height="200" fill="${back}"/><rect x="28" y="150" width="144" height="8" rx="4" fill="${plate}"/><path d="M46 104h108v46H46zM66 74h68v30H66z" fill="#fff6ea"/><path d="M46 104h108v14c-9 8-18 8-27 0-9 8-18 8-27 0-9 8-18 8-27 0-9 8-18 8-27 0zM66 74h68v10c-7 6-11 6-17 0-6 6-11 6-17 0-6 6-11 6-17 0-6 6-11 6-17 0z" fill="${cream}"/></svg>`,
    });
  });
}
