import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AppError } from '@/lib/domain/errors';
import { closeSendingBoss, plugJobEngine } from '@/lib/jobs/engine';
import { closeDatabase } from '@/lib/runtime/db';
import { loadApprovalCards } from '@/lib/services/approvals/card';
import { insertPolicyVersion } from '@/lib/services/approvals/carry-out-policy';
import { decideApproval } from '@/lib/services/approvals/decide';
import { listWaitingApprovals } from '@/lib/services/approvals/list-waiting';
import { transact } from '@/lib/services/context';
import { currentPolicy } from '@/lib/services/policy/current';
import { type ProposePolicyChangeInput, proposePolicyChange } from '@/lib/services/policy/propose-change';
import { readPolicy } from '@/lib/services/policy/read';
import { buildOwner } from '../../factories';
import { buildLaunch, type Launch, setOffset } from '../../fixtures/launch';

beforeAll(plugJobEngine);
afterAll(async () => {
  await closeSendingBoss();
  await closeDatabase();
});

const eur = (minor: number) => ({ minor: String(minor), currency: 'EUR' });
const launched = async (): Promise<Launch> => {
  const launch = await buildLaunch();
  await decideApproval(launch.ctx, { approvalId: launch.approvalId, hash: launch.hash, decision: 'approve' });
  return launch;
};
const ask = (launch: Launch, change: ProposePolicyChangeInput['change']) =>
  proposePolicyChange(launch.ctx, { projectId: launch.projectId, conversationId: launch.conversationId, change });
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'fulfilled',
    (error: unknown) => (error instanceof AppError ? error.code : String(error)),
  );

