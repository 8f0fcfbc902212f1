import * as z from 'zod';
import { sealAudit } from '../../services/ledger/verify';
import { reconcileEffects } from '../../services/mutations/reconcile-effects';
import { watchDrift } from '../../services/mutations/watch-drift';
import { defineJob } from '../define-job';

/** The night's look at a running campaign: what was left open in the ledger, what somebody changed; and the day's seal. */
export const watchDriftJob = defineJob({
  kind: 'watch-drift',
  queue: 'account',
  priority: 5,
  schema: z.object({ campaignRecordId: z.string() }),
  async run({ ctx, data }) {
    await reconcileEffects(ctx, {});
    await watchDrift(ctx, data);
    await sealAudit(ctx);
  },
});
