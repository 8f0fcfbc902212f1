import { inject } from 'vitest';
import { cloneTemplate } from '../../scripts/postgres/test-databases.mjs';

export interface TestDatabase {
  name: string;
  /** As the application's own role: reads and writes rows, owns nothing. */
  url: string;
  /** As the owner of the tables. */
  ownerUrl: string;
  drop(): Promise<void>;
}

/** A fresh database with every migration applied, cloned from a template. */
export const createTestDatabase = (): Promise<TestDatabase> => cloneTemplate(inject('testCluster'));
