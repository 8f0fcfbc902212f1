import * as z from 'zod';
import { log } from '../../runtime/log';
import { tidyUp } from '../../services/health/tidy';
import { defineJob } from '../define-job';

/** Once a day: rows whose time is over. */
export const tidyJob = defineJob({
  kind: 'tidy',
  queue: 'fanout',
  schema: z.object({}),
  async run({ signal }) {
    log.info({ gone: await tidyUp(signal) }, 'tidied up');
  },
});
