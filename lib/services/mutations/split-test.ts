import type { CampaignAction } from '../../domain/action';
import type { AdTestTerms } from '../../domain/ad-test';
import { AppError } from '../../domain/errors';
import { instantAt } from '../../domain/report-week';
import type { AccountAccess } from '../../platforms/port';
import { readerFor } from '../../platforms/registry-readers';
import { type ServiceContext, transact, workspaceNow } from '../context';
import { type CampaignKnown, objectOf } from './campaign-state';
import { daysOfTest, startDay } from './keep-test';
import { performWrite } from './perform-write';
import { isDrawOver, showsDraw } from './shows-draw';

type Held = { id: string; approvalId: string | null; campaign: CampaignKnown; action: CampaignAction };
type Input = { held: Held; access: AccountAccess };
type Drawn =
  | { kind: 'done'; studyId: string | null }
  | { kind: 'wait'; seconds: number }
  | { kind: 'needs_review'; reason: string };

/**
 * Asked before the first budget is moved: a draw the platform does not hold for this account is refused while nothing has
 * changed yet. @throws AppError platform_not_permitted
 */
export async function refuseWithoutDraw(input: Input): Promise<void> {
  const { action } = input.held;
  if (action.kind !== 'start_test' || action.test.drawnBy !== 'lot') return;
  const may = await readerFor(input.access.platform).mayDraw(input.access);
  if (!may.yes) throw new AppError('platform_not_permitted', { reason: may.reason });
}

/** The platform's part of a comparison drawn by lot, after its budgets: the draw is made and read back, or ended. */
export async function drawOrEnd(ctx: ServiceContext, input: Input): Promise<Drawn> {
  const { action } = input.held;
  const nothing = { kind: 'done', studyId: null } as const;
  if (action.kind !== 'start_test' && action.kind !== 'end_test') return nothing;
  if (action.test.drawnBy !== 'lot') return nothing;
  return action.kind === 'start_test' ? draw(ctx, input, action.test) : endOf(ctx, input, action.test);
}

async function draw(ctx: ServiceContext, { held, access }: Input, test: AdTestTerms): Promise<Drawn> {
  const { campaign } = held;
  const reader = readerFor(access.platform);
  const may = await reader.mayDraw(access);
  if (!may.yes) throw new AppError('platform_not_permitted', { reason: may.reason });
  const { from, to } = daysOfTest(test, await transact(ctx, (tx, inner) => startDay(tx, inner, held)));
  const adSetIds = test.arms.map((key) => objectOf(campaign, 'adset', key).remoteId);
  const wanted = {
    startsAt: instantAt(from, 0, campaign.timezone).toISOString(),
    endsAt: instantAt(to, 0, campaign.timezone).toISOString(),
    cells: adSetIds.map((id, index) => ({ name: 'AB'[index] ?? '', sharePercent: 50, adSetIds: [id] })),
  };
  const made = await performWrite(ctx, {
    access,
    key: `${held.id}:draw`,
    actionId: held.id,
    fence: null,
    write: { kind: 'create_draw', name: `${campaign.plan.name} · comparison`, ownerId: may.ownerId, ...wanted },
  });
  if (made.kind !== 'done') return made;
  const studyId = made.remoteId;
  if (studyId === null) throw new AppError('internal', { effect: `${held.id}:draw` });
  const seen = await reader.readDraw(access, studyId);
  if (!seen) return { kind: 'needs_review', reason: 'the draw is not shown' };
  if (!showsDraw(seen, wanted))
    throw new AppError('platform_fix_input', { reason: 'read back something else', object: 'draw' });
  return { kind: 'done', studyId };
}

/** One that has not begun is deleted: its end cannot come before its start. */
async function endOf(ctx: ServiceContext, { held, access }: Input, test: AdTestTerms): Promise<Drawn> {
  const reader = readerFor(access.platform);
  const { studyId, now, askedAt } = await transact(ctx, async (tx, inner) => {
    const row = await tx.adTest.findFirst({
      where: { workspaceId: ctx.workspaceId, id: test.id },
      select: { studyId: true },
    });
    const own = await tx.campaignActionRecord.findFirstOrThrow({
      where: { workspaceId: ctx.workspaceId, id: held.id },
      select: { occurredAt: true },
    });
    return { studyId: row?.studyId ?? null, now: await workspaceNow(inner, tx), askedAt: own.occurredAt };
  });
  if (studyId === null) return { kind: 'done', studyId: null };
  const seen = await reader.readDraw(access, studyId);
  if (!seen || isDrawOver(seen, now)) return { kind: 'done', studyId };
  const begun = seen.startsAt !== null && Date.parse(seen.startsAt) < askedAt.getTime();
  const written = await performWrite(ctx, {
    access,
    key: `${held.id}:end_draw`,
    actionId: held.id,
    fence: null,
    write: { kind: 'end_draw', remoteId: studyId, endsAt: begun ? askedAt.toISOString() : null },
  });
  if (written.kind !== 'done') return written;
  const after = await reader.readDraw(access, studyId);
  if (!isDrawOver(after, now))
    throw new AppError('platform_fix_input', { reason: 'read back something else', object: 'draw' });
  return { kind: 'done', studyId };
}
