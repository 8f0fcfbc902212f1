// The smallest Next app with the same versions: what a page and a stream cost before anything of ours is added.
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Child } from '../../scripts/lib/children.mjs';
import { digestOf, isStamped, stamp } from '../../scripts/lib/digest.mjs';
import { nextProgram } from '../../scripts/lib/next-build.mjs';
import { inData, root } from '../../scripts/lib/paths.mjs';
import { freePort } from '../../scripts/lib/processes.mjs';
import { untilAnswers } from '../../scripts/lib/ready.mjs';

const folder = inData('bare-app');
const files = {
  'package.json': '{ "private": true, "type": "module" }',
  'next.config.mjs': `export default { poweredByHeader: false, turbopack: { root: ${JSON.stringify(root)} } };`,
  // Its own, or the bundler finds ours further up.
  'instrumentation.js': 'export function register() {}',
  'app/layout.jsx':
    'export default function Layout({ children }) { return <html lang="en"><body>{children}</body></html>; }',
  'app/page.jsx': "export const dynamic = 'force-dynamic';\nexport default function Page() { return <p>Hello</p>; }",
  'app/api/sse/route.js': `export const dynamic = 'force-dynamic';
export function POST() {
  const body = new ReadableStream({ start(controller) { controller.enqueue(new TextEncoder().encode('data: {}\\n\\n')); controller.close(); } });
  return new Response(body, { headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store' } });
}`,
};

/** { address, stop } */
export async function startBareApp() {
  const environment = { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' };
  const digest = digestOf(['package-lock.json'], { extra: JSON.stringify(files) });
  if (!isStamped(path.join(folder, 'stamp'), digest)) {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
      writeFileSync(path.join(folder, name), text);
    }
    const built = spawnSync(process.execPath, [nextProgram, 'build', folder], {
      cwd: root,
      env: environment,
      encoding: 'utf8',
    });
    if (built.status !== 0) throw new Error(`the bare app could not be built:\n${built.stdout}${built.stderr}`);
    stamp(path.join(folder, 'stamp'), digest);
  }
  const port = await freePort();
  const address = `http://localhost:${port}`;
  const child = new Child({
    name: 'bare-app',
    args: [nextProgram, 'start', folder, '-H', '127.0.0.1', '-p', String(port)],
    env: environment,
    ready: () => untilAnswers(`http://127.0.0.1:${port}/`),
    quiet: true,
  });
  await child.start();
  return { address, stop: () => child.stop(5_000) };
}
