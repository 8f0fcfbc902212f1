// JavaScript a page makes the browser fetch on its first load, gzipped, in a fresh browser with an empty cache.
import { gzipSync } from 'node:zlib';

const quiet = 1_500; // milliseconds without a further script: the page has what it needs

/** { files, bytes } of one page. */
export async function firstLoad(browser, address, cookies = []) {
  const context = await browser.newContext();
  try {
    if (cookies.length > 0) await context.addCookies(cookies);
    const page = await context.newPage();
    const scripts = new Map();
    let last = Date.now();
    page.on('response', (response) => {
      if (response.request().resourceType() !== 'script' || !response.ok()) return;
      last = Date.now();
      scripts.set(
        response.url(),
        response.body().catch(() => Buffer.alloc(0)),
      );
    });
    const response = await page.goto(address, { waitUntil: 'load' });
    if (!response?.ok()) throw new Error(`${address} answered ${response?.status()}`);
    const shown = new URL(page.url()).pathname;
    if (shown !== new URL(address).pathname) throw new Error(`${address} led to ${shown}`);
    while (Date.now() - last < quiet) await page.waitForTimeout(100);
    const bodies = await Promise.all(scripts.values());
    return { files: bodies.length, bytes: bodies.reduce((sum, body) => sum + gzipSync(body).length, 0) };
  } finally {
    await context.close();
  }
}
