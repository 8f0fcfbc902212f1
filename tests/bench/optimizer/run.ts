import { MARKET_DAYS } from './draw';
import { FAMILIES } from './families';
import { FIGURES, lineOf, mean, type Pair, percent, quantileOf, withInterval } from './figures';
import { type Measured, measure } from './measure';
import { clairvoyant } from './policies/clairvoyant';
import { designRules, presets } from './policies/design-rules';
import { engine, type Told } from './policies/engine';
import type { MakePolicy } from './policies/policy';
import { seedFour } from './policies/seed-four';
import { doNothing, fixedZ, plainThompson, topTwoThompson } from './policies/simple';
import type { ShockKind } from './shocks';

/**
 * npm run bench:optimizer [-- markets [first seed [only]]]: every policy on the same seeded markets, figures with 95 %
 * intervals over markets. `only`: names of policies to run, with commas; "shocks", "equal", "past" and "families" are parts
 * of their own.
 */
const markets = Number(process.argv[2] ?? 200);
const first = Number(process.argv[3] ?? 1);
const only = process.argv[4]?.split(',');
const seeds = Array.from({ length: markets }, (_, index) => first + index);
const wanted = (name: string) => !only || only.some((one) => name.startsWith(one));
const say = (text: string) => process.stdout.write(`${text}\n`);

const policies: Record<string, MakePolicy> = {
  'design rules as written': designRules,
  'preset: pause below 0.3 %': presets(['pause_low_click_rate']),
  'preset: shift every 4 hours': presets(['shift_every_four_hours']),
  'preset: rotate at frequency 3': presets(['rotate_at_frequency_three']),
  'seed 004 as written': seedFour,
  'fixed z on clicks': fixedZ,
  'plain Thompson': plainThompson,
  'top-two Thompson': topTwoThompson,
  kept: engine(false),
  free: engine(true),
};

const nothing = seeds.map((seed) => measure(doNothing, { seed }));
const best = seeds.map((seed) => measure(clairvoyant(true), { seed }));
say(`do nothing: profit ${percent(mean(nothing.map((run) => run.profit)))} of the budget`);
say(`clairvoyant: uplift ${percent(mean(best.map((run, index) => run.profit - (nothing[index]?.profit ?? 0))))}`);
for (const [name, make] of Object.entries(policies)) {
  if (!wanted(name)) continue;
  const runs = seeds.map((seed) => measure(make, { seed }));
  say(`${name}: ${lineOf(pairsOf(runs))}`);
  if (name !== 'kept' && name !== 'free') continue;
  const written = (times: number[]) =>
    `mean ${mean(times).toFixed(3)} ms, p99 ${quantileOf(times, 0.99).toFixed(2)} ms`;
  const [used, passed] = [runs.flatMap((run) => run.processorTimes), runs.flatMap((run) => run.times)];
  say(`    one decision: processor time ${written(used)}; by the wall clock ${written(passed)}`);
}
if (wanted('shocks')) shocks();
if (wanted('equal')) equal();
if (wanted('past')) past();
if (wanted('families')) families();

function pairsOf(runs: readonly Measured[]): Pair[] {
  return runs.flatMap((run, index) => {
    const [zero, top] = [nothing[index], best[index]];
    return zero && top ? [{ run, nothing: zero, best: top }] : [];
  });
}

