// Runs in each test file's own database, before the file: what a guard has in SQL is dropped there.
import { Client } from 'pg';
import { inject } from 'vitest';

const statements = inject('withoutStatements');
if (statements.length > 0) {
  const client = new Client({ connectionString: process.env.MIGRATE_DATABASE_URL });
  await client.connect();
  for (const statement of statements) await client.query(statement);
  await client.end();
}
