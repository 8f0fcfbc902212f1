import { claimBoundary, type Stratum, stratifiedZ } from '../../statistics/boundary';
import { addBatch, type EProcess, mayClaim, NO_EVIDENCE } from '../../statistics/e-process';
import { randomFrom } from '../../statistics/random';
import { type ArmCounts, armBeliefs, standingOf } from './arm-beliefs';

/**
 * 'settle': earn while learning; traffic follows the chance of being best, nothing is ever claimed.
 * 'find_out': equal traffic, a claim at 5 % where the planned number of looks allows one.
 * 'both': traffic leans to what looks best but leaves enough to every contender for a claim that holds at any stop.
 */
export type ExperimentMode = 'settle' | 'find_out' | 'both';

export type ExperimentOptions = {
  arms: number;
  seed: number;
  mode: ExperimentMode;
  /** Batches until the planned end; needed by 'find_out'. */
  plannedLooks?: number;
  /** Expected loss, as a share of the leader's rate, below which it is settled. */
  settleAt?: number;
  /** Exposure every arm needs before anything is said. */
  minExposure?: number;
  /** Without a settlement before so many batches (a day of 4-hour ticks). */
  minLooks?: number;
};

export type ExperimentVerdict = {
  /** 'settled' moves the traffic and claims nothing; 'claimed' is a winner at 5 %. */
  kind: 'running' | 'settled' | 'claimed' | 'no_difference';
  leader: number;
  chanceBest: number[];
  expectedLoss: number;
  /** The arm it was claimed against (the runner-up when it was claimed); null without a claim. */
  claimedOver: number | null;
  looks: number;
};

export type Experiment = {
  /** Shares of the next batch's traffic, adding up to 1. */
  split(): number[];
  /** Takes in one batch's counts, arm by arm. */
  add(batch: readonly ArmCounts[]): ExperimentVerdict;
};

const SETTLE_AT = 0.02;
const MIN_EXPOSURE = 100;
const MIN_LOOKS = 6;
const SURELY_ALIKE = 0.9;
/** Share of the traffic that stays with every contender while a claim is wanted as well. */
const CONTENDER_SHARE = 0.2;
const CONTENDER_CHANCE = 0.03;

/** One test of two or more arms, driven batch by batch. Pure chance from the seed, no clock. */
export function createExperiment(options: ExperimentOptions): Experiment {
  const { arms, mode, plannedLooks = 0, settleAt = SETTLE_AT, minExposure = MIN_EXPOSURE } = options;
  const random = randomFrom(options.seed);
  const sums = Array.from({ length: arms }, (): ArmCounts => ({ exposure: 0, events: 0 }));
  const batches: ArmCounts[][] = [];
  const evidence = new Map<string, EProcess>();
  let claimed: { leader: number; over: number } | null = null;
  let settled = false;
  let standing = standingOf(armBeliefs(sums), random, 60);

  function split(): number[] {
    const equal = sums.map(() => 1 / arms);
    if (mode === 'find_out' && !claimed) return equal;
    if (batches.length === 0) return equal;
    if (claimed || settled) return sums.map((_, arm) => (arm === (claimed?.leader ?? standing.leader) ? 1 : 0));
    if (mode === 'settle') return standing.chanceBest;
    // Without traffic for the runner-up a plain winner would never be claimed: there is nobody left to compare it with.
    const second = runnerUp();
    const contenders = standing.chanceBest.map(
      (chance, arm) => chance >= CONTENDER_CHANCE || arm === second || arm === standing.leader,
    );
    const count = Math.max(1, contenders.filter(Boolean).length);
    return standing.chanceBest.map(
      (chance, arm) => (contenders[arm] ? CONTENDER_SHARE / count : 0) + (1 - CONTENDER_SHARE) * chance,
    );
  }

  function runnerUp(): number {
    const others = sums.map((_, arm) => arm).filter((arm) => arm !== standing.leader);
    return others.sort((a, b) => (standing.chanceBest[b] ?? 0) - (standing.chanceBest[a] ?? 0))[0] ?? standing.leader;
  }

  function add(batch: readonly ArmCounts[]): ExperimentVerdict {
    batches.push(batch.map((arm) => ({ ...arm })));
    for (const [arm, counts] of batch.entries()) {
      const sum = sums[arm];
      if (!sum) continue;
      sum.exposure += counts.exposure;
      sum.events += counts.events;
    }
    if (mode === 'both') gatherEvidence(batch);
    // Equal traffic needs no fine odds: they are only shown.
    standing = standingOf(armBeliefs(sums), random, mode === 'find_out' ? 60 : 240);
    const ready = sums.every(({ exposure }) => exposure >= minExposure);
    if (ready && !claimed) claimed = claim();
    const late = batches.length >= (options.minLooks ?? MIN_LOOKS);
    if (ready && late && mode === 'settle' && standing.expectedLoss < settleAt) settled = true;
    const leader = claimed?.leader ?? standing.leader;
    const same = standing.chanceAlike >= SURELY_ALIKE;
    return {
      kind: claimed ? 'claimed' : ready && late && same ? 'no_difference' : settled ? 'settled' : 'running',
      leader,
      chanceBest: standing.chanceBest,
      expectedLoss: standing.expectedLoss,
      claimedOver: claimed?.over ?? null,
      looks: batches.length,
    };
  }

  function claim(): { leader: number; over: number } | null {
    if (mode === 'settle') return null;
    const order = sums.map((_, arm) => arm).sort((a, b) => rate(b) - rate(a));
    const [leader = 0, over = 0] = order;
    if (leader === over) return null;
    if (mode === 'find_out') {
      const strata = batches.map((batch) => stratum(batch, over, leader));
      return stratifiedZ(strata) >= claimBoundary(batches.length / Math.max(1, plannedLooks)) ? { leader, over } : null;
    }
    return mayClaim(evidence.get(pair(leader, over)) ?? NO_EVIDENCE) && rate(leader) > rate(over)
      ? { leader, over }
      : null;
  }

  /** Evidence of every pair, from the first batch on: who leads may change later. */
  function gatherEvidence(batch: readonly ArmCounts[]): void {
    for (let a = 0; a < arms; a += 1)
      for (let b = a + 1; b < arms; b += 1)
        evidence.set(pair(a, b), addBatch(evidence.get(pair(a, b)) ?? NO_EVIDENCE, stratum(batch, a, b)));
  }

  const rate = (arm: number) => (sums[arm]?.events ?? 0) / Math.max(1e-9, sums[arm]?.exposure ?? 0);
  return { split, add };
}

const pair = (a: number, b: number) => `${Math.min(a, b)}:${Math.max(a, b)}`;

function stratum(batch: readonly ArmCounts[], a: number, b: number): Stratum {
  return {
    exposureA: batch[a]?.exposure ?? 0,
    exposureB: batch[b]?.exposure ?? 0,
    eventsA: batch[a]?.events ?? 0,
    eventsB: batch[b]?.events ?? 0,
  };
}
