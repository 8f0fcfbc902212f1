// `npm run bench`: what the browser is sent, and how soon an answer begins. Against the production build.
import { chromium } from '@playwright/test';
import pg from 'pg';
import { chromiumArguments, findChromium } from '../../scripts/lib/chromium.mjs';
import { startTestStack } from '../../scripts/lib/test-stack.mjs';
import { startBareApp } from './bare-app.mjs';
import { firstEvent } from './first-event.mjs';
import { firstLoad } from './first-load.mjs';
import { benchWrapper } from './wrapper.mjs';

const aims = { '/': 150, '/chat/...': 260 };
const attempts = 7;

/** Prints two tables; answers the figures. */
export async function benchWeb(say) {
  const found = await findChromium();
  const bare = await startBareApp();
  const stack = await startTestStack();
  const browser = await chromium.launch({
    executablePath: found.file,
    args: chromiumArguments,
    env: { ...process.env, ...found.env },
  });
  try {
    const shop = await openPretendShop(stack);
    const pages = [
      ['a bare Next page', `${bare.address}/`, []],
      ['/', `${stack.address}/`, []],
      ['/sign-up', `${stack.address}/sign-up`, []],
      ['/dashboard', `${stack.address}/dashboard`, shop.cookies],
      ['/chat/...', `${stack.address}/chat/${shop.projectId}`, shop.cookies],
    ];
    say('JavaScript on first load (gzip)');
    const loads = {};
    for (const [name, address, cookies] of pages) {
      loads[name] = await firstLoad(browser, address, cookies);
      say(
        `  ${name.padEnd(18)} ${kilobytes(loads[name].bytes).padStart(9)}  ${String(loads[name].files).padStart(3)} files${aims[name] ? `   aim: at most ${aims[name]} KB` : ''}`,
      );
    }
    say(`Time to the first streamed event (median of ${attempts})`);
    const bareEvent = await firstEvent(attempts, () => ({ url: `${bare.address}/api/sse`, init: { method: 'POST' } }));
    say(`  a bare SSE route   ${bareEvent.toFixed(0).padStart(6)} ms`);
    const ourEvent = await firstEvent(attempts, () => message(stack, shop));
    say(`  /api/chat/message  ${ourEvent.toFixed(0).padStart(6)} ms`);
    await benchWrapper(say, stack.database.url);
    return { loads, bareEvent, ourEvent };
  } finally {
    await browser.close();
    await stack.stop();
    await bare.stop();
  }
}

async function openPretendShop({ address, database }) {
  const response = await fetch(`${address}/api/demo`, { method: 'POST', headers: { origin: address } });
  if (!response.ok) throw new Error(`the pretend shop answered ${response.status}: ${await response.text()}`);
  const { projectId } = await response.json();
  const pairs = response.headers.getSetCookie().map((line) => line.split(';')[0].split(/=(.*)/s));
  const cookies = pairs.map(([name, value]) => ({ name, value, url: address }));
  const cookie = pairs.map(([name, value]) => `${name}=${value}`).join('; ');
  const chat = await fetch(`${address}/chat/${projectId}`, { headers: { cookie } }); // opening the page opens the conversation
  await chat.text();
  const client = new pg.Client({ connectionString: database.ownerUrl });
  await client.connect();
  const { rows } = await client.query(
    'SELECT id, "workspaceId" FROM "Conversation" WHERE "projectId" = $1 ORDER BY "createdAt" DESC LIMIT 1',
    [projectId],
  );
  await client.end();
  return { projectId, conversationId: rows[0].id, workspaceId: rows[0].workspaceId, cookies, cookie };
}

const message = ({ address }, { conversationId, workspaceId, cookie }) => ({
  url: `${address}/api/chat/message`,
  init: {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-workspace': workspaceId, origin: address, cookie },
    body: JSON.stringify({ conversationId, content: 'How is it going?' }),
  },
});

const kilobytes = (bytes) => `${(bytes / 1024).toFixed(1)} KB`;
