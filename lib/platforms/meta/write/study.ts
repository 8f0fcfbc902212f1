import type { AccountAccess, DrawContent } from '../../port';
import { createdSchema, doneSchema } from '../schemas';
import { metaApi } from '../transport';

/**
 * A split test: while it runs, Meta keeps the people of its cells apart by lot (`POST /{business}/ad_studies`, type
 * SPLIT_TEST; percentages add up to 100). It returns no winner: that is ours to compute from the insights of each cell.
 */
export async function createDraw(
  access: AccountAccess,
  input: { name: string } & DrawContent,
): Promise<{ remoteId: string }> {
  const { id } = await metaApi(access).post(
    [input.ownerId, 'ad_studies'],
    {
      name: input.name,
      type: 'SPLIT_TEST',
      start_time: seconds(input.startsAt),
      end_time: seconds(input.endsAt),
      cells: input.cells.map(({ name, sharePercent, adSetIds }) => ({
        name,
        treatment_percentage: sharePercent,
        adsets: adSetIds,
      })),
    },
    createdSchema,
  );
  return { remoteId: id };
}

/** Meta has no verb for stopping one: its end is brought forward. */
export async function endDraw(access: AccountAccess, drawRemoteId: string, endsAt: string): Promise<void> {
  await metaApi(access).post([drawRemoteId], { end_time: seconds(endsAt) }, doneSchema);
}

const seconds = (instant: string) => Math.floor(Date.parse(instant) / 1000);
