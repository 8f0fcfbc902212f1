import { randomUUID } from 'node:crypto';
import { randomToken } from '../../runtime/crypto';
import { inSystem, type Tx } from '../../runtime/db';
import { sha256Hex } from '../../runtime/ids';
import { connectionWords } from '../../words/en/connection';
import type { ServiceContext } from '../context';
import { record } from '../ledger/record';
import type { ConnectionMode } from './start-login';

export type PersonRequest = {
  kind: 'DEAUTHORISE' | 'DELETE';
  mode: ConnectionMode;
  /** The person as the platform names them to our app. */
  fbUserId: string;
  /** The text whose signature was checked: the same request is carried out once. */
  signed: string;
  requestId: string;
};

/**
 * What a person asked the platform: to take our access away, or to delete what we hold about them. Every login of theirs, in
 * every workspace, is disconnected and its token forgotten; a deletion also forgets who they are and what was found behind
 * the login. Sent again, it changes nothing (also after the person connected anew) and answers with the same code; somebody
 * we never knew gets a code as well. The workspace's own records (plans, numbers, what was approved) stay.
 */
export async function revokePerson(input: PersonRequest): Promise<{ code: string; connections: number }> {
  const digest = sha256Hex(`${input.kind} ${input.mode} ${input.signed}`);
  return inSystem(async (tx) => {
    const [taken] = await tx.$queryRaw<{ code: string }[]>`
      INSERT INTO "DeletionRequest" ("code", "kind", "digest", "personHash")
      VALUES (${randomToken(24)}, ${input.kind}, ${digest}, ${sha256Hex(`${input.mode} ${input.fbUserId}`)})
      ON CONFLICT ("digest") DO NOTHING RETURNING "code"`;
    if (!taken)
      return tx.deletionRequest.findUniqueOrThrow({ where: { digest }, select: { code: true, connections: true } });
    const connections = await tx.facebookConnection.findMany({
      where: { mode: input.mode, fbUserId: input.fbUserId },
      select: { id: true, workspaceId: true, status: true },
    });
    for (const connection of connections) await disconnect(tx, connection, input);
    const done = { state: 'DONE', connections: connections.length, finishedAt: new Date() };
    await tx.deletionRequest.update({ where: { code: taken.code }, data: done });
    return { code: taken.code, connections: connections.length };
  });
}

type Held = { id: string; workspaceId: string; status: string };

async function disconnect(tx: Tx, { id, workspaceId, status }: Held, input: PersonRequest): Promise<void> {
  const isDeletion = input.kind === 'DELETE';
  const reason = isDeletion ? 'deletion_requested' : 'app_removed';
  const projects = await tx.project.findMany({
    where: { workspaceId, adAccount: { is: { connectionId: id } } },
    select: { id: true },
  });
  await tx.facebookConnection.update({
    where: { id, workspaceId },
    data: {
      status: 'REVOKED',
      statusReason: reason,
      accessToken: '',
      scopes: [],
      declinedScopes: [],
      // The row stays for what hangs on it; who it was does not.
      ...(isDeletion ? { fbUserId: `erased-${randomUUID()}` } : {}),
    },
  });
  await tx.platformAnswer.deleteMany({ where: { workspaceId, connectionId: id } });
  if (isDeletion) await forgetFound(tx, { id, workspaceId });
  const ctx: ServiceContext = {
    workspaceId,
    actor: { type: 'webhook', name: isDeletion ? 'facebook-deletion' : 'facebook-deauthorise' },
    requestId: input.requestId,
    tx,
  };
  const told: (string | null)[] = projects.length > 0 ? projects.map((project) => project.id) : [null];
  for (const [at, projectId] of told.entries()) {
    await record(tx, ctx, {
      event: 'connection.revoked',
      subject: { type: 'connection', id },
      projectId,
      payload: { reason },
      ...(at === 0
        ? { audit: { before: { status }, after: { status: 'REVOKED', token: 'forgotten' }, reason: { reason } } }
        : {}),
    });
  }
}

/** Names found behind the login may be a person's own; the rows stay, because campaigns and records point to them. */
async function forgetFound(tx: Tx, { id, workspaceId }: { id: string; workspaceId: string }): Promise<void> {
  const behind = { workspaceId, connectionId: id };
  const goneAt = new Date();
  await tx.platformPixel.deleteMany({ where: { workspaceId, adAccount: { is: { connectionId: id } } } });
  await tx.adAccount.updateMany({ where: behind, data: { name: connectionWords.removedAccount, details: {}, goneAt } });
  await tx.platformPage.updateMany({
    where: behind,
    data: { name: connectionWords.removedPage, instagramId: null, details: {}, goneAt },
  });
}
