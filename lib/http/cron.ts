import { AppError } from '../domain/errors';
import { sameSecret } from '../runtime/crypto';
import { env } from '../runtime/env';
import { newRequestId } from '../runtime/ids';
import { problemResponse } from './problem';

/** A route for schedulers: `Authorization: Bearer $CRON_SECRET`, compared in constant time; without a secret it is shut. */
export function cronRoute(work: (requestId: string) => Promise<object>) {
  return async (request: Request): Promise<Response> => {
    const requestId = newRequestId();
    try {
      const given = /^Bearer (.+)$/.exec(request.headers.get('authorization') ?? '')?.[1];
      if (!sameSecret(given, env().CRON_SECRET)) throw new AppError('not_signed_in', { cron: true });
      return Response.json(await work(requestId), { status: 202 });
    } catch (error) {
      return problemResponse(error, requestId);
    }
  };
}
