import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestStack } from '../../../scripts/lib/test-stack.mjs';
import { HttpOwner } from '../../fixtures/http-owner';

type Stack = Awaited<ReturnType<typeof startTestStack>>;
let stack: Stack;

const ad = (headline: string) => ({
  idea: `About ${headline}`,
  headline,
  primaryText: `${headline}, baked by hand in Porto. Write to us and tell us what you have in mind.`,
  callToAction: 'LEARN_MORE',
});
const BRIEF = {
  businessName: 'Padaria da Ana',
  businessDescription: 'Small bakery in Porto',
  product: 'Birthday cakes',
  targetAudience: 'Families',
  goal: 'LEADS',
  monthlyBudget: { amount: '900', currency: 'EUR', per: 'month' },
  location: 'Porto',
  country: 'PT',
  uniqueSellingPoint: 'Baked by hand',
  websiteUrl: 'https://padaria-da-ana.pt',
};
const PLAN = (first: string) => ({
  name: 'draft_campaign',
  input: { ads: [ad(first), ad('Birthdays'), ad('Baked today')], reserves: [ad('In reserve')] },
});
/** What the stand-in of the Messages API answers, decided by what our requests say. */
const SCRIPT = [
  { afterToolResult: 'read_status', respond: { text: 'Measured so far: {{result.campaigns}}' } },
  { whenUserSays: 'how did', respond: { toolCalls: [{ name: 'read_status', input: { days: 30 } }] } },
  { whenUserSays: 'other words', respond: { text: 'Drafting anew.', toolCalls: [PLAN('Cakes to order')] } },
  { afterToolResult: 'show_brief', respond: { text: 'Please check the card.' } },
  { afterToolResult: 'update_brief', respond: { toolCalls: [{ name: 'show_brief', input: {} }] } },
  { afterToolResult: 'show_connect', respond: { text: 'Connect on the card above.' } },
  { afterToolResult: 'draft_campaign', respond: { text: 'Your plan is on its card.' } },
  { whenSystemSays: '"stage":\\s*"connect"', respond: { toolCalls: [{ name: 'show_connect', input: {} }] } },
  {
    whenSystemSays: '"stage":\\s*"plan"',
    respond: {
      text: 'Drafting.',
      toolCalls: [PLAN('Cakes')],
    },
  },
  { whenUserSays: 'bakery', respond: { text: 'Noted.', toolCalls: [{ name: 'update_brief', input: BRIEF }] } },
  { respond: { text: 'Hello from the model. What do you do?' } },
];

beforeAll(async () => {
  stack = await startTestStack({ anthropic: true });
  const answer = await fetch(`${stack.anthropicUrl}/_admin/script`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ rules: SCRIPT }),
  });
  expect(answer.status).toBeLessThan(300);
}, 420_000);
afterAll(() => stack?.stop());

it('the loop runs with Anthropic’s Messages API over HTTP: onboarding, connection, plan, change, approval, deployment, numbers, a decision, a report', async () => {
  const owner = new HttpOwner(stack.address);
  await owner.signUp();
  const { projectId } = await owner.json<{ projectId: string }>('POST', '/api/projects', { name: 'Padaria da Ana' });
  const { conversation } = await owner.openChat(projectId);
  await expect
    .poll(async () => (await owner.messages(conversation.id))[0]?.text, { timeout: 20_000 })
    .toContain('Hello from the model');

  expect(await owner.say(conversation.id, 'I run a small bakery')).toContain('Noted.');
  const summary = await owner.card(conversation.id, 'BRIEF_SUMMARY');
  expect(summary.brief.product).toBe('Birthday cakes');
  await owner.json('POST', `/api/projects/${projectId}/brief/confirm`, { version: summary.version });

  await owner.card(conversation.id, 'FB_CONNECT', ({ state }) => state === 'waiting');
  await owner.connectFacebook(projectId, conversation.id);
  const campaign = await owner.campaignConversation(projectId);
  const first = await owner.card(campaign, 'APPROVAL_REQUEST', ({ state }) => state === 'WAITING');
  await owner.json('POST', '/api/chat/approve', {
    approvalId: first.approvalId,
    hash: first.hash,
    decision: 'request_changes',
  });
  await owner.say(campaign, 'Please use other words for the first ad');
  const launch = await owner.card(
    campaign,
    'APPROVAL_REQUEST',
    ({ state, hash }) => state === 'WAITING' && hash !== first.hash,
  );
  expect(JSON.stringify(launch)).toContain('Cakes to order');
  const stale = await owner.request('POST', '/api/chat/approve', {
    approvalId: first.approvalId,
    hash: first.hash,
    decision: 'approve',
  });
  expect(stale.ok, 'the card that was replaced opens nothing').toBe(false);
  await owner.json('POST', '/api/chat/approve', {
    approvalId: launch.approvalId,
    hash: launch.hash,
    decision: 'approve',
  });
  const deployed = await owner.card(
    campaign,
    'DEPLOY_PROGRESS',
    ({ status }) => status === 'IN_REVIEW' || status === 'ACTIVE',
    90_000,
  );
  expect(deployed.steps.every(({ state }) => state === 'done')).toBe(true);

  await owner.passTime(projectId, '1d');
  for (let week = 0; week < 6 && !(await owner.wasAskedForMore(campaign)); week += 1)
    await owner.passTime(projectId, '1w');
  const report = await owner.card(campaign, 'REPORT');
  expect(BigInt(report.totals.spend.minor)).toBeGreaterThan(0n);
  // What does worst is paused, or makes room for the approved reserve.
  const paused = await owner.card(
    campaign,
    'AGENT_ACTION',
    ({ actionKind }) => actionKind === 'pause_ad' || actionKind === 'swap_creative',
  );
  expect(paused.state).toBe('DONE');
  const raise = await owner.card(
    campaign,
    'APPROVAL_REQUEST',
    ({ state, approvalKind }) => state === 'WAITING' && approvalKind === 'campaign_action',
  );
  await owner.json('POST', '/api/chat/approve', {
    approvalId: raise.approvalId,
    hash: raise.hash,
    decision: 'approve',
  });
  expect(await owner.say(campaign, 'How did it go?')).toMatch(/Measured so far: .*"spend"/);

  const { requests } = (await (await fetch(`${stack.anthropicUrl}/_admin/requests`)).json()) as {
    requests: { body?: { stream?: boolean } }[];
  };
  expect(requests.length).toBeGreaterThan(5);
  expect(JSON.stringify(requests)).not.toMatch(/EAA[A-Za-z0-9]{20}/);
}, 420_000);
