import { afterAll, beforeAll, expect, it } from 'vitest';
import * as z from 'zod';
import { AppError } from '@/lib/domain/errors';
import { defineJob } from '@/lib/jobs/define-job';
import { closeSendingBoss, drain, plugJobEngine } from '@/lib/jobs/engine';
import { knowJobs } from '@/lib/jobs/known-jobs';
import { closeDatabase, inSystem, inWorkspace } from '@/lib/runtime/db';
import { enqueue } from '@/lib/runtime/ports';
import { listDeadLetters } from '@/lib/services/dead-letters/list';
import { discardDeadLetter, redriveDeadLetter } from '@/lib/services/dead-letters/settle';
import { buildOwner, type Owner } from '../../factories';

let ran: string[] = [];
let fails = true;
const hopeless = defineJob({
  kind: 'test-hopeless',
  queue: 'user',
  schema: z.object({ name: z.string() }),
  async run({ data }) {
    ran.push(data.name);
    if (fails) throw new AppError('platform_fix_input', { reason: 'EAAsecrettoken123456' });
  },
});
knowJobs([hopeless]);

beforeAll(() => plugJobEngine());
afterAll(async () => {
  await closeSendingBoss();
  await closeDatabase();
});

async function dead(name: string): Promise<Owner & { id: string }> {
  [ran, fails] = [[], true];
  const owner = await buildOwner();
  await inSystem((tx) =>
    enqueue(tx, { kind: 'test-hopeless', workspaceId: owner.ctx.workspaceId, data: { name }, key: `key:${name}` }),
  );
  await drain(4_000);
  const [letter] = await listDeadLetters(owner.ctx);
  return { ...owner, id: letter?.id ?? '' };
}

it('what gave up is listed with its reason, and only to its own workspace', async () => {
  const owner = await dead('listed');
  expect(await listDeadLetters(owner.ctx)).toMatchObject([
    { kind: 'test-hopeless', code: 'platform_fix_input', tries: 1, mayRedrive: true },
  ]);
  expect(JSON.stringify(await listDeadLetters(owner.ctx))).not.toContain('EAAsecret');
  const other = await buildOwner();
  expect(await listDeadLetters(other.ctx)).toEqual([]);
  await expect(redriveDeadLetter(other.ctx, { deadLetterId: owner.id })).rejects.toMatchObject({ code: 'not_found' });
});

it('tried again it runs once more, with its key and on record; a second press finds nothing', async () => {
  const owner = await dead('again');
  fails = false;
  const presses = await Promise.allSettled(
    [1, 2, 3].map(() => redriveDeadLetter(owner.ctx, { deadLetterId: owner.id })),
  );
  expect(presses.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  const keys = await inSystem(
    (tx) => tx.$queryRaw<{ key: string }[]>`
    SELECT singleton_key AS key FROM jobs.job WHERE name = 'user' AND state = 'created' AND data->>'workspaceId' = ${owner.ctx.workspaceId}`,
  );
  expect(keys).toEqual([{ key: 'key:again' }]);
  await drain(4_000);
  expect(ran).toEqual(['again', 'again']);
  expect(await listDeadLetters(owner.ctx)).toEqual([]);
  const audited = await inWorkspace(owner.ctx.workspaceId, (tx) =>
    tx.auditEntry.findMany({ where: { action: 'job.redriven' } }),
  );
  expect(audited).toMatchObject([{ subjectId: owner.id, reason: { code: 'platform_fix_input' } }]);
});

it('discarded it never runs again', async () => {
  const owner = await dead('dropped');
  await discardDeadLetter(owner.ctx, { deadLetterId: owner.id });
  fails = false;
  await drain(3_000);
  expect(ran).toEqual(['dropped']);
  expect(await listDeadLetters(owner.ctx)).toEqual([]);
});

it('is the owner’s to settle', async () => {
  const owner = await dead('mine');
  await inSystem((tx) => tx.member.updateMany({ where: { userId: owner.userId }, data: { role: 'manager' } }));
  await expect(discardDeadLetter(owner.ctx, { deadLetterId: owner.id })).rejects.toMatchObject({
    code: 'not_permitted',
  });
});
