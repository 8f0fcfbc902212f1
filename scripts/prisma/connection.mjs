// A database URL in the terms of the `pg` driver. Prisma's URLs carry options the driver does not read by itself.
import { readFileSync } from 'node:fs';

export function connectionFields(url) {
  const parsed = new URL(url);
  const option = (name) => parsed.searchParams.get(name) ?? undefined;
  const schema = option('schema');
  const startup = [option('options'), schema && schema !== 'public' ? `-c search_path=${schema}` : undefined]
    .filter(Boolean)
    .join(' ');
  const fields = {
    host: option('host') ?? decodeURIComponent(parsed.hostname.replace(/^\[|\]$/g, '')),
    port: Number(parsed.port || 5432),
    user: decodeURIComponent(parsed.username),
    password: decodeURIComponent(parsed.password),
    database: decodeURIComponent(parsed.pathname.slice(1)) || 'postgres',
    ssl: sslFor(option),
  };
  if (startup) fields.options = startup;
  if (option('application_name')) fields.application_name = option('application_name');
  if (option('connect_timeout')) fields.connectionTimeoutMillis = Number(option('connect_timeout')) * 1000;
  return { fields, schema };
}

/** libpq's sslmode: `require` encrypts without checking the name, the verify modes check it. */
function sslFor(option) {
  const mode = option('sslmode');
  if (mode === undefined)
    return option('ssl') === 'true' || option('sslaccept')
      ? { rejectUnauthorized: option('sslaccept') === 'strict' }
      : undefined;
  if (['disable', 'allow', 'prefer'].includes(mode)) return undefined;
  const files = {
    ca: option('sslrootcert') ?? option('sslcert'),
    cert: option('sslrootcert') ? option('sslcert') : undefined,
    key: option('sslkey'),
  };
  const ssl = { rejectUnauthorized: mode === 'verify-ca' || mode === 'verify-full' };
  for (const [name, file] of Object.entries(files))
    if (file && file !== 'system') ssl[name] = readFileSync(file, 'utf8');
  if (mode === 'verify-ca') ssl.checkServerIdentity = () => undefined;
  return ssl;
}

export function withDatabase(url, database) {
  const parsed = new URL(url);
  parsed.pathname = `/${encodeURIComponent(database)}`;
  return parsed.toString();
}
