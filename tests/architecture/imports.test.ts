import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { checkImports } from '../../scripts/imports/check.mjs';
import { readGraph } from '../../scripts/imports/graph.mjs';
import { tableText } from '../../scripts/imports/table.mjs';
import { inRoot } from '../../scripts/lib/paths.mjs';

type Import = { to: string; typeOnly?: boolean };
type File = { imports?: Import[]; client?: boolean; text?: string };

const graphOf = (files: Record<string, File>) =>
  new Map(
    Object.entries(files).map(([name, { imports = [], client = false, text = '' }]) => [
      name,
      { client, text, imports: imports.map(({ to, typeOnly = false }) => ({ to, typeOnly })) },
    ]),
  );
const imports = (from: string, to: string, typeOnly = false) =>
  graphOf({ [from]: { imports: [{ to, typeOnly }] }, ...(to.includes('.') ? { [to]: {} } : {}) });

test('the sources keep the import rules', () => {
  expect(checkImports(readGraph())).toEqual([]);
});

test('docs/architecture.md prints the table the checker uses', () => {
  const text = readFileSync(inRoot('docs', 'architecture.md'), 'utf8');
  const printed = /<!-- import table -->\n([\s\S]*?)\n<!-- end -->/.exec(text)?.[1];
  expect(printed).toBe(tableText());
});

describe('each rule can be broken', () => {
  test.each([
    ['rooms', imports('lib/domain/money.ts', 'lib/runtime/ids.ts')],
    ['rooms', imports('lib/words/format.ts', 'lib/services/briefs/read.ts', true)],
    ['rooms', imports('lib/runtime/log.ts', 'lib/domain/money.ts')],
    ['rooms', imports('lib/platforms/meta/codec.ts', 'lib/services/briefs/read.ts')],
    ['rooms', imports('lib/services/briefs/read.ts', 'lib/jobs/send.ts')],
    ['rooms', imports('lib/agent/run-turn.ts', 'lib/platforms/port.ts')],
    ['rooms', imports('lib/http/route.ts', 'lib/jobs/send.ts')],
    ['rooms', imports('lib/jobs/work.ts', 'lib/http/route.ts')],
    ['rooms', imports('lib/simulators/meta/main.ts', 'lib/domain/money.ts')],
    ['rooms', imports('lib/services/briefs/read.ts', 'lib/simulators/market/types.ts')],
    ['rooms', imports('app/page.tsx', 'lib/simulators/meta/main.ts')],
    ['rooms', imports('app/page.tsx', 'lib/runtime/env.ts')],
    ['rooms', imports('components/ui/button.tsx', 'lib/services/briefs/read.ts')],
    ['rooms', imports('lib/domain/money.ts', 'tests/factories.ts')],
    ['packages', imports('lib/domain/money.ts', 'next')],
    ['only the gate writes', imports('lib/services/deployments/run.ts', 'lib/platforms/meta/write/campaign.ts')],
    ['only the gate writes', imports('lib/services/deployments/run.ts', 'lib/facebook.ts')],
    ['only the gate writes', imports('lib/services/deployments/run.ts', 'lib/platforms/registry-writers.ts')],
    ['Prisma stays in runtime', imports('lib/services/briefs/read.ts', '@prisma/client')],
    ['Prisma stays in runtime', imports('lib/services/briefs/read.ts', 'lib/runtime/prisma/client')],
    ['the database is held by services', imports('lib/agent/run-turn.ts', 'lib/runtime/db.ts', true)],
    ['the database is held by services', imports('lib/reactions/run.ts', 'lib/runtime/db.ts')],
    ['the browser reaches values only', imports('components/cards/card.tsx', 'zod')],
    ['one reader of the environment', graphOf({ 'lib/services/a.ts': { text: 'const key = process.env.SECRET' } })],
    ['no clock and no chance in values', graphOf({ 'lib/domain/a.ts': { text: 'const now = Date.now()' } })],
    ['no room', graphOf({ 'lib/stray.ts': {} })],
  ])('%s', (rule, graph) => {
    expect(checkImports(graph).filter((line) => line.startsWith(`${rule}:`))).not.toEqual([]);
  });

  test('readers never reach writers, however long the way', () => {
    const graph = graphOf({
      'lib/platforms/meta/reader.ts': { imports: [{ to: 'lib/platforms/meta/codec.ts' }] },
      'lib/platforms/meta/codec.ts': { imports: [{ to: 'lib/platforms/meta/write/ad.ts' }] },
      'lib/platforms/meta/write/ad.ts': {},
    });
    expect(checkImports(graph)).toContain(
      'readers never reach writers: lib/platforms/meta/reader.ts -> lib/platforms/meta/codec.ts -> lib/platforms/meta/write/ad.ts',
    );
  });

  test('a component that reaches zod through a value is refused, through a type it is not', () => {
    const through = (typeOnly: boolean) =>
      checkImports(
        graphOf({
          'components/cards/plan.tsx': { imports: [{ to: 'lib/domain/plan.ts', typeOnly }] },
          'lib/domain/plan.ts': { imports: [{ to: 'zod' }] },
        }),
      );
    expect(through(false)).toHaveLength(1);
    expect(through(true)).toEqual([]);
  });

  test('a client page may not reach a service', () => {
    const graph = graphOf({
      'app/page.tsx': { client: true, imports: [{ to: 'lib/services/briefs/read.ts' }] },
      'lib/services/briefs/read.ts': {},
    });
    expect(checkImports(graph)).toEqual([
      'the browser reaches values only: app/page.tsx -> lib/services/briefs/read.ts',
    ]);
  });

  test('cycles are found and shown', () => {
    const graph = graphOf({
      'lib/domain/a.ts': { imports: [{ to: 'lib/domain/b.ts' }] },
      'lib/domain/b.ts': { imports: [{ to: 'lib/domain/c.ts' }] },
      'lib/domain/c.ts': { imports: [{ to: 'lib/domain/a.ts', typeOnly: true }] },
    });
    expect(checkImports(graph)).toEqual([
      'no cycles: lib/domain/a.ts -> lib/domain/b.ts -> lib/domain/c.ts -> lib/domain/a.ts',
    ]);
  });
});

test('what is allowed passes', () => {
  const graph = graphOf({
    'lib/services/mutations/execute.ts': { imports: [{ to: 'lib/facebook.ts' }] },
    'lib/facebook.ts': { imports: [{ to: 'lib/platforms/meta/write/ad.ts' }] },
    'lib/platforms/meta/write/ad.ts': {},
    'app/simulator/route.ts': { imports: [{ to: 'lib/simulators/meta/app.ts' }] },
    'lib/simulators/meta/app.ts': {},
    'components/ui/button.tsx': { client: true, imports: [{ to: 'lib/domain/money.ts' }, { to: 'react' }] },
    'lib/domain/money.ts': {},
  });
  expect(checkImports(graph)).toEqual([]);
});
