import { loginEnd, mayRenew } from '../../domain/login-health';
import { MISSING_PERMISSIONS, missingNeeds } from '../../domain/login-need';
import { inspectToken, longLivedToken, type TokenFacts } from '../../platforms/meta/login';
import { readerFor } from '../../platforms/registry-readers';
import { decrypt, encrypt } from '../../runtime/crypto';
import { log } from '../../runtime/log';
import { type ServiceContext, transact, workspaceNow } from '../context';
import { tellProject } from '../notifications/tell-project';
import { storeDiscovered } from './discovered';
import { markConnectionBroken, markConnectionRepaired } from './mark-broken';
import { remindOfEnd } from './remind';
import type { ConnectionMode } from './start-login';

/** What a look at a login found. `skipped`: nothing to look at (forgotten, taken out of service, not there). */
export type LoginHealth = 'healthy' | 'repaired' | 'broken' | 'skipped';

type Held = NonNullable<Awaited<ReturnType<typeof heldLogin>>>;

/**
 * The daily look at one login: what Meta says of its token, a longer life in good time, a card before it ends, and what
 * stands behind it now. A token Meta refuses, and one that lost permissions ads cannot do without, is marked as broken; one
 * that works again is repaired.
 * @throws AppError platform_* where Meta cannot be asked: then nothing is concluded
 */
export async function checkLogin(ctx: ServiceContext, input: { connectionId: string }): Promise<LoginHealth> {
  const held = await heldLogin(ctx, input.connectionId);
  if (!held) return 'skipped';
  const { mode, now } = held;
  let facts = await inspectToken({ mode, token: held.token });
  if (facts.isValid && mayRenew({ ...held, tokenExpiresAt: facts.expiresAt })) facts = await renewed(ctx, held, facts);
  const trouble = troubleOf(facts, now);
  await keepFacts(ctx, held, facts);
  if (trouble) {
    await markConnectionBroken(ctx, { connectionId: held.id, reason: trouble });
    return 'broken';
  }
  const wasBroken = held.status === 'BROKEN';
  if (wasBroken) await markConnectionRepaired(ctx, { connectionId: held.id });
  await refreshFound(ctx, held);
  const endsAt = endOf(facts);
  if (endsAt) await remindOfEnd(ctx, { connectionId: held.id, endsAt, remindedDays: held.remindedDays, now });
  return wasBroken ? 'repaired' : 'healthy';
}

function heldLogin(ctx: ServiceContext, connectionId: string) {
  return transact(ctx, async (tx, inner) => {
    const row = await tx.facebookConnection.findFirst({ where: { workspaceId: ctx.workspaceId, id: connectionId } });
    if (!row?.accessToken || (row.status !== 'HEALTHY' && row.status !== 'BROKEN')) return null;
    const { id, status, remindedDays, renewedAt } = row;
    const [token, now] = [decrypt(row.accessToken, row.id), await workspaceNow(inner, tx)];
    return {
      id,
      status,
      remindedDays,
      renewedAt,
      token,
      sealed: row.accessToken,
      now,
      mode: row.mode as ConnectionMode,
    };
  });
}

const endOf = (facts: TokenFacts) =>
  loginEnd({ tokenExpiresAt: facts.expiresAt, dataAccessExpiresAt: facts.dataAccessExpiresAt });

/** Why a login cannot be used, or null. */
function troubleOf(facts: TokenFacts, now: Date): string | null {
  if (!facts.isValid) return facts.subcode === null ? 'platform_reauthorise' : `token_${facts.subcode}`;
  const endsAt = endOf(facts);
  if (endsAt && endsAt <= now) return facts.expiresAt && facts.expiresAt <= now ? 'token_463' : 'data_access_ended';
  return missingNeeds(facts.scopes).length > 0 ? MISSING_PERMISSIONS : null;
}

/** Asks for a longer life. Meta promises none: only a later end counts, and a refusal changes nothing. */
async function renewed(ctx: ServiceContext, held: Held, before: TokenFacts): Promise<TokenFacts> {
  try {
    const { token } = await longLivedToken({ mode: held.mode, token: held.token });
    const after = await inspectToken({ mode: held.mode, token });
    const isLater = after.isValid && (endOf(after)?.getTime() ?? Infinity) > (endOf(before)?.getTime() ?? 0);
    await transact(ctx, (tx) =>
      tx.facebookConnection.updateMany({
        // A login made meanwhile brought a token of its own.
        where: { workspaceId: ctx.workspaceId, id: held.id, accessToken: held.sealed },
        data: {
          renewedAt: held.now,
          ...(isLater ? { accessToken: encrypt(token, held.id), remindedDays: null } : {}),
        },
      }),
    );
    if (!isLater) return before;
    held.token = token;
    held.remindedDays = null;
    return after;
  } catch (error) {
    log.warn({ err: error, connection: held.id }, 'a token was not renewed');
    return before;
  }
}

async function keepFacts(ctx: ServiceContext, held: Held, facts: TokenFacts): Promise<void> {
  await transact(ctx, (tx) =>
    tx.facebookConnection.updateMany({
      where: { workspaceId: ctx.workspaceId, id: held.id, status: { in: ['HEALTHY', 'BROKEN'] } },
      data: {
        checkedAt: held.now,
        ...(facts.isValid
          ? { tokenExpiresAt: facts.expiresAt, dataAccessExpiresAt: facts.dataAccessExpiresAt, scopes: facts.scopes }
          : {}),
      },
    }),
  );
}

/** Accounts, Pages and pixels as the login shows them today. A used account that is gone is said once. */
async function refreshFound(ctx: ServiceContext, held: Held): Promise<void> {
  const access = { platform: 'meta', mode: held.mode, token: held.token, urgency: 'background' } as const;
  const reader = readerFor(access.platform);
  const [accounts, pages] = [await reader.listAccounts(access), await reader.listPages(access)];
  await transact(ctx, async (tx, inner) => {
    const { workspaceId } = ctx;
    const still = await tx.facebookConnection.count({ where: { workspaceId, id: held.id, status: 'HEALTHY' } });
    if (still === 0) return;
    const login = { workspaceId, connectionId: held.id, mode: held.mode, mayTake: false };
    const found = await storeDiscovered(tx, { ...login, accounts, pages });
    const gone = await tx.project.findMany({
      where: { workspaceId, archivedAt: null, adAccountId: { in: found.lost } },
      select: { id: true, adAccount: { select: { name: true } } },
    });
    for (const project of gone) {
      await tellProject(inner, {
        projectId: project.id,
        key: 'account_gone',
        params: { account: project.adAccount?.name ?? '' },
        tone: 'warning',
        bell: 'ALERT',
      });
    }
  });
}