describe('limits', () => {
  it('are asked for with what differs in words, change with the press alone, and keep their versions', async () => {
    const launch = await launched();
    const before = await readPolicy(launch.ctx, launch);
    expect(before).toMatchObject({ version: 1, autonomy: { level: 'safe_steps', earned: null }, waiting: null });
    const card = await ask(launch, { maxShiftPercent: 15, quietHours: { from: 22, until: 7 } });
    expect(await readPolicy(launch.ctx, launch)).toMatchObject({ version: 1, waiting: { hash: card.hash } });
    const shown = await transact(launch.ctx, (tx) => loadApprovalCards(tx, launch.ctx, [card.approvalId]));
    expect(shown.get(card.approvalId)).toMatchObject({
      approvalKind: 'policy_change',
      risk: 'normal',
      changes: [
        { field: 'maxShiftPercent', before: 'Ask me first', after: 'Alone, up to 15% at once' },
        { field: 'quietHours', before: 'None', after: '22:00 to 07:00' },
      ],
    });
    await decideApproval(launch.ctx, { ...card, decision: 'approve' });
    expect(await readPolicy(launch.ctx, launch)).toMatchObject({
      version: 2,
      limits: { maxShiftPercent: 15, quietHours: { from: 22, until: 7 }, cooldownHours: 48, mode: 'act' },
      autonomy: { level: 'moves_money' },
      versions: [{ version: 2, approvalId: card.approvalId }, { version: 1 }],
      waiting: null,
    });
  });

  it('are not changed by a card made from others', async () => {
    const launch = await launched();
    const first = await ask(launch, { maxChangesPerDay: 1 });
    const second = await ask(launch, { maxChangesPerDay: 3 });
    expect(await codeOf(decideApproval(launch.ctx, { ...first, decision: 'approve' }))).toBe('approval_not_waiting');
    await decideApproval(launch.ctx, { ...second, decision: 'approve' });
    expect((await readPolicy(launch.ctx, launch))?.limits.maxChangesPerDay).toBe(3);
  });

  it('are not changed by a card that was made before others came into force another way', async () => {
    const launch = await launched();
    const card = await ask(launch, { maxChangesPerDay: 3 });
    const policy = await readPolicy(launch.ctx, launch);
    // As the press on a raise with a new ceiling does it.
    await transact(launch.ctx, async (tx, inner) => {
      const stands = await currentPolicy(tx, inner, launch.projectId);
      if (!stands) throw new Error('no limits');
      await insertPolicyVersion(tx, inner, {
        projectId: launch.projectId,
        envelope: { ...stands.envelope, monthlyCeiling: eur(Number(policy?.limits.monthlyCeiling.minor) + 1) },
        approvalId: card.approvalId,
      });
    });
    expect(await codeOf(decideApproval(launch.ctx, { ...card, decision: 'approve' }))).toBe('approval_drift');
    expect((await readPolicy(launch.ctx, launch))?.version).toBe(2);
  });

  it('stay inside what makes sense: ranges, one currency, and a change at all', async () => {
    const launch = await launched();
    for (const change of [
      { maxShiftPercent: 21 },
      { maxShiftPercent: -1 },
      { cooldownHours: 23 },
      { weekShiftPercent: 61 },
      { quietHours: { from: 24, until: 7 } },
      { monthlyCeiling: { minor: '30000', currency: 'USD' } },
      { dayCeiling: { minor: '-1', currency: 'EUR' } },
      { maxShiftPercent: 0 },
    ])
      expect(await codeOf(ask(launch, change))).toBe('invalid_input');
    expect(await codeOf(ask(launch, { maxShiftPercent: 20, cooldownHours: 24, weekShiftPercent: 59 }))).toBe(
      'fulfilled',
    );
  });

  it('never go below what already runs may still spend; one cent above it is taken', async () => {
    const launch = await launched();
    const month = (await readPolicy(launch.ctx, launch))?.month;
    const promised = Number(month?.promised.minor) + Number(month?.spent.minor);
    expect(promised).toBeGreaterThan(0);
    const below = await ask(launch, { monthlyCeiling: eur(promised - 1) });
    expect(await codeOf(decideApproval(launch.ctx, { ...below, decision: 'approve' }))).toBe('below_promised');
    expect((await readPolicy(launch.ctx, launch))?.version).toBe(1);
    const exact = await ask(launch, { monthlyCeiling: eur(promised) });
    await decideApproval(launch.ctx, { ...exact, decision: 'approve' });
    expect((await readPolicy(launch.ctx, launch))?.month?.left).toEqual(eur(0));
  });

  it('that let money go far up are a big step, and more than double waits an hour only', async () => {
    const launch = await launched();
    const risks = async (to: number) => {
      await ask(launch, { monthlyCeiling: eur(to) });
      const [card] = await listWaitingApprovals(launch.ctx, launch);
      const hours = (Date.parse(card?.expiresAt ?? '') - Date.parse(card?.requestedAt ?? '')) / 3_600_000;
      return [card?.risk, hours];
    };
    expect(await risks(39_000)).toEqual(['normal', 24]);
    expect(await risks(39_001)).toEqual(['high', 24]);
    expect(await risks(60_000)).toEqual(['high', 24]);
    expect(await risks(60_001)).toEqual(['high', 1]);
  });

  it('of another workspace are not found, and only an owner may ask for others', async () => {
    const launch = await launched();
    const stranger = await buildOwner();
    expect(await codeOf(readPolicy(stranger.ctx, launch))).toBe('not_found');
    expect(
      await codeOf(
        proposePolicyChange(
          { ...launch.ctx, actor: { type: 'agent' } },
          {
            projectId: launch.projectId,
            conversationId: null,
            change: { maxShiftPercent: 5 },
          },
        ),
      ),
    ).toBe('not_permitted');
  });
});

describe('the inbox', () => {
  it('lists every waiting card once, the one that runs out first on top, and none that is over', async () => {
    const launch = await launched();
    expect(await listWaitingApprovals(launch.ctx)).toEqual([]);
    const card = await ask(launch, { monthlyCeiling: eur(60_001) });
    expect(await listWaitingApprovals(launch.ctx)).toMatchObject([
      { approvalId: card.approvalId, hash: card.hash, kind: 'policy_change', mayDecide: true, projectName: 'Padaria' },
    ]);
    const stranger = await buildOwner();
    expect(await listWaitingApprovals(stranger.ctx)).toEqual([]);
    await setOffset(launch.ctx.workspaceId, 3_600_000);
    expect(await listWaitingApprovals(launch.ctx)).toEqual([]);
  });
});
