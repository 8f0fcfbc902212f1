// Reads NAME=value files (.env, .data/local.env). Real environment variables always win over a file.
import { existsSync, readFileSync } from 'node:fs';
import { inRoot } from './paths.mjs';

/** @returns {Record<string, string>} */
export function parseEnv(text) {
  const values = {};
  for (const line of text.split(/\r?\n/)) {
    const match = /^\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)\s*=\s*(.*?)\s*$/.exec(line);
    if (!match) continue;
    const [, name, raw] = match;
    const quoted = /^(["'])([\s\S]*)\1(?:\s+#.*)?$/.exec(raw);
    const value = quoted ? quoted[2] : raw.replace(/(^|\s)#.*$/, '').trim();
    values[name] = quoted?.[1] === '"' ? value.replaceAll('\\n', '\n') : value;
  }
  return values;
}

export function readEnvFile(file) {
  return existsSync(file) ? parseEnv(readFileSync(file, 'utf8')) : {};
}

/** The environment with .env beneath it. Empty values count as not set. */
export function withDotEnv(env = process.env) {
  const merged = { ...readEnvFile(inRoot('.env')), ...definedOnly(env) };
  return definedOnly(merged);
}

const definedOnly = (env) =>
  Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
