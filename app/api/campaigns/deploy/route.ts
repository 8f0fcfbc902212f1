import * as z from 'zod';
import { route } from '@/lib/http/route';
import { resumeDeployment } from '@/lib/services/deployments/resume';

const body = z.strictObject({ campaignRecordId: z.string().min(1) });

/** Only resumes a deployment the owner approved; it can never start one. */
export const POST = route({ name: 'deploy-resume', body }, async ({ session, body: { campaignRecordId } }) =>
  resumeDeployment(session.ctx, { campaignRecordId }),
);
