// Projects that touch the database: each test file has one of its own, named in the environment before anything is imported.
import { createTestDatabase } from './database';

const database = await createTestDatabase();
process.env.DATABASE_URL = database.url;
process.env.MIGRATE_DATABASE_URL = database.ownerUrl;
// Not dropped here: pools of the file may still be open. Later runs sweep what dead processes left (cloneTemplate).
