import { route } from '@/lib/http/route';
import { listArtifacts } from '@/lib/services/artifacts/list';

export const GET = route({ name: 'artifacts' }, async ({ session, params }) => ({
  artifacts: await listArtifacts(session.ctx, { projectId: params.projectId ?? '' }),
}));
