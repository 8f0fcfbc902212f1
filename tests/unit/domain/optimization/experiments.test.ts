import { describe, expect, it } from 'vitest';
import { createExperiment, type ExperimentMode } from '../../../../lib/domain/optimization/experiments/experiment';
import { type Snapshot, testSnapshots } from '../../../../lib/domain/optimization/experiments/test-snapshots';
import { type Random, randomFrom } from '../../../../lib/domain/statistics/random';

const SCALE = process.env.SOAK ? 10 : 1;
const LOOKS = 36;
const LONG = { timeout: process.env.SOAK ? 1_800_000 : 60_000 };

/** Click rates as in published headline tests: a third practically tied, the others spread by 10 to 40 per cent. */
function rates(random: Random, equal: boolean): number[] {
  const arms = 2 + Math.floor(random.uniform() * 4);
  const spread = equal ? 0 : random.uniform() < 1 / 3 ? 0.03 : 0.1 + 0.3 * random.uniform();
  return Array.from({ length: arms }, () => 0.012 * Math.exp(spread * random.normal()));
}

type Played = { claimed: boolean; wrongBy5: boolean; gained: number; possible: number };

/** 15,000 showings (about 180 clicks) three times over, in batches; captured: share of the best arm's extra clicks. */
function play(mode: ExperimentMode, seed: number, equal = false): Played {
  const random = randomFrom(seed);
  const truth = rates(random, equal);
  const experiment = createExperiment({ arms: truth.length, seed, mode, plannedLooks: LOOKS });
  const [mean, best] = [truth.reduce((a, b) => a + b, 0) / truth.length, Math.max(...truth)];
  const played = { claimed: false, wrongBy5: false };
  let gained = 0;
  for (let look = 0; look < LOOKS; look += 1) {
    const split = experiment.split();
    gained += split.reduce((sum, share, arm) => sum + share * ((truth[arm] ?? 0) - mean), 0) / LOOKS;
    const verdict = experiment.add(
      truth.map((rate, arm) => {
        const exposure = Math.round(((split[arm] ?? 0) * 45_000) / LOOKS);
        return { exposure, events: random.poisson(exposure * rate) };
      }),
    );
    if (verdict.kind !== 'claimed') continue;
    played.claimed = true;
    played.wrongBy5 ||= (truth[verdict.leader] ?? 0) < best / 1.05;
  }
  return { ...played, gained, possible: best - mean };
}

function many(mode: ExperimentMode, tests: number, equal = false) {
  const runs = Array.from({ length: tests }, (_, index) => play(mode, 5000 + index, equal));
  const share = (of: (run: Played) => boolean) => runs.filter(of).length / tests;
  return {
    claims: share((run) => run.claimed),
    wrong:
      share((run) => run.wrongBy5) /
      Math.max(
        1e-9,
        share((run) => run.claimed),
      ),
    captured: runs.reduce((sum, run) => sum + run.gained, 0) / runs.reduce((sum, run) => sum + run.possible, 0),
  };
}

describe('createExperiment', LONG, () => {
  it.each(['find_out', 'both'] as const)('%s: at most 5 per cent of tests of equal arms end with a claim', (mode) => {
    expect(many(mode, 100 * SCALE, true).claims).toBeLessThanOrEqual(0.05);
  });

  it('settle: captures most of what the best arm would have brought, and never claims', () => {
    const settled = many('settle', 80 * SCALE);
    expect(settled.claims).toBe(0);
    expect(settled.captured).toBeGreaterThan(0.5);
  });

  it('find_out: claims where there is something, and a claimed arm is hardly ever one that lacks over 5 per cent', () => {
    const found = many('find_out', 80 * SCALE);
    expect(found.claims).toBeGreaterThan(0.1);
    expect(found.wrong).toBeLessThan(0.06);
  });

  it('both: earns more than equal traffic and still claims', () => {
    const both = many('both', 80 * SCALE);
    expect(both.captured).toBeGreaterThan(0.35);
    expect(both.claims).toBeGreaterThan(0.05);
  });

  it('splits add up to the whole traffic and the same seed gives the same test', () => {
    expect(play('both', 77)).toEqual(play('both', 77));
    const experiment = createExperiment({ arms: 3, seed: 1, mode: 'settle' });
    experiment.add([100, 90, 140].map((events) => ({ exposure: 10_000, events })));
    expect(experiment.split().reduce((a, b) => a + b, 0)).toBeCloseTo(1);
  });

  it('says "no difference" of arms that proved alike, claims nothing, and says nothing in the first day', () => {
    const experiment = createExperiment({ arms: 2, seed: 1, mode: 'settle' });
    const batch = [
      { exposure: 100_000, events: 1200 },
      { exposure: 100_000, events: 1201 },
    ];
    expect(experiment.add(batch).kind).toBe('running');
    for (let look = 0; look < 8; look += 1) experiment.add(batch);
    expect(experiment.add(batch).kind).toBe('no_difference');
  });
});

/** Cumulative counts of two arms at 20 looks; 5,000 units per look and arm at 3 per cent. */
function snapshots(random: Random, lift: number, planned: boolean, units = 700): Snapshot[] {
  const sums = [0, 0];
  return Array.from({ length: 20 }, (_, index) => {
    sums[0] = (sums[0] ?? 0) + random.poisson(units * 0.03);
    sums[1] = (sums[1] ?? 0) + random.poisson(units * 0.03 * (1 + lift));
    const n = units * (index + 1);
    return {
      control: { units: n, events: sums[0] },
      treatment: { units: n, events: sums[1] },
      ...(planned ? { share: (index + 1) / 20 } : {}),
    };
  });
}

describe('testSnapshots', LONG, () => {
  it.each([true, false])('planned length %s: at most 5 per cent false claims over all looks', (planned) => {
    const random = randomFrom(31);
    const tests = 600 * SCALE;
    let claimed = 0;
    for (let test = 0; test < tests; test += 1)
      if (testSnapshots(snapshots(random, 0, planned)).some(({ claim }) => claim)) claimed += 1;
    expect(claimed / tests).toBeLessThanOrEqual(0.05);
  });

  it('sees a 20 per cent lift in at least 80 per cent of tests at the planned size', () => {
    const random = randomFrom(32);
    const tests = 300 * SCALE;
    let seen = 0;
    // 13,914 clicks per arm are what a fixed test at 3 per cent needs; looking costs a few per cent more.
    for (let test = 0; test < tests; test += 1)
      if (testSnapshots(snapshots(random, 0.2, true, 790)).some(({ claim, direction }) => claim && direction === 'up'))
        seen += 1;
    expect(seen / tests).toBeGreaterThanOrEqual(0.8);
  });

  it('takes means with variances as well, and says nothing of a handful of units', () => {
    const arm = (mean: number, units: number) => ({ units, mean, variance: 25 });
    const look = (units: number) =>
      testSnapshots([{ control: arm(10, units), treatment: arm(12, units), share: 1 }]).at(-1);
    expect(look(500)).toMatchObject({ claim: true, direction: 'up' });
    expect(look(50)).toMatchObject({ claim: false, z: 0 });
  });
});
