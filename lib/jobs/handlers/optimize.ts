import * as z from 'zod';
import { judgeRunningTests } from '../../services/ad-tests/judge-running';
import { decideForAccount } from '../../services/monitor/decide';
import { renewMonthGuards } from '../../services/mutations/renew-guards';
import { defineJob } from '../define-job';

/** Decides on every running campaign of an account. On the account's lane: what is allowed is carried out at once. */
export const optimizeJob = defineJob({
  kind: 'optimize',
  queue: 'account',
  priority: 10,
  schema: z.object({ adAccountId: z.string() }),
  async run({ ctx, data }) {
    await renewMonthGuards(ctx, data);
    // A comparison that is over frees its ads before the day is decided.
    await judgeRunningTests(ctx, data);
    await decideForAccount(ctx, data);
  },
});
