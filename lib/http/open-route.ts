import { AppError } from '../domain/errors';
import { newRequestId } from '../runtime/ids';
import { takeRequest } from '../services/health/take-request';
import { problemResponse } from './problem';

type Params = Record<string, string>;

/** A route without a session, for addresses that carry their own signature. Counted per route, not per person. */
export function openRoute(
  options: { name: string; limitPerMinute: number },
  handler: (input: { params: Params; request: Request }) => Promise<Response>,
) {
  return async (request: Request, context: { params: Promise<Params> }): Promise<Response> => {
    const requestId = newRequestId();
    try {
      const params = await context.params;
      if (Object.values(params).some((value) => value.includes('\0'))) throw new AppError('not_found');
      // A signed address in one's own hand is worth a limit of its own; everybody else shares one.
      const who = Object.values(params).join('').slice(0, 36);
      await takeRequest({ key: `${options.name}:${who}`, limit: options.limitPerMinute });
      return await handler({ params, request });
    } catch (error) {
      return problemResponse(error, requestId);
    }
  };
}
