import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AppError } from '@/lib/domain/errors';
import { closeSendingBoss, plugJobEngine } from '@/lib/jobs/engine';
import { closeDatabase, inSystem, inWorkspace } from '@/lib/runtime/db';
import { accessFor } from '@/lib/services/connections/access';
import { askBreaker, tellBreaker } from '@/lib/services/effects/breaker';
import { newsOfError } from '@/lib/services/effects/health-news';
import { listQuarantines } from '@/lib/services/quarantine/list';
import { noteConnectionNews, REFUSALS_UNTIL_QUARANTINE } from '@/lib/services/quarantine/note-trouble';
import { openQuarantine, releaseQuarantine } from '@/lib/services/quarantine/open';
import { buildConnection, buildOwner, buildProject } from '../../factories';

beforeAll(() => plugJobEngine());
afterAll(async () => {
  await closeSendingBoss();
  await closeDatabase();
});

async function connected() {
  const project = await buildProject();
  return { ...project, ...(await buildConnection(project)) };
}
const refusal = new AppError('platform_not_permitted');

describe('a connection that is refused again and again', () => {
  it('is held still at the third refusal in a row and not before', async () => {
    const { ctx, account } = await connected();
    const meets = (error: unknown) => noteConnectionNews(ctx, { accountId: account.externalId, error });
    for (let count = 1; count < REFUSALS_UNTIL_QUARANTINE; count += 1) await meets(refusal);
    expect(await listQuarantines(ctx)).toEqual([]);
    await meets(null);
    for (let count = 1; count < REFUSALS_UNTIL_QUARANTINE; count += 1) await meets(refusal);
    await meets(new AppError('platform_retry_later'));
    expect(await listQuarantines(ctx)).toEqual([]);
    await meets(refusal);
    expect(await listQuarantines(ctx)).toMatchObject([{ reason: 'refused', accountNames: ['Padaria'] }]);
  });

  it('changes nothing any more, is opened once, and goes back to what it was when a person releases it', async () => {
    const { ctx, projectId, connectionId } = await connected();
    const opened = await Promise.all([1, 2, 3].map(() => openQuarantine(ctx, { connectionId, reason: 'ledger' })));
    expect(opened.filter(Boolean)).toHaveLength(1);
    await expect(accessFor(ctx, { projectId })).rejects.toMatchObject({ code: 'connection_quarantined' });
    expect((await accessFor(ctx, { projectId, evenIfBroken: true })).access.urgency).toBe('stop');
    const [one] = await listQuarantines(ctx);
    const quarantineId = one?.id ?? '';
    await expect(releaseQuarantine((await buildOwner()).ctx, { quarantineId })).rejects.toMatchObject({
      code: 'not_found',
    });
    await expect(releaseQuarantine({ ...ctx, actor: { type: 'agent' } }, { quarantineId })).rejects.toMatchObject({
      code: 'not_permitted',
    });
    await releaseQuarantine(ctx, { quarantineId });
    expect((await accessFor(ctx, { projectId })).connection.id).toBe(connectionId);
    const audited = await inWorkspace(ctx.workspaceId, (tx) =>
      tx.auditEntry.findMany({ where: { action: { startsWith: 'quarantine.' } }, orderBy: { seq: 'asc' } }),
    );
    expect(audited.map(({ action, before, after }) => [action, before, after])).toEqual([
      ['quarantine.opened', { status: 'HEALTHY' }, { status: 'QUARANTINED' }],
      ['quarantine.released', { status: 'QUARANTINED' }, { status: 'HEALTHY' }],
    ]);
  });
});

describe('the breaker', () => {
  let counter = 0;
  const scope = () => ({ mode: 'LIVE' as const, accountId: `act_breaker_${counter++}` });
  const circuit = (name: string) => inSystem((tx) => tx.circuit.findUnique({ where: { scope: name } }));

  it('opens at the fifth failure in a row, lets one through after its wait, and closes when that one is answered', async () => {
    const account = scope();
    for (let count = 0; count < 4; count += 1) await tellBreaker(account, 'failed');
    await askBreaker(account);
    await tellBreaker(account, 'failed');
    await expect(askBreaker(account)).rejects.toMatchObject({
      code: 'platform_retry_later',
      details: { reason: 'circuit_open', retryAfterMs: expect.any(Number) },
    });
    await inSystem((tx) =>
      tx.circuit.update({ where: { scope: `account:LIVE:${account.accountId}` }, data: { probeAt: new Date(0) } }),
    );
    const asked = await Promise.allSettled(Array.from({ length: 10 }, () => askBreaker(account)));
    expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await tellBreaker(account, 'answered');
    await askBreaker(account);
  });

  it('a probe that fails opens it again, for longer', async () => {
    const account = scope();
    await tellBreaker(account, 'blocked');
    const name = `account:LIVE:${account.accountId}`;
    const first = await circuit(name);
    await inSystem((tx) => tx.circuit.update({ where: { scope: name }, data: { probeAt: new Date(0) } }));
    await askBreaker(account);
    await tellBreaker(account, 'failed');
    const second = await circuit(name);
    expect(second).toMatchObject({ state: 'OPEN', openings: 2 });
    const wait = (row: typeof first) => (row?.probeAt?.getTime() ?? 0) - (row?.openedAt?.getTime() ?? 0);
    expect(wait(second)).toBeGreaterThan(wait(first) * 1.5);
  });

  it('failures of many accounts open the app’s, and then nobody gets through', async () => {
    await inSystem((tx) => tx.circuit.deleteMany({ where: { scope: 'app:SIMULATED' } }));
    for (let count = 0; count < 20; count += 1)
      await tellBreaker({ mode: 'SIMULATED', accountId: `act_many_${count}` }, 'failed');
    await expect(askBreaker({ mode: 'SIMULATED', accountId: 'act_untouched' })).rejects.toMatchObject({
      details: { scope: 'app:SIMULATED' },
    });
    await tellBreaker({ mode: 'SIMULATED', accountId: 'act_untouched' }, 'answered');
    await askBreaker({ mode: 'SIMULATED', accountId: 'act_untouched' });
  });

  it('a limit says nothing about the way, a refusal of our input is an answer, silence is a failure', () => {
    const meta = (code: 'platform_retry_later' | 'platform_fix_input' | 'platform_unknown_outcome', reason: string) =>
      newsOfError(new AppError(code, { platform: 'meta', reason }));
    expect(meta('platform_retry_later', 'throttled')).toBeNull();
    expect(meta('platform_retry_later', 'timeout')).toBe('failed');
    expect(meta('platform_retry_later', 'blocked_for_abuse')).toBe('blocked');
    expect(meta('platform_fix_input', 'invalid')).toBe('answered');
    expect(meta('platform_unknown_outcome', 'network')).toBe('failed');
    expect(newsOfError(new AppError('platform_retry_later', { reason: 'circuit_open' }))).toBeNull();
    expect(newsOfError(new Error('ours'))).toBeNull();
  });
});
