// The order of test files, for vitest.config.ts.
import { BaseSequencer } from 'vitest/node';

/** Known to wait for real heartbeats, or to run whole weeks: begun late, one of them alone would end the run. */
const LONG = [
  'faults/chaos',
  'faults/loop',
  'faults/kill-matrix',
  'faults/hostile',
  'services/jobs/engine',
  'services/deployments/run',
  'services/mutations/move-campaigns',
  'services/clock/whole-weeks',
];
const rank = ({ moduleId }) => {
  const at = LONG.findIndex((name) => moduleId.includes(`/tests/${name}`));
  return at < 0 ? LONG.length : at;
};

/** A fresh clone has no times of an earlier run to go by, so the order stands here. */
export class LongestFirst extends BaseSequencer {
  /** @param {import('vitest/node').TestSpecification[]} files */
  async sort(files) {
    return (await super.sort(files)).sort((one, other) => rank(one) - rank(other));
  }
}
