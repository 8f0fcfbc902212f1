import { AppError } from '../../domain/errors';
import type { EventType } from '../../domain/events';
import type { Tx } from '../../runtime/db';
import { newRequestId } from '../../runtime/ids';
import { type DeadLetterRow, deadLetters, enqueue } from '../../runtime/ports';
import { type ServiceContext, transact } from '../context';
import { record } from '../ledger/record';
import { requireMay } from '../workspaces/require-may';

type Which = { deadLetterId: string };

/**
 * Tries it once more, with all its tries anew. What it does is judged again when it runs: an approval that is over stays
 * over. @throws AppError not_permitted, not_found when somebody settled it already
 */
export async function redriveDeadLetter(ctx: ServiceContext, input: Which): Promise<void> {
  await settle(ctx, input, 'job.redriven', async (tx, letter) => {
    if (letter.kind === 'unknown') throw new AppError('invalid_input', { deadLetter: letter.id });
    await enqueue(tx, {
      kind: letter.kind,
      workspaceId: ctx.workspaceId,
      data: letter.data,
      ...(letter.key === null ? {} : { key: letter.key }),
      id: `redrive:${letter.id}`,
      requestId: letter.requestId ?? newRequestId(),
    });
  });
}

/** Lets it go for good. @throws AppError not_permitted, not_found when somebody settled it already */
export async function discardDeadLetter(ctx: ServiceContext, input: Which): Promise<void> {
  await settle(ctx, input, 'job.discarded', async () => undefined);
}

async function settle(
  ctx: ServiceContext,
  input: Which,
  event: EventType,
  work: (tx: Tx, letter: DeadLetterRow) => Promise<void>,
): Promise<void> {
  await transact(ctx, async (tx, inner) => {
    await requireMay(inner, 'job.manage');
    const letter = await deadLetters().take(tx, ctx.workspaceId, input.deadLetterId);
    if (!letter) throw new AppError('not_found', { deadLetter: input.deadLetterId });
    await work(tx, letter);
    await record(tx, inner, {
      event,
      subject: { type: 'job', id: letter.id },
      payload: { kind: letter.kind },
      quiet: true,
      audit: { before: { state: 'dead' }, after: { kind: letter.kind }, reason: { code: letter.code } },
    });
  });
}
