import type * as z from 'zod';
import { AppError } from '../domain/errors';
import { env } from '../runtime/env';
import { newRequestId } from '../runtime/ids';
import { takeRequest } from '../services/health/take-request';
import { problemResponse } from './problem';
import { requireSession, type Session } from './session';

type Params = Record<string, string>;
type Handler<B, Q> = (input: {
  session: Session;
  params: Params;
  body: B;
  query: Q;
  request: Request;
}) => Promise<Response | object>;
type NextContext = { params: Promise<Params> };

/**
 * The one wrapper of our routes: same-origin check, session, rate limit, parsing, error mapping, request id.
 * `limitPerMinute` counts per user and route name in Postgres.
 */
export function route<B = undefined, Q = undefined>(
  options: { name: string; body?: z.ZodType<B>; query?: z.ZodType<Q>; limitPerMinute?: number },
  handler: Handler<B, Q>,
) {
  return async (request: Request, context: NextContext): Promise<Response> => {
    const requestId = newRequestId();
    try {
      if (request.method !== 'GET') refuseForeignOrigin(request);
      const session = await requireSession(request.headers);
      session.ctx.requestId = requestId;
      await takeRequest({ key: `${options.name}:${session.user.id}`, limit: options.limitPerMinute ?? 120 });
      const params = await context.params;
      const body = (options.body ? options.body.parse(await readJson(request)) : undefined) as B;
      const query = (
        options.query ? options.query.parse(Object.fromEntries(new URL(request.url).searchParams)) : undefined
      ) as Q;
      const answer = await handler({ session, params, body, query, request });
      return answer instanceof Response
        ? answer
        : Response.json(answer, { headers: { 'x-request-id': requestId, 'cache-control': 'no-store' } });
    } catch (error) {
      return problemResponse(error, requestId);
    }
  };
}

async function readJson(request: Request): Promise<unknown> {
  try {
    return await request.json();
  } catch (cause) {
    throw new AppError('invalid_input', { fields: ['body'] }, { cause });
  }
}

/** Cookies are SameSite=Lax; a foreign Origin on a write is refused all the same. */
function refuseForeignOrigin(request: Request): void {
  const origin = request.headers.get('origin');
  if (origin && new URL(env().APP_URL).origin !== origin) throw new AppError('not_permitted', { origin });
}
