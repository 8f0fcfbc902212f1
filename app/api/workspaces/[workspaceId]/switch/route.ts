import { route } from '@/lib/http/route';
import { switchWorkspace } from '@/lib/services/workspaces/switch';

export const POST = route({ name: 'workspace-switch', anyWorkspace: true }, async ({ session, params }) => {
  await switchWorkspace({
    userId: session.user.id,
    sessionId: session.sessionId,
    workspaceId: params.workspaceId ?? '',
  });
  return { switched: true };
});
