import type { StopView } from '../../domain/views';
import type { ServiceContext } from '../context';
import { readStop } from '../stops/read';
import { carryOutStop } from './carry-out-stop';
import { type StopInput, stopEverything } from './stop-everything';

/** Real milliseconds an order is carried out on the spot before it is answered. */
const ON_THE_SPOT_MS = 8_000;

/**
 * Orders the stop and carries it out here and now, without waiting for a worker, for as long as an answer may take; the
 * stop lane goes on with the rest. Answers how far it is. @throws AppError not_permitted, not_found
 */
export async function stopNow(ctx: ServiceContext, input: StopInput & { withinMs?: number }): Promise<StopView> {
  const { stopId } = await stopEverything(ctx, input);
  await carryOutStop(ctx, { stopId, withinMs: input.withinMs ?? ON_THE_SPOT_MS });
  return readStop(ctx, { stopId });
}
