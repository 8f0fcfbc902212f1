// Once per run: the client is generated, the test cluster runs, the template is migrated. So a single file can be run alone.
import type { TestProject } from 'vitest/node';
import { openTestCluster } from '../../scripts/postgres/test-databases.mjs';
import { generateClient } from '../../scripts/prisma/client.mjs';

declare module 'vitest' {
  export interface ProvidedContext {
    testCluster: { addresses: { superuser: string; owner: string; app: string }; template: string };
  }
}

export default async function setup(project: TestProject) {
  await generateClient();
  const { addresses, template, release } = await openTestCluster();
  project.provide('testCluster', { addresses, template });
  return release;
}
