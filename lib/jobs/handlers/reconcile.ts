import * as z from 'zod';
import { reconcileEffects } from '../../services/mutations/reconcile-effects';
import { defineJob } from '../define-job';

/** Looks for calls that may have left and that nobody works on any more. */
export const reconcileJob = defineJob({
  kind: 'reconcile',
  queue: 'account',
  priority: 5,
  schema: z.object({}),
  async run({ ctx }) {
    await reconcileEffects(ctx, {});
  },
});
