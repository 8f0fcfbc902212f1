// The two test runners, with their counts.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { chromiumArguments, findChromium } from './chromium.mjs';
import { inData, inRoot, root } from './paths.mjs';
import { say } from './say.mjs';
import { startTestStack } from './test-stack.mjs';

export const vitestProjects = ['unit', 'architecture', 'services', 'contract', 'faults'];

let current;
let interrupted = false;

/** Ends the running test program; what the section started is stopped by the section itself. */
export function interrupt() {
  interrupted = true;
  current?.kill('SIGTERM');
}

function runNode(args, env = {}) {
  if (interrupted) return Promise.resolve(130);
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    current = child;
    child.on('error', reject);
    child.on('close', (code, signal) => {
      current = undefined;
      resolve(code ?? (signal ? 130 : 0));
    });
  });
}

function reportFile(name) {
  mkdirSync(inData('reports'), { recursive: true });
  const file = inData('reports', `${name}-${process.pid}.json`);
  rmSync(file, { force: true });
  return file;
}

/** { passed, failed, ok }: `ok` also counts what is not a test, such as a file that does not load. */
export async function runVitest(projects, filters = []) {
  const report = reportFile('vitest');
  const args = [
    inRoot('node_modules', 'vitest', 'vitest.mjs'),
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ];
  // A part may be several projects: contract, contract-simulator.
  for (const project of projects) args.push('--project', `${project}*`);
  const code = await runNode([...args, ...filters]);
  const counts = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : {};
  const failedFiles = (counts.testResults ?? []).filter(
    (file) => file.status === 'failed' && file.assertionResults.every((test) => test.status !== 'failed'),
  ).length;
  return outcome(code, counts.numPassedTests ?? 0, (counts.numFailedTests ?? 0) + failedFiles);
}

/** Counts as one test. */
export async function checkTypes() {
  const code = await runNode([inRoot('node_modules', 'typescript', 'bin', 'tsc'), '--noEmit', '--pretty', 'false']);
  return outcome(code, code === 0 ? 1 : 0, 0);
}

const hasBrowserTests = () =>
  existsSync(inRoot('tests', 'e2e')) &&
  readdirSync(inRoot('tests', 'e2e'), { recursive: true }).some((name) => String(name).endsWith('.spec.ts'));

export async function runBrowserTests(filters = []) {
  if (!hasBrowserTests()) {
    say('There are no browser tests yet.');
    return outcome(0, 0, 0);
  }
  // A stack takes longer to start than the person who pressed Ctrl-C waits before looking.
  if (interrupted) return outcome(130, 0, 0);
  const chromium = await findChromium();
  const stack = await startTestStack();
  say(`Browser: ${chromium.file} (${chromium.from}). App: ${stack.address}`);
  try {
    const report = reportFile('browser');
    const code = await runNode([inRoot('node_modules', '@playwright', 'test', 'cli.js'), 'test', ...filters], {
      ...chromium.env,
      CHROMIUM_EXECUTABLE: chromium.file,
      CHROMIUM_ARGUMENTS: chromiumArguments.join(' '),
      E2E_REPORT: report,
      BASE_URL: stack.address,
      SIMULATOR_URL: stack.simulatorUrl,
      SIMULATOR_ADMIN_KEY: stack.env.SIMULATOR_ADMIN_KEY,
      CRON_SECRET: stack.env.CRON_SECRET,
      DATABASE_URL: stack.database.url,
      OUTBOX_DIR: stack.env.OUTBOX_DIR,
    });
    const stats = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')).stats : {};
    return outcome(code, (stats.expected ?? 0) + (stats.flaky ?? 0), stats.unexpected ?? 0);
  } finally {
    await stack.stop();
  }
}

const outcome = (code, passed, failed) => ({ passed, failed: code !== 0 && failed === 0 ? 1 : failed, ok: code === 0 });
