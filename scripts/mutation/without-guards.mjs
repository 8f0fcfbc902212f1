// `npm run mutation -- guards [name]`: takes each guard of guards.mjs out by itself and runs the one test that has to notice.
// The sources stay as they are: the text is replaced while it is loaded. Prints a table; a guard whose absence nobody
// noticed, or whose test does not pass with the guard in place, fails the run. What was noticed is remembered in
// .data/guards.json as long as the guard, its files and its test stay the same: an interrupted run goes on where it stopped.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { inData, inRoot } from '../lib/paths.mjs';
import { openGuardRunner } from './guard-runner.mjs';
import { guards } from './guards.mjs';

const store = inData('guards.json');

/** @param only part of the name @returns 0 when every chosen guard was missed by its test, else 1 */
export async function tryWithoutGuards(only) {
  const known = existsSync(store) ? JSON.parse(readFileSync(store, 'utf8')) : {};
  const chosen = guards.filter(({ guard }) => !only || guard.includes(only));
  const open = chosen.filter((guard) => known[guard.guard]?.digest !== digestOf(guard));
  const rows = new Map(
    chosen.filter((guard) => !open.includes(guard)).map((guard) => [guard.guard, { ...guard, ...known[guard.guard] }]),
  );
  if (rows.size > 0) process.stdout.write(`${rows.size} guards were noticed before and have not changed since\n`);
  const runner = open.length > 0 ? await openGuardRunner() : null;
  try {
    for (const group of groupsOf(open)) {
      // With the guards in place and everything else equal the tests must pass, or their red says nothing.
      const whole = await wholeRun(runner, group);
      for (const guard of group) {
        const row = { ...guard, ...(await judge(runner, guard, whole)) };
        rows.set(guard.guard, row);
        process.stdout.write(`${row.verdict.padEnd(9)} ${guard.guard}${row.red ? `  <-  ${row.red}` : ''}\n`);
        if (row.verdict !== 'noticed') continue;
        known[guard.guard] = { digest: digestOf(guard), verdict: row.verdict, red: row.red };
        mkdirSync(path.dirname(store), { recursive: true });
        writeFileSync(store, JSON.stringify(known));
      }
    }
  } finally {
    await runner?.close();
  }
  const all = chosen.map(({ guard }) => rows.get(guard));
  process.stdout.write(`\n${tableOf(all)}\n`);
  const noticed = all.filter(({ verdict }) => verdict === 'noticed').length;
  process.stdout.write(`\n${noticed} of ${all.length} guards are missed by a test when they alone are removed\n`);
  return noticed === all.length ? 0 : 1;
}

/** Guards of one test file and one state of the database: they share the run with everything in place. */
function groupsOf(chosen) {
  const groups = new Map();
  for (const guard of chosen) {
    const name = `${guard.test}\0${guard.given ?? ''}`;
    groups.set(name, [...(groups.get(name) ?? []), guard]);
  }
  return [...groups.values()];
}

/** `GUARDS_PASS=1`: the tests were run just before, as they are. */
async function wholeRun(runner, group) {
  if (process.env.GUARDS_PASS === '1') return null;
  const [{ test, given }] = group;
  const named = [...new Set(group.map((guard) => guard.named))];
  return runner.run({ test, named, statements: given ? [given] : [] });
}

async function judge(runner, guard, whole) {
  const { test, named, edits, sql, given } = guard;
  if (whole) {
    const mine = (names) => names.filter((name) => name.includes(named));
    if (mine(whole.ran).length === 0) return { verdict: 'BROKEN', red: `with the guard in place: ${whole.why}` };
    const [red] = mine(whole.red);
    if (red) return { verdict: 'BROKEN', red: `fails with the guard in place: ${red}` };
  }
  const without = await runner.run({ test, named: [named], edits, statements: [given, sql].filter(Boolean) });
  if (without.ran.length === 0) return { verdict: 'BROKEN', red: without.why };
  return without.red.length === 0 ? { verdict: 'UNNOTICED', red: '' } : { verdict: 'noticed', red: without.red[0] };
}

function digestOf(guard) {
  const files = [guard.test, ...(guard.edits ?? []).map(({ file }) => file)];
  const texts = [JSON.stringify(guard), ...files.map((file) => readFileSync(inRoot(file), 'utf8'))];
  return createHash('sha256').update(texts.join('\0')).digest('hex');
}

function tableOf(rows) {
  const cells = rows.map(({ guard, edits, sql, test, red, verdict }) => {
    const where = [...(edits ?? []).map(({ file }) => file), ...(sql ? ['the database'] : [])];
    const shown = [...new Set(where)].map((one) => `\`${one.replace(/^lib\/|\.ts$/g, '')}\``).join(', ');
    const file = path.basename(test, '.test.ts');
    return `| ${guard} | ${shown} | ${verdict === 'noticed' ? `${file}: ${red}` : `**${verdict}**`} |`;
  });
  return ['| Guard removed | Where | Test that turned red |', '| --- | --- | --- |', ...cells].join('\n');
}
