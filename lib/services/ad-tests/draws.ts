import type { AdTestTerms } from '../../domain/ad-test';
import { AppError } from '../../domain/errors';
import { addDays, dayIn } from '../../domain/time';
import { readerFor } from '../../platforms/registry-readers';
import type { Tx } from '../../runtime/db';
import { log } from '../../runtime/log';
import { accessFor } from '../connections/access';
import { type ServiceContext, transact, workspaceNow } from '../context';
import { proposeAction } from '../mutations/propose';
import { isDrawOver } from '../mutations/shows-draw';

type Which = { adAccountId: string };

/** Running comparisons whose draw somebody ended at the platform before its day. Where it does not answer, none is. */
export async function endedElsewhere(ctx: ServiceContext, { adAccountId }: Which): Promise<ReadonlySet<string>> {
  const { tests, now } = await transact(ctx, async (tx, inner) => ({
    tests: await tx.adTest.findMany({
      where: {
        workspaceId: ctx.workspaceId,
        state: 'RUNNING',
        studyId: { not: null },
        campaign: { project: { adAccountId } },
      },
      select: { id: true, projectId: true, studyId: true, endsOn: true, campaign: { select: { timezone: true } } },
    }),
    now: await workspaceNow(inner, tx),
  }));
  const over = new Set<string>();
  for (const { id, projectId, studyId, endsOn, campaign } of tests) {
    if (dayIn(campaign.timezone, now) >= endsOn.toISOString().slice(0, 10)) continue;
    try {
      const { access } = await accessFor(ctx, { projectId });
      const seen = await readerFor(access.platform).readDraw({ ...access, urgency: 'background' }, studyId ?? '');
      if (isDrawOver(seen, now)) over.add(id);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      log.info({ test: id, err: error }, 'a draw could not be looked at');
    }
  }
  return over;
}

/** A comparison that is over needs no draw any more: it is ended through the gate, or has ended by itself on its day. */
export async function closeDraws(ctx: ServiceContext, { adAccountId }: Which): Promise<void> {
  const open = await transact(ctx, (tx, inner) => findOpen(tx, inner, adAccountId));
  for (const { test, today } of open)
    await proposeAction(ctx, {
      campaignRecordId: test.campaignRecordId,
      suggestion: {
        action: { kind: 'end_test', test: termsOf(test), moves: [] },
        evidence: {
          rule: 'test-over',
          facts: [],
          confidence: null,
          alternatives: [],
          wouldChange: [],
          since: test.startedOn.toISOString().slice(0, 10),
          until: addDays(today, -1),
        },
      },
      day: `${today}:${test.id}`,
    });
}

type Row = Awaited<ReturnType<Tx['adTest']['findMany']>>[number];

async function findOpen(tx: Tx, ctx: ServiceContext, adAccountId: string): Promise<{ test: Row; today: string }[]> {
  const rows = await tx.adTest.findMany({
    where: {
      workspaceId: ctx.workspaceId,
      state: { not: 'RUNNING' },
      studyId: { not: null },
      studyEndedAt: null,
      campaign: { project: { adAccountId } },
    },
    include: { campaign: { select: { timezone: true } } },
  });
  const now = await workspaceNow(ctx, tx);
  const open: { test: Row; today: string }[] = [];
  for (const { campaign, ...test } of rows) {
    const today = dayIn(campaign.timezone, now);
    if (today < test.endsOn.toISOString().slice(0, 10)) open.push({ test, today });
    else
      await tx.adTest.updateMany({
        where: { workspaceId: ctx.workspaceId, id: test.id, studyEndedAt: null },
        data: { studyEndedAt: now },
      });
  }
  return open;
}

/** The terms of a stored comparison, as its card had them. */
function termsOf(test: Row): AdTestTerms {
  const plan = test.plan as AdTestTerms['sizing'] & { wantedLift: number; days: number };
  return {
    id: test.id,
    level: test.level as AdTestTerms['level'],
    drawnBy: test.drawnBy as AdTestTerms['drawnBy'],
    arms: test.arms,
    adSetKey: test.adSetKey,
    measure: test.measure as AdTestTerms['measure'],
    question: test.question,
    seesPercent: Math.round(plan.wantedLift * 100),
    days: plan.days,
    answerBy: test.endsOn.toISOString().slice(0, 10),
    sizing: {
      detectableLift: plan.detectableLift,
      baseRate: plan.baseRate,
      exposurePerDay: plan.exposurePerDay,
    },
    moves: [],
  };
}
