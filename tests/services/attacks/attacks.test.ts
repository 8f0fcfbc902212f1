import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { route } from '@/lib/http/route';
import { closeSendingBoss, plugJobEngine } from '@/lib/jobs/engine';
import { closeDatabase, inSystem, inWorkspace } from '@/lib/runtime/db';
import { describeError } from '@/lib/runtime/log';
import { decideApproval } from '@/lib/services/approvals/decide';
import { selectAccount } from '@/lib/services/connections/select-account';
import { startFacebookLogin } from '@/lib/services/connections/start-login';
import type { ServiceContext } from '@/lib/services/context';
import { failDeployment } from '@/lib/services/deployments/end';
import { resumeDeployment } from '@/lib/services/deployments/resume';
import { forgetRequests } from '@/lib/services/health/forget-requests';
import { takeRequest } from '@/lib/services/health/take-request';
import { askToStop } from '@/lib/services/standing/ask-to-stop';
import { buildConnection, buildConversation, buildProject } from '@/tests/factories';
import { buildLaunch, type Launch } from '@/tests/fixtures/launch';
import { signUpPerson } from '@/tests/fixtures/people';

beforeAll(() => plugJobEngine());
afterAll(async () => {
  await closeSendingBoss();
  await closeDatabase();
});

/** A colleague in the same workspace who may look but not spend. */
async function colleagueOf(launch: Launch): Promise<ServiceContext> {
  const id = randomUUID();
  await inSystem(async (tx) => {
    await tx.user.create({ data: { id, name: 'Rui', email: `${id}@owner.test` } });
    await tx.member.create({
      data: { id: randomUUID(), organizationId: launch.ctx.workspaceId, userId: id, role: 'member' },
    });
  });
  return { ...launch.ctx, actor: { type: 'user', id } };
}

const press = (launch: Launch) => ({ approvalId: launch.approvalId, hash: launch.hash, decision: 'approve' as const });
const inLaunch = <T>(launch: Launch, work: Parameters<typeof inWorkspace<T>>[1]) =>
  inWorkspace(launch.ctx.workspaceId, work);

describe('a member without the right to spend', () => {
  it('may not approve, and the card goes on waiting for the owner', async () => {
    const launch = await buildLaunch();
    const colleague = await colleagueOf(launch);
    for (const decision of ['approve', 'decline', 'request_changes'] as const)
      await expect(decideApproval(colleague, { ...press(launch), decision })).rejects.toMatchObject({
        code: 'not_permitted',
      });
    expect(await decideApproval(launch.ctx, press(launch))).toEqual({ state: 'APPROVED' });
  });

  it('may not set a stopped deployment going again', async () => {
    const launch = await buildLaunch();
    await decideApproval(launch.ctx, press(launch));
    const { id } = await inLaunch(launch, (tx) =>
      tx.deployment.findFirstOrThrow({ where: { campaignRecordId: launch.campaignRecordId } }),
    );
    await inLaunch(launch, (tx) =>
      tx.campaignRecord.update({ where: { id: launch.campaignRecordId }, data: { status: 'DEPLOYING' } }),
    );
    await failDeployment(launch.ctx, { deploymentId: id, code: 'not_permitted', reason: 'stopped by the owner' });
    await expect(resumeDeployment(await colleagueOf(launch), { deploymentId: id })).rejects.toMatchObject({
      code: 'not_permitted',
    });
    expect(await resumeDeployment(launch.ctx, { deploymentId: id })).toMatchObject({ resumed: true });
  });
});

describe('asking to stop', () => {
  it('brings a new card after an earlier one of the same day was declined, and only then', async () => {
    const launch = await buildLaunch();
    await decideApproval(launch.ctx, press(launch));
    await inLaunch(launch, (tx) =>
      tx.campaignRecord.update({ where: { id: launch.campaignRecordId }, data: { status: 'ACTIVE' } }),
    );
    const agent: ServiceContext = { ...launch.ctx, actor: { type: 'agent' } };
    const cards = () =>
      inLaunch(launch, (tx) =>
        tx.approval.findMany({ where: { workspaceId: launch.ctx.workspaceId, kind: 'campaign_action' } }),
      );
    expect(await askToStop(agent, launch)).toMatchObject([{ answer: 'ask' }]);
    await askToStop(agent, launch);
    const [first, ...more] = await cards();
    expect(more).toEqual([]);
    await decideApproval(launch.ctx, { approvalId: first?.id ?? '', hash: first?.hash ?? '', decision: 'decline' });
    expect(await askToStop(agent, launch)).toMatchObject([{ answer: 'ask' }]);
    expect((await cards()).map(({ state }) => state).sort()).toEqual(['DECLINED', 'WAITING']);
  });
});

describe('ids that belong elsewhere', () => {
  it('a project of another tenant cannot be given an account', async () => {
    const [mine, theirs] = [await buildProject(), await buildProject()];
    const { account, page } = await buildConnection(mine);
    const wanted = { projectId: theirs.projectId, accountId: account.id, pageId: page.id };
    await expect(selectAccount(mine.ctx, wanted)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('a login starts only for a conversation of its own project', async () => {
    const mine = await buildConversation();
    const other = await buildProject(mine);
    const login = {
      pretendOwner: false,
      projectId: other.projectId,
      conversationId: mine.conversationId,
      sessionId: 's',
    };
    await expect(startFacebookLogin(mine.ctx, login)).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('odd requests', () => {
  const echo = route(
    { name: 'echo', anyWorkspace: true, body: z.object({ text: z.string() }) },
    async ({ body }) => body,
  );
  const post = async (body: string, params: Record<string, string> = {}) => {
    const { cookie } = await signUpPerson();
    const request = new Request('http://localhost/echo', { method: 'POST', body, headers: { cookie } });
    return echo(request, { params: Promise.resolve(params) });
  };

  it('come through as text that Postgres can keep', async () => {
    const answer = await post('{"text":"a\\u0000b\\ud800c","__proto__":{"admin":true}}');
    expect(await answer.json()).toEqual({ text: 'ab\ufffdc' });
  });

  it('are refused when they are huge or name an id with a NUL', async () => {
    expect((await post(JSON.stringify({ text: 'x'.repeat(70_000) }))).status).toBe(400);
    expect((await post('{"text":"a"}', { projectId: 'a\0' })).status).toBe(400);
  });
});

describe('request counters', () => {
  it('of long ago are forgotten, those of now still count', async () => {
    const key = randomUUID();
    const old = new Date(Date.now() - 3 * 3_600_000);
    await inSystem((tx) => tx.rateCounter.create({ data: { key, windowStart: old, count: 9 } }));
    await takeRequest({ key, limit: 1 });
    await forgetRequests();
    const left = await inSystem((tx) => tx.rateCounter.findMany({ where: { key } }));
    expect(left.map(({ count }) => count)).toEqual([1]);
  });
});

describe('the log', () => {
  it('cleans details that hold JSON with a secret, and never throws', () => {
    const error = Object.assign(new Error('x'), { details: { body: '{"url":"?access_token=EAAsecret"}', spend: 5n } });
    const described = describeError(error);
    expect(JSON.stringify(described)).not.toContain('EAAsecret');
    expect(described.details).toEqual({ body: '{"url":"?access_token=[redacted]"}', spend: '5' });
  });
});
