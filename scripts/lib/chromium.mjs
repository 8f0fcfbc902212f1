// Finds a Chromium for the browser tests, on any machine, with as little as possible done to it.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { inData, inRoot, root } from './paths.mjs';
import { PlainError, say } from './say.mjs';

const remembered = inData('chromium.json');

/** { file, env, from }: the program and what must be in its environment. */
export async function findChromium() {
  if (existsSync(remembered) && !process.env.CHROMIUM_PATH) {
    const found = JSON.parse(readFileSync(remembered, 'utf8'));
    if (existsSync(found.file) && starts(found)) return found;
  }
  for (const look of [named, installed, playwrights, packaged, downloaded, debians]) {
    const found = await look();
    if (!found || !starts(found)) continue;
    writeFileSync(remembered, JSON.stringify(found));
    return found;
  }
  throw new PlainError(
    'No Chromium was found or could be installed. Install Chrome or Chromium, or name one with CHROMIUM_PATH, and run npm test again.',
  );
}

/** As root and without a network: no sandbox, no background calls. */
export const chromiumArguments = [
  '--no-sandbox',
  '--disable-dev-shm-usage',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

function starts({ file, env = {} }) {
  const result = spawnSync(file, ['--version', '--no-sandbox'], {
    env: { ...process.env, ...env },
    encoding: 'utf8',
    timeout: 20_000,
  });
  return result.status === 0 && /\d+\.\d+/.test(result.stdout);
}

function named() {
  const file = process.env.CHROMIUM_PATH;
  if (!file) return undefined;
  if (!existsSync(file)) throw new PlainError(`CHROMIUM_PATH names ${file}, which does not exist.`);
  return { file, from: 'CHROMIUM_PATH' };
}

const commands = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'microsoft-edge'];
const applications = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

function installed() {
  const folders = (process.env.PATH ?? '').split(path.delimiter);
  const file = [...commands.flatMap((name) => folders.map((folder) => path.join(folder, name))), ...applications].find(
    (candidate) => existsSync(candidate),
  );
  return file && { file, from: 'this machine' };
}

async function playwrights() {
  const { chromium } = await import('@playwright/test');
  const file = chromium.executablePath();
  return existsSync(file) ? { file, from: 'Playwright' } : undefined;
}

function packaged() {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined;
  if (!existsSync(inRoot('node_modules', '@sparticuz', 'chromium'))) return undefined;
  const result = spawnSync(process.execPath, [inRoot('scripts', 'lib', 'unpack-chromium.mjs')], {
    cwd: root,
    encoding: 'utf8',
  });
  return result.status === 0 ? { ...JSON.parse(result.stdout), from: 'the package @sparticuz/chromium' } : undefined;
}

async function downloaded() {
  say('Downloading a browser for the tests...');
  const program = inRoot('node_modules', '@playwright', 'test', 'cli.js');
  const asRoot = process.getuid?.() === 0 ? ['--with-deps'] : [];
  spawnSync(process.execPath, [program, 'install', ...asRoot, 'chromium'], {
    cwd: root,
    stdio: 'ignore',
    timeout: 300_000,
  });
  return playwrights();
}

function debians() {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return undefined;
  say("Installing Debian's Chromium for the tests...");
  const options = { stdio: 'ignore', timeout: 600_000, env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
  spawnSync('apt-get', ['update'], options);
  spawnSync('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], options);
  return installed();
}
