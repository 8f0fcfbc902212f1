// Unexpected warnings and errors on the console fail the test that caused them.
import { afterEach, beforeEach } from 'vitest';

const original = { error: console.error, warn: console.warn };
let seen: string[] = [];
let allowed: RegExp[] = [];

/** Inside a test: messages matching the pattern are expected. */
export function allowConsole(pattern: RegExp) {
  allowed.push(pattern);
}

beforeEach(() => {
  seen = [];
  allowed = [];
  for (const method of ['error', 'warn'] as const) {
    console[method] = (...args: unknown[]) => {
      const message = args
        .map((part) =>
          part instanceof Error ? (part.stack ?? part.message) : typeof part === 'string' ? part : JSON.stringify(part),
        )
        .join(' ');
      if (allowed.some((pattern) => pattern.test(message))) return;
      seen.push(`console.${method}: ${message}`);
      original[method](...args);
    };
  }
});

afterEach(() => {
  Object.assign(console, original);
  if (seen.length > 0) throw new Error(`Unexpected output during the test:\n${seen.join('\n')}`);
});
