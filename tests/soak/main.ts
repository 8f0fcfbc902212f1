import { spawnSync } from 'node:child_process';

/** The long checks at full size, one after the other. A name runs that one alone: `npm run soak deploy-kills`. */
const checks: Record<string, { about: string; files: string[]; project?: string }> = {
  'deploy-kills': {
    about: 'kill -9 at every request of a deployment, before and after it, with and without look-up lag',
    files: ['tests/faults/kill-matrix.test.ts'],
  },
  'verb-kills': {
    about:
      'every verb that writes dies before and after every request: pause, swap, raise, Undo, putting back, stop, resume',
    files: ['tests/faults/verb-kills.test.ts'],
  },
  'press-kills': {
    about: 'a person’s presses die before and after every message to the database, and are pressed again',
    files: ['tests/faults/press-kills.test.ts'],
  },
  'hostile-model': {
    about:
      'ten thousand turns each of a model that calls every tool with extreme arguments, and of one that obeys all it reads',
    files: ['tests/faults/hostile/hostile.test.ts'],
  },
  'stop-races': {
    about: 'the emergency stop at every write of a deployment',
    project: 'services',
    files: ['tests/services/stops/stop.test.ts'],
  },
  chaos: {
    about: 'two workers, thirty kills at any moment, 24 deployments with late look-ups',
    files: ['tests/faults/chaos.test.ts'],
  },
  insights: {
    about: 'a hundred random schedules of looks with faults; totals must equal the simulator truth',
    files: ['tests/faults/insights-schedules.test.ts'],
  },
  'month-books': {
    about: 'two processes reserve, commit and give back in 1,000 random orders',
    files: ['tests/faults/month-books.test.ts'],
  },
  'month-life': {
    about:
      '300 lives of a shop: launch, raise, pause, resume, days, months and other hands; spend stays within the books',
    files: ['tests/faults/month-life.test.ts'],
  },
  ceiling: {
    about: 'two processes press and carry out in 1,000 random orders: what may be spent stays within the ceiling',
    files: ['tests/faults/ceiling.test.ts'],
  },
  'equal-shops': {
    about: '1,000 shops with nothing to find, 14 days: hardly any sees a pause or a move of budget',
    files: ['tests/unit/domain/optimization/equal-shops.test.ts', 'tests/unit/domain/optimization-shops.test.ts'],
    project: 'unit',
  },
  experiments: {
    about: 'tests of equal and unequal arms at ten times the usual number: false claims, detection, captured clicks',
    files: ['tests/unit/domain/optimization/experiments.test.ts'],
    project: 'unit',
  },
};

const wanted = process.argv[2];
const chosen = Object.entries(checks).filter(([name]) => !wanted || name === wanted);
if (chosen.length === 0) {
  process.stdout.write(`No check is called ${wanted}. There are: ${Object.keys(checks).join(', ')}\n`);
  process.exitCode = 1;
}
for (const [name, { about, files, project = 'faults' }] of chosen) {
  process.stdout.write(`\n=== ${name}: ${about}\n`);
  const { status } = spawnSync('npx', ['vitest', 'run', '--project', project, ...files], {
    stdio: 'inherit',
    env: { ...process.env, SOAK: '1' },
  });
  if (status !== 0) process.exitCode = 1;
}
