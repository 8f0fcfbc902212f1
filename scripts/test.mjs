// `npm test`: everything. `npm run test:<part> -- <file>`: one part, one file.
import { run, say, seconds, warn } from './lib/say.mjs';
import { setup } from './setup.mjs';

await run(async () => {
  const [part, ...filters] = process.argv.slice(2);
  await setup();
  const { checkTypes, interrupt, runVitest, runBrowserTests, vitestProjects } = await import('./lib/test-steps.mjs');
  const { stopIdleCluster, testCluster } = await import('./postgres/cluster.mjs');
  stopWithParent(interrupt);

  const sections = [];
  const section = async (title, work) => {
    const began = Date.now();
    say(`\n=== ${title}`);
    const result = await work().catch((error) => {
      warn(error.message);
      return { passed: 0, failed: 1, ok: false };
    });
    sections.push(result);
    say(`--- ${title}: ${result.passed ?? 0} passed, ${result.failed ?? 0} failed in ${seconds(began)}`);
  };

  if (part === 'e2e') await section('Browser', () => runBrowserTests(filters));
  else if (vitestProjects.includes(part)) await section(part, () => runVitest([part], filters));
  else {
    const { buildWeb } = await import('./lib/next-build.mjs');
    await section('Types', checkTypes);
    let built = false;
    await section('Build', async () => {
      await buildWeb({ say });
      built = true;
      return { ok: true };
    });
    await section('Unit, services, contract and faults', () => runVitest([], process.argv.slice(2)));
    if (built) await section('Browser', () => runBrowserTests());
  }

  await stopIdleCluster(testCluster);
  const total = (name) => sections.reduce((sum, result) => sum + (result[name] ?? 0), 0);
  process.exitCode = sections.every((result) => result.ok) ? 0 : 1;
  say(`\n${total('passed')} passed, ${total('failed')} failed`);
});

/** Ctrl-C, a polite kill or a vanished parent end the running section, which then cleans up after itself. */
function stopWithParent(interrupt) {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, interrupt);
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) interrupt();
  }, 1_000).unref();
}
