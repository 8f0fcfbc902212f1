// One test runner for all guards: the cluster, the template and every untouched file are there already when the next guard
// is taken out. Only the files it stands in are loaded anew.
import { createVitest } from 'vitest/node';
import { inRoot } from '../lib/paths.mjs';

const SLOW = /timed out in|Transaction API error|Can't reach database|too many clients/;

/** @returns { run, close }; `run` answers { ran, red, why } of the tests of one file whose names hold one of `named` */
export async function openGuardRunner() {
  const vitest = await createVitest('test', {
    config: inRoot('scripts/mutation/guards-config.mjs'),
    watch: false,
    reporters: [{}],
  });
  await vitest.standalone();
  return {
    close: () => vitest.close(),
    async run({ test, named, edits = [], statements = [] }) {
      globalThis.aigencyEdits = edits;
      vitest.provide('withoutStatements', statements);
      const touched = edits.map(({ file }) => inRoot(file));
      for (const file of touched) vitest.invalidateFile(file);
      try {
        // The name of a test is a pattern to vitest; here it is meant word by word.
        vitest.setGlobalTestNamePattern(new RegExp(named.map(literal).join('|')));
        const wanted = await vitest.globTestSpecifications([inRoot(test)]);
        const { testModules, unhandledErrors } = await vitest.runTestSpecifications(wanted);
        // The runner remembers the files of earlier runs too, red ones among them.
        const mine = testModules.filter(({ moduleId }) => moduleId === inRoot(test));
        return outcome(mine, unhandledErrors);
      } finally {
        globalThis.aigencyEdits = [];
        for (const file of touched) vitest.invalidateFile(file);
      }
    },
  };
}

const literal = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

function outcome(modules, unhandled) {
  const tests = modules.flatMap((module) => [...module.children.allTests()]);
  const of = (state) => tests.filter((test) => test.result().state === state);
  const failed = of('failed');
  // Neither slowness nor a full database is a test that noticed.
  const slow = failed.find((test) => test.result().errors.some(({ message }) => SLOW.test(message)));
  if (slow) return { ran: [], red: [], why: `too slow to say: ${slow.fullName}` };
  const broken = [
    ...modules.flatMap((module) => [module, ...module.children.allSuites()].flatMap((one) => one.errors())),
    ...unhandled,
  ];
  return {
    ran: [...failed, ...of('passed')].map(nameOf),
    red: failed.map(nameOf),
    why: String(broken[0]?.message ?? 'no test of that name ran').slice(0, 400),
  };
}

/** As vitest matches it: everything it stands in and its own name, with spaces between. */
const nameOf = (test) => test.fullName.replaceAll(' > ', ' ').trim();
