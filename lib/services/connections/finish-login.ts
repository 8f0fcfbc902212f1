import { missingNeeds } from '../../domain/login-need';
import { exchangeCode, grantedPermissions, longLivedToken, me } from '../../platforms/meta/login';
import { metaReader } from '../../platforms/meta/reader';
import { findSimulatedWorld } from '../../platforms/meta/simulator';
import { connectionWords } from '../../words/en/connection';
import { type ServiceContext, transact } from '../context';
import { projectConversationFor } from '../conversations/current';
import { record } from '../ledger/record';
import { postMessage } from '../messages/post';
import { requestTurn } from '../turns/request';
import { redirectUri } from './start-login';
import { storeConnection } from './store';
import type { TakenState } from './take-state';

/** Exchanges the code, reads what the owner granted, stores login, accounts and Pages, and lets the conversation go on. */
export async function finishFacebookLogin(
  ctx: ServiceContext,
  input: { taken: TakenState; code: string; userId: string },
): Promise<void> {
  const { mode, projectId } = input.taken;
  const short = await exchangeCode({ mode, code: input.code, redirectUri: redirectUri() });
  const { token, expiresAt } = await longLivedToken({ mode, token: short.token });
  const login = { platform: 'meta' as const, mode, token };
  const [person, permissions] = await Promise.all([me(login), grantedPermissions(login)]);
  const stored = { projectId, userId: input.userId, mode, fbUserId: person.id, token, expiresAt, ...permissions };
  if (missingNeeds(permissions.granted).length > 0) {
    await storeConnection(ctx, { ...stored, accounts: [], pages: [], simulatorWorldId: null, incomplete: true });
    return askAgain(ctx, input.taken);
  }
  const [accounts, pages] = await Promise.all([metaReader.listAccounts(login), metaReader.listPages(login)]);
  const account = accounts[0];
  const world = mode === 'SIMULATED' && account ? await findSimulatedWorld({ accountId: account.externalId }) : null;
  const { selected } = await storeConnection(ctx, {
    ...stored,
    accounts,
    pages,
    simulatorWorldId: world?.worldId ?? null,
  });
  if (selected) return;
  const conversationId = await conversationOf(ctx, input.taken);
  await postMessage(ctx, {
    conversationId,
    role: 'agent',
    kind: 'ACCOUNT_PICKER',
    text: connectionWords.pickAccount,
    card: { id: projectId },
  });
}

/** The owner pressed Cancel in the dialog: said in the chat, nothing stored. */
export async function declineFacebookLogin(ctx: ServiceContext, input: { taken: TakenState }): Promise<void> {
  const { projectId } = input.taken;
  const conversationId = await conversationOf(ctx, input.taken);
  await transact(ctx, async (tx, inner) => {
    await record(tx, inner, {
      event: 'connection.denied',
      subject: { type: 'project', id: projectId },
      projectId,
      payload: { conversationId },
    });
    await requestTurn(inner, { conversationId, cause: { type: 'connection_denied' } });
  });
}

/** Signed in, but something ads need was left unticked: the agent says what, and the next login asks for just that. */
async function askAgain(ctx: ServiceContext, taken: TakenState): Promise<void> {
  await requestTurn(ctx, { conversationId: await conversationOf(ctx, taken), cause: { type: 'connection_denied' } });
}

async function conversationOf(ctx: ServiceContext, taken: TakenState): Promise<string> {
  if (taken.conversationId) return taken.conversationId;
  return (await projectConversationFor(ctx, { projectId: taken.projectId })).conversationId;
}
