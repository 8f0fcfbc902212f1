// The environment lib/runtime/env reads, for every test. Nothing here reaches a real service.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { testSecrets } from '../../scripts/lib/test-secrets.mjs';

const settings: Record<string, string> = {
  ...testSecrets,
  NODE_ENV: 'test',
  // Nothing listens there; projects with a database name their own after this file.
  DATABASE_URL: 'postgresql://unit:unit@127.0.0.1:1/unit',
  // Far from UTC and with daylight saving: code that uses the machine's zone by accident fails here.
  TZ: 'Pacific/Auckland',
  APP_URL: 'http://localhost:3000',
  BETTER_AUTH_URL: 'http://localhost:3000',
  LOG_LEVEL: 'silent',
  WORKER: 'off',
  OUTBOX_DIR: mkdtempSync(path.join(tmpdir(), 'aigency-outbox-')),
};

// A developer's own keys must never be used by a test.
for (const name of [
  'ANTHROPIC_API_KEY',
  'ANTHROPIC_BASE_URL',
  'FACEBOOK_APP_ID',
  'FACEBOOK_APP_SECRET',
  'META_GRAPH_URL',
  'META_DIALOG_URL',
  'SMTP_URL',
]) {
  delete process.env[name];
}
Object.assign(process.env, settings);

/** A test process whose runner is gone has nobody to answer to; what it started is tethered to it and ends with it. */
function endWithRunner() {
  process.exit(0);
}
if (!process.listeners('disconnect').some(({ name }) => name === endWithRunner.name))
  process.once('disconnect', endWithRunner);
