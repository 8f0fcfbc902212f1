// Runs a command to its end and collects what it says. When we are told to stop meanwhile, it is stopped too and the caller
// fails with Interrupted: whoever holds something else releases it on the way out.
import { spawn } from 'node:child_process';
import { PlainError } from './say.mjs';
import { signalGroup } from './signal-group.mjs';

export class Interrupted extends PlainError {
  exitCode = 130;
  constructor() {
    super('Stopped.');
  }
}

/** { code, output } */
export function runToEnd(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    // A group of its own, so that whatever it started goes with it.
    const child = spawn(command, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: process.platform !== 'win32',
      ...options,
    });
    let output = '';
    let interrupted = false;
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    const parent = process.ppid;
    const stop = () => {
      interrupted = true;
      signalGroup(child.pid, 'SIGKILL');
    };
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
    for (const signal of signals) process.on(signal, stop);
    const watch = setInterval(() => process.ppid !== parent && stop(), 1_000);
    const settled = () => {
      clearInterval(watch);
      for (const signal of signals) process.off(signal, stop);
    };
    child.on('error', (error) => {
      settled();
      reject(error);
    });
    child.on('close', (code) => {
      settled();
      if (interrupted) reject(new Interrupted());
      else resolve({ code: code ?? 1, output });
    });
  });
}