/** The same markets with exactly one shock, against themselves without any, with a free and with a kept total. */
function shocks(): void {
  const some = seeds.slice(0, Math.max(20, Math.ceil(markets / 2)));
  const calm = some.map((seed) => measure(doNothing, { seed, shocks: 'none' }));
  const kinds = ['site', 'checkout', 'tracking', 'price', 'missing', 'drop', 'disapproved'] as ShockKind[];
  const zeros = kinds.map((kind) => some.map((seed) => measure(doNothing, { seed, shocks: kind })));
  for (const [name, policy] of Object.entries({ free: engine(true), kept: engine(false) })) {
    const oursCalm = some.map((seed) => measure(policy, { seed, shocks: 'none' }));
    const asks = withInterval(oursCalm, (runs) => mean(runs.map((run) => run.asks)));
    say(`calm, ${name}: questions per account ${asks.map((value) => value.toFixed(3)).join(' .. ')}`);
    for (const [at, kind] of kinds.entries()) {
      const runs = some.flatMap((seed, index) => {
        const [zero, before, zeroBefore] = [zeros[at]?.[index], oursCalm[index], calm[index]];
        if (!zero || !before || !zeroBefore) return [];
        const ours = measure(policy, { seed, shocks: kind });
        const lostByNothing = (zeroBefore.profit - zero.profit) * MARKET_DAYS;
        return [{ ours, lost: (before.profit - ours.profit) * MARKET_DAYS, lostByNothing, zero }];
      });
      const figure = (of: (run: (typeof runs)[number]) => number) => {
        const [value, low, high] = withInterval(runs, (all) => mean(all.map(of)));
        return `${value.toFixed(2)} [${low.toFixed(2)}..${high.toFixed(2)}]`;
      };
      say(
        `${kind}, ${name}: spent while it lasted ${figure((run) => run.ours.damage[kind] ?? 0)} daily budgets (nothing ${figure((run) => run.zero.damage[kind] ?? 0)}), ` +
          `profit lost ${figure((run) => run.lost)} (nothing ${figure((run) => run.lostByNothing)}), ` +
          `edits into lost tracking ${figure((run) => run.ours.editsIntoLostTracking)}, questions ${figure((run) => run.ours.asks)}`,
      );
    }
  }
}

/** Nothing to find: ad sets and creatives are alike. */
function equal(): void {
  for (const [name, free] of [
    ['free', true],
    ['kept', false],
  ] as const) {
    const runs = seeds.slice(0, Math.max(20, Math.ceil(markets / 2))).map((seed): Pair => {
      const zero = measure(doNothing, { seed, equal: true });
      return { run: measure(engine(free), { seed, equal: true }), nothing: zero, best: zero };
    });
    const shown = FIGURES.filter(([figure]) => ['uplift', 'worse', 'p10', 'pauses', 'actions/day'].includes(figure));
    const text = shown.map(([figure, of, written]) => {
      const [value, low, high] = withInterval(runs, of);
      return `${figure} ${written(value)} [${written(low)}..${written(high)}]`;
    });
    say(`equal markets, ${name}: ${text.join(', ')}`);
  }
}

/** The same markets without a past and with made-up ones (past.ts), each against the engine that was told nothing. */
function past(): void {
  for (const free of [true, false]) {
    const without = pairsOf(seeds.map((seed) => measure(engine(free), { seed })));
    for (const told of ['account', 'ad sets'] as Told[]) {
      const pairs = pairsOf(seeds.map((seed) => measure(engine(free, told), { seed })));
      const both = pairs.flatMap((pair, index) => {
        const before = without[index];
        return before
          ? [{ gain: pair.run.profit - before.run.profit, room: pair.best.profit - pair.nothing.profit }]
          : [];
      });
      const [more, low, high] = withInterval(
        both,
        (all) => mean(all.map(({ gain }) => gain)) / mean(all.map(({ room }) => room)),
      );
      say(`past of the ${told}, ${free ? 'free' : 'kept'}: ${lineOf(pairs)}`);
      say(`    captured more than without a past: ${percent(more)} [${percent(low)}..${percent(high)}]`);
    }
  }
}

/** Markets unlike the usual ones, each family against doing nothing and the clairvoyant in it. */
function families(): void {
  const some = seeds.slice(0, Math.max(20, Math.ceil(markets / 5)));
  for (const [family, unusual] of Object.entries(FAMILIES)) {
    const ends = some.map((seed) => ({
      nothing: measure(doNothing, { seed, unusual }),
      best: measure(clairvoyant(true), { seed, unusual }),
    }));
    for (const free of [true, false]) {
      const pairs = some.flatMap((seed, index): Pair[] => {
        const end = ends[index];
        return end ? [{ run: measure(engine(free), { seed, unusual }), ...end }] : [];
      });
      say(`${family}, ${free ? 'free' : 'kept'}: ${lineOf(pairs)}`);
    }
  }
}
