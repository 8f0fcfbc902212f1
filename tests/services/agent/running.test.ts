import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeSendingBoss, plugJobEngine } from '@/lib/jobs/engine';
import { closeDatabase, inWorkspace } from '@/lib/runtime/db';
import { readStanding } from '@/lib/services/standing/read';
import { agentWords } from '@/lib/words/en/agent';
import { buildRunningCampaign } from '../insights/running-campaign';
import { say } from './owner-chat';

beforeAll(() => plugJobEngine());
afterAll(async () => {
  await closeSendingBoss();
  await closeDatabase();
});

describe('the owner talks about running ads', () => {
  it('“stop everything” is an order carried out at once, and “done” is not said before it was read back', async () => {
    const running = await buildRunningCampaign({ status: 'ACTIVE' });
    const { text } = await say(running, 'stop everything!');
    expect(text).toContain(agentWords.stopOrdered);
    const orders = await inWorkspace(running.ctx.workspaceId, (tx) =>
      tx.stopOrder.findMany({ where: { workspaceId: running.ctx.workspaceId } }),
    );
    expect(orders).toMatchObject([{ projectId: running.projectId, state: 'STOPPING' }]);
  });

  it('answers from the numbers pulled, and says when there are none', async () => {
    const running = await buildRunningCampaign({ status: 'ACTIVE' });
    expect((await say(running, 'how is it going?')).text).toContain('no numbers yet');
    await inWorkspace(running.ctx.workspaceId, (tx) =>
      tx.performanceSnapshot.create({
        data: {
          workspaceId: running.ctx.workspaceId,
          campaignRecordId: running.campaignRecordId,
          day: new Date(new Date().toISOString().slice(0, 10)),
          currency: 'EUR',
          spendMinor: 1240n,
          impressions: 900,
          clicks: 31,
          results: 2,
        },
      }),
    );
    const { text } = await say(running, 'any results?');
    for (const told of ['€12.40 spent', '31 clicks', '€6.20 each']) expect(text).toContain(told);
  });

  it('a “why” is answered from the record, and honestly when there is none', async () => {
    const running = await buildRunningCampaign({ status: 'ACTIVE' });
    expect((await say(running, 'why did you pause my ad?')).text).toBe(agentWords.why.none);
    const evidence = {
      rule: 'pause-bad-ad',
      confidence: 0.97,
      alternatives: [],
      wouldChange: ['ad_catches_up'],
      since: '2026-11-01',
      until: '2026-11-07',
      facts: [
        { key: 'ad_clicks', value: 12 },
        { key: 'ad_spend', value: { minor: '1830', currency: 'EUR' } },
      ],
    };
    await inWorkspace(running.ctx.workspaceId, (tx) =>
      tx.campaignActionRecord.create({
        data: {
          workspaceId: running.ctx.workspaceId,
          projectId: running.projectId,
          campaignRecordId: running.campaignRecordId,
          kind: 'pause_ad',
          state: 'DONE',
          evidence,
          action: { kind: 'pause_ad', adKey: 'ad-2' },
          verdict: { answer: 'allow', reasons: ['clearly_bad_ad'] },
          dedupeKey: `test:${running.campaignRecordId}`,
          occurredAt: new Date(),
        },
      }),
    );
    const { text } = await say(running, 'why did you pause my ad?');
    expect(text).toContain('12 clicks');
    expect(text).toContain('€18.30');
  });

  it('another workspace’s conversation does not exist', async () => {
    const [running, stranger] = [await buildRunningCampaign(), await buildRunningCampaign()];
    await expect(readStanding(stranger.ctx, { conversationId: running.conversationId })).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});
