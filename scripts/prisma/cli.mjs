// Runs the `prisma` command with the settings that keep it off the network.
import { spawn } from 'node:child_process';
import { inRoot, root } from '../lib/paths.mjs';

const settings = {
  PRISMA_SCHEMA_ENGINE_BINARY: inRoot('scripts', 'prisma', 'schema-engine.mjs'),
  CHECKPOINT_DISABLE: '1',
  PRISMA_HIDE_UPDATE_MESSAGE: '1',
  NO_UPDATE_NOTIFIER: '1',
};

/** Answers the exit code; with `quiet`, output is collected and answered too. */
export function prisma(args, { env = {}, quiet = false } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [inRoot('node_modules', 'prisma', 'build', 'index.js'), ...args], {
      cwd: root,
      env: { ...process.env, ...settings, ...env },
      stdio: quiet ? ['ignore', 'pipe', 'pipe'] : 'inherit',
    });
    let output = '';
    child.stdout?.on('data', (chunk) => (output += chunk));
    child.stderr?.on('data', (chunk) => (output += chunk));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}
