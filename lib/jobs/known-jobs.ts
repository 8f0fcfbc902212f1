import type { JobDefinition } from './define-job';

/**
 * The kinds this process knows, filled by the registry. It stands apart from the registry so that a handler may run
 * another kind without importing the list that imports it.
 */
const known = new Map<string, JobDefinition>();

export function knowJobs(definitions: readonly JobDefinition[]): void {
  for (const definition of definitions) {
    const before = known.get(definition.kind);
    if (before && before !== definition) throw new Error(`two jobs are called ${definition.kind}`);
    known.set(definition.kind, definition);
  }
}

/** @throws Error for a kind nobody registered. */
export function jobCalled(kind: string): JobDefinition {
  const definition = known.get(kind);
  if (!definition) throw new Error(`no job is called ${kind}`);
  return definition;
}
