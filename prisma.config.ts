import { defineConfig } from 'prisma/config';

// Migrations run as the owner of the tables; the application's own role may not change them.
const url = process.env.MIGRATE_DATABASE_URL || process.env.DATABASE_URL;

export default defineConfig({
  schema: 'prisma/schema',
  migrations: { path: 'prisma/migrations' },
  ...(url ? { datasource: { url } } : {}),
});
