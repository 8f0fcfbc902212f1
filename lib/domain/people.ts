import type { MoneyJson } from './money';
import type { Role } from './roles';

/** Who works in a workspace, as the browser receives it. `limit` binds managers only: money per day one press may add. */
export type MemberView = {
  userId: string;
  name: string;
  /** Null for somebody who came without a sign-up. */
  email: string | null;
  role: Role;
  limit: MoneyJson | null;
  you: boolean;
};

export type InvitationView = {
  invitationId: string;
  email: string;
  role: Role;
  limit: MoneyJson | null;
  /** ISO, real time. */
  until: string;
};

export type MemberList = { mayManage: boolean; members: MemberView[]; invitations: InvitationView[] };

/** One of the workspaces a person belongs to. */
export type WorkspaceView = { id: string; name: string; pretend: boolean; role: Role; active: boolean };
