import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestStack } from '../../../scripts/lib/test-stack.mjs';
import { HttpOwner } from '../../fixtures/http-owner';

type Stack = Awaited<ReturnType<typeof startTestStack>>;
let stack: Stack;

beforeAll(async () => {
  stack = await startTestStack({ restart: false });
}, 240_000);
afterAll(() => stack?.stop());

const admin = async <T>(path: string): Promise<T> => {
  const answer = await fetch(`${stack.simulatorUrl}/_admin/${path}`, {
    headers: { authorization: `Bearer ${stack.env.SIMULATOR_ADMIN_KEY}` },
  });
  return (await answer.json()) as T;
};
type Request = { method: string; path: string; status: number };

it('app and worker killed in the middle of a deployment and started again: it finishes, and each object exists once', async () => {
  const owner = new HttpOwner(stack.address);
  const { projectId } = await owner.json<{ projectId: string }>('POST', '/api/demo');
  const { conversation } = await owner.openChat(projectId);
  await expect.poll(async () => (await owner.messages(conversation.id)).length, { timeout: 20_000 }).toBeGreaterThan(0);
  await owner.say(
    conversation.id,
    'I run a small bakery in Porto, about 900 euros a month, want more birthday cake orders',
  );
  await owner.say(conversation.id, 'Families with children. No website');
  await owner.say(conversation.id, 'Everything is baked by hand the same morning');
  const summary = await owner.card(conversation.id, 'BRIEF_SUMMARY');
  await owner.json('POST', `/api/projects/${projectId}/brief/confirm`, { version: summary.version });
  const campaign = await owner.campaignConversation(projectId);
  const launch = await owner.card(campaign, 'APPROVAL_REQUEST', ({ state }) => state === 'WAITING');
  await fetch(`${stack.simulatorUrl}/_admin/requests`, {
    method: 'DELETE',
    headers: { authorization: `Bearer ${stack.env.SIMULATOR_ADMIN_KEY}` },
  });

  const presses = await Promise.all(
    Array.from({ length: 5 }, () =>
      owner.request('POST', '/api/chat/approve', {
        approvalId: launch.approvalId,
        hash: launch.hash,
        decision: 'approve',
      }),
    ),
  );
  expect(presses.filter(({ ok }) => ok)).toHaveLength(1);

  const writes = async () =>
    (await admin<{ requests: Request[] }>('requests')).requests.filter(
      ({ method, path }) => method === 'POST' && path.includes('/act_'),
    );
  await expect.poll(async () => (await writes()).length, { timeout: 60_000, interval: 30 }).toBeGreaterThan(3);
  for (const { pid } of [stack.parts.worker, stack.parts.web]) if (pid) process.kill(-pid, 'SIGKILL');
  await Promise.all([stack.parts.worker.start(), stack.parts.web.start()]);

  await owner.card(campaign, 'DEPLOY_PROGRESS', ({ status }) => status === 'IN_REVIEW' || status === 'ACTIVE', 120_000);
  const world = await admin<{ worlds: { worldId: string }[] }>('worlds');
  const truth = await admin<{ accounts: { adSets: Record<string, unknown>; ads: { name: string }[] }[] }>(
    `worlds/${world.worlds[0]?.worldId}/truth`,
  );
  const ours = truth.accounts[0]?.ads.filter(({ name }) => name.includes('ag')) ?? [];
  expect(ours.map(({ name }) => / ad-\d /.exec(name)?.[0].trim()).sort()).toEqual(['ad-1', 'ad-2', 'ad-3']);
}, 300_000);
