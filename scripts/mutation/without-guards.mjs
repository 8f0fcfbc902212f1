// `npm run mutation -- guards [name]`: takes each guard of guards.mjs out by itself and runs the one test that has to notice,
// in a process of its own. The sources stay as they are: the text is replaced while it is loaded. Prints a table; a guard
// whose absence nobody noticed, or whose test does not pass with the guard in place, fails the run.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inRoot, root } from '../lib/paths.mjs';
import { guards } from './guards.mjs';

/** @param only part of the name @returns 0 when every chosen guard was missed by its test, else 1 */
export function tryWithoutGuards(only) {
  const chosen = guards.filter(({ guard }) => !only || guard.includes(only));
  const folder = mkdtempSync(path.join(tmpdir(), 'aigency-guards-'));
  const rows = [];
  try {
    for (const guard of chosen) {
      const row = { ...guard, ...judge(guard, path.join(folder, 'out.json')) };
      rows.push(row);
      process.stdout.write(`${row.verdict.padEnd(9)} ${guard.guard}${row.red ? `  <-  ${row.red}` : ''}\n`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  process.stdout.write(`\n${tableOf(rows)}\n`);
  const noticed = rows.filter(({ verdict }) => verdict === 'noticed').length;
  process.stdout.write(`\n${noticed} of ${rows.length} guards are missed by a test when they alone are removed\n`);
  return noticed === rows.length ? 0 : 1;
}

function judge(guard, out) {
  const without = run(guard, out, {});
  if (!without.ran) return { verdict: 'BROKEN', red: without.why };
  if (without.red.length === 0) return { verdict: 'UNNOTICED', red: '' };
  // With the guard in place and everything else equal it must pass, or its red says nothing. Asked once per test.
  const name = `${guard.test} ${guard.named} ${guard.given ?? ''}`;
  if (!whole.has(name)) whole.set(name, trusted ? { ran: true, red: [] } : run(guard, out, { keep: true }));
  const { ran, red, why } = whole.get(name);
  if (!ran || red.length > 0) return { verdict: 'BROKEN', red: `fails with the guard in place: ${red[0] ?? why}` };
  return { verdict: 'noticed', red: without.red[0] };
}
/** The tests were run just before, as they are. */
const trusted = process.env.GUARDS_PASS === '1';
const whole = new Map();

const SLOW = /timed out in|Transaction API error|Can't reach database|too many clients/;

/** One run of the guard's test. `keep`: with the guard in place, everything else equal. */
function run({ guard, test, named }, out, { keep = false }) {
  rmSync(out, { force: true });
  const args = ['vitest', 'run', '--config', inRoot('scripts/mutation/guards-config.mjs'), test];
  // The name of a test is a pattern to vitest; here it is meant word by word.
  if (named) args.push('-t', named.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const { stdout, stderr } = spawnSync('npx', [...args, '--reporter=json', `--outputFile=${out}`], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, WITHOUT_GUARD: guard, ...(keep ? { KEEP_GUARD: '1' } : {}) },
  });
  let report;
  try {
    report = JSON.parse(readFileSync(out, 'utf8'));
  } catch {
    return { ran: false, red: [], why: `${stdout}${stderr}`.slice(-400) };
  }
  const tests = report.testResults.flatMap(({ assertionResults }) => assertionResults);
  const failed = tests.filter(({ status }) => status === 'failed');
  // Neither slowness nor a full database is a test that noticed.
  const slow = failed.find(({ failureMessages }) => failureMessages.some((text) => SLOW.test(text)));
  if (slow) return { ran: false, red: [], why: `too slow to say: ${slow.fullName}` };
  const red = failed.map(({ fullName }) => fullName.trim());
  const ran = red.length + tests.filter(({ status }) => status === 'passed').length;
  const failure = report.testResults.map(({ message }) => message).find(Boolean);
  return { ran: ran > 0, red, why: failure ?? 'no test of that name ran' };
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
