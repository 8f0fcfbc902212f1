// `npm run mutation -- guards [name]`: takes each guard out by itself (mutation/without-guards.mjs).
// `npm run mutation [file]`: changes one operator, condition or number at a time in what decides about money, and runs the
// tests that have to notice. Results are kept in .data/mutation.json, so that an interrupted run goes on where it stopped.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { inData, inRoot } from './lib/paths.mjs';
import { instrument } from './mutation/instrument.mjs';
import { targets } from './mutation/targets.mjs';
import { testsInProcess } from './mutation/tests-in-process.mjs';
import { tryWithoutGuards } from './mutation/without-guards.mjs';

/** Share of mutants that must be noticed. */
const BAR_PERCENT = 85;
const store = inData('mutation.json');
const known = existsSync(store) ? JSON.parse(readFileSync(store, 'utf8')) : {};
const only = process.argv[2];
if (only === 'guards') process.exit(await tryWithoutGuards(process.argv[3]));
const chosen = Object.entries(targets).filter(([file]) => !only || file.includes(only));

let sum = { killed: 0, all: 0 };
for (const [file, tests] of chosen) {
  const source = readFileSync(inRoot(file), 'utf8');
  const { code, mutants } = instrument(source, file);
  const digest = digestOf([code, ...tests.map((name) => readFileSync(inRoot(name), 'utf8'))]);
  const record = known[file]?.digest === digest ? known[file] : { digest, results: {} };
  known[file] = record;
  const open = mutants.filter(({ id }) => record.results[id] === undefined);
  if (open.length > 0) await tryMutants({ file, code, tests, open, record });
  const alive = mutants.filter(({ id }) => record.results[id] === 'alive');
  const killed = mutants.length - alive.length;
  sum = { killed: sum.killed + killed, all: sum.all + mutants.length };
  process.stdout.write(`${file}: ${killed} of ${mutants.length} noticed\n`);
  for (const { line, from, to } of alive)
    process.stdout.write(`  line ${line}: ${oneLine(from)}  ->  ${oneLine(to)}\n`);
}
const percent = sum.all === 0 ? 100 : (100 * sum.killed) / sum.all;
process.stdout.write(`\n${sum.killed} of ${sum.all} mutants noticed: ${percent.toFixed(1)} %\n`);
process.exit(percent >= BAR_PERCENT ? 0 : 1);

async function tryMutants({ file, code, tests, open, record }) {
  const passes = await testsInProcess({ file, code, tests });
  if (!(await passes(0))) throw new Error(`${file}: its tests fail without any mutant`);
  for (const { id } of open) {
    record.results[id] = (await passes(id)) ? 'alive' : 'killed';
    save();
  }
}

function save() {
  mkdirSync(path.dirname(store), { recursive: true });
  writeFileSync(store, JSON.stringify(known));
}

function digestOf(texts) {
  return createHash('sha256').update(texts.join('\0')).digest('hex');
}

function oneLine(text) {
  return text.replace(/\s+/g, ' ').slice(0, 70);
}
