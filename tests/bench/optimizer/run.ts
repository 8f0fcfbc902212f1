import { type Measured, measure } from './measure';
import { clairvoyant, doNothing, engine, fixedZ, literalRules, type MakePolicy, plainThompson } from './policies';

/** npm run bench:optimizer [-- markets]: every policy on the same seeded markets; shares of the whole budget. */
const markets = Number(process.argv[2] ?? 200);
const first = Number(process.argv[3] ?? 1);
const only = process.argv[4];
const policies: Record<string, MakePolicy> = {
  'do nothing': doNothing,
  'design rules as written': literalRules,
  'fixed z on clicks': fixedZ,
  'plain Thompson': plainThompson,
  'engine, total kept': engine(false),
  engine: engine(true),
  clairvoyant,
};
const seeds = Array.from({ length: markets }, (_, index) => first + index);
const base = seeds.map((seed) => measure(doNothing, { seed }));
const best = seeds.map((seed) => measure(clairvoyant, { seed }));
const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
const error = (values: number[]) =>
  Math.sqrt(mean(values.map((value) => (value - mean(values)) ** 2)) / Math.max(1, values.length));
const percent = (value: number) => `${(100 * value).toFixed(1)} %`;
const median = (values: number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
const gainOf = (runs: Measured[]) => runs.map((run, index) => run.profit - (base[index]?.profit ?? 0));
const possible = mean(gainOf(best));

for (const [name, make] of Object.entries(policies)) {
  if (only && !name.startsWith(only)) continue;
  const started = performance.now();
  const runs =
    name === 'do nothing' ? base : name === 'clairvoyant' ? best : seeds.map((seed) => measure(make, { seed }));
  const milliseconds = (performance.now() - started) / (markets * 336);
  const gains = gainOf(runs);
  const sorted = [...gains].sort((a, b) => a - b);
  const sum = (of: (run: Measured) => number) => runs.reduce((total, run) => total + of(run), 0);
  const roas = median(
    runs.map(
      (run, index) =>
        (run.profit + run.spend) /
          run.spend /
          (((base[index]?.profit ?? 0) + (base[index]?.spend ?? 1)) / (base[index]?.spend ?? 1)) -
        1,
    ),
  );
  process.stdout.write(
    `${name.padEnd(24)} uplift ${percent(mean(gains))} ±${percent(error(gains))} captured ${percent(mean(gains) / possible)} spent ${percent(mean(runs.map((run) => run.spend)))} ` +
      `worse>0.5 ${percent(gains.filter((gain) => gain < -0.005).length / markets)} p10 ${percent(sorted[Math.floor(markets / 10)] ?? 0)} roas ${percent(roas)} ` +
      `pauses ${(sum((run) => run.pauses) / markets).toFixed(2)} wrong ${percent(
        sum((run) => run.wrongPauses) /
          Math.max(
            1,
            sum((run) => run.pauses),
          ),
      )} ` +
      `moves wrong ${percent(
        sum((run) => run.wrongMoves) /
          Math.max(
            1,
            sum((run) => run.moves),
          ),
      )} actions/day ${(sum((run) => run.actions) / markets / 56).toFixed(2)} ${milliseconds.toFixed(2)} ms/tick\n`,
  );
  for (const kind of ['site', 'checkout', 'tracking'] as const) {
    const hit = runs.filter((run) => run.shockDays[kind]);
    if (hit.length && name.startsWith('engine'))
      process.stdout.write(
        `    ${kind}: ${mean(hit.map((run) => run.damage[kind] / run.total)).toFixed(2)} daily budgets spent while it lasted (${mean(hit.map((run) => run.shockDays[kind] ?? 0)).toFixed(1)} days), ${hit.length} markets\n`,
      );
  }
}
for (const [name, options] of only
  ? []
  : ([
      ['calm', { calm: true }],
      ['equal', { equal: true, calm: true }],
    ] satisfies [string, { calm: boolean; equal?: boolean }][])) {
  const runs = seeds.slice(0, Math.ceil(markets / 2)).map((seed) => ({
    ours: measure(engine(true), { seed, ...options }),
    nothing: measure(doNothing, { seed, ...options }),
  }));
  process.stdout.write(
    `${name} markets: uplift ${percent(mean(runs.map((run) => run.ours.profit - run.nothing.profit)))}, pauses per market ${mean(runs.map((run) => run.ours.pauses)).toFixed(2)}, ` +
      `questions per market ${mean(runs.map((run) => run.ours.asks)).toFixed(3)}\n`,
  );
}
