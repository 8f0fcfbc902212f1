import type * as z from 'zod';
import { AppError } from '../domain/errors';
import { env } from '../runtime/env';
import { newRequestId } from '../runtime/ids';
import { takeRequest } from '../services/health/take-request';
import { problemResponse } from './problem';
import { requireSession, type Session, sessionNaming } from './session';

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
 * `limitPerMinute` counts per user and route name in Postgres. A request that changes something names the workspace its page
 * was drawn for; `anyWorkspace` marks the few that are about the person instead.
 */
export function route<B = undefined, Q = undefined>(
  options: { name: string; body?: z.ZodType<B>; query?: z.ZodType<Q>; limitPerMinute?: number; anyWorkspace?: true },
  handler: Handler<B, Q>,
) {
  return async (request: Request, context: NextContext): Promise<Response> => {
    const requestId = newRequestId();
    try {
      if (request.method !== 'GET') refuseForeignOrigin(request);
      const session = await inShownWorkspace(await requireSession(request.headers), request, options);
      session.ctx.requestId = requestId;
      await takeRequest({ key: `${options.name}:${session.user.id}`, limit: options.limitPerMinute ?? 120 });
      const params = await context.params;
      const asked = Object.fromEntries(new URL(request.url).searchParams);
      refuseNul({ ...asked, ...params });
      const body = (options.body ? options.body.parse(await readJson(request)) : undefined) as B;
      const query = (options.query ? options.query.parse(asked) : undefined) as Q;
      const answer = await handler({ session, params, body, query, request });
      return answer instanceof Response
        ? answer
        : Response.json(answer, {
            headers: {
              'x-request-id': requestId,
              [WORKSPACE_HEADER]: session.ctx.workspaceId,
              'cache-control': 'no-store',
            },
          });
    } catch (error) {
      return problemResponse(error, requestId);
    }
  };
}

/** An address (a download, the event stream) cannot carry a header: there it is the question `workspace`. */
const WORKSPACE_HEADER = 'x-workspace';

/**
 * A request that names none (a program's, never our pages') is about the workspace opened in its session.
 * @throws AppError workspace_unclear where the one named is not the person's
 */
async function inShownWorkspace(
  session: Session,
  request: Request,
  options: { anyWorkspace?: true },
): Promise<Session> {
  if (options.anyWorkspace) return session;
  const asks = request.method === 'GET';
  const named =
    request.headers.get(WORKSPACE_HEADER) ?? (asks ? new URL(request.url).searchParams.get('workspace') : null);
  return named ? sessionNaming(session, named) : session;
}

/** Far above any body of ours. */
const MAX_BODY_BYTES = 64 * 1024;

async function readJson(request: Request): Promise<unknown> {
  try {
    return JSON.parse(await readText(request), (_key, value: unknown) =>
      typeof value === 'string' ? storable(value) : value,
    );
  } catch (cause) {
    throw new AppError('invalid_input', { fields: ['body'] }, { cause });
  }
}

/** The body as text, counted as it arrives: a declared length is only a claim. */
async function readText(request: Request): Promise<string> {
  const decoder = new TextDecoder();
  let [text, bytes] = ['', 0];
  for await (const chunk of request.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > MAX_BODY_BYTES) throw new Error('body too large');
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

/** Postgres keeps neither NUL nor half a surrogate pair. */
function storable(text: string): string {
  return text.replaceAll('\0', '').replace(/\p{Cs}/gu, '\ufffd');
}

/** No id and no question of ours holds a NUL. */
function refuseNul(values: Record<string, string>): void {
  const fields = Object.keys(values).filter((name) => values[name]?.includes('\0'));
  if (fields.length > 0) throw new AppError('invalid_input', { fields });
}

/** Cookies are SameSite=Lax; a foreign Origin on a write is refused all the same. */
function refuseForeignOrigin(request: Request): void {
  const origin = request.headers.get('origin');
  if (origin && new URL(env().APP_URL).origin !== origin) throw new AppError('not_permitted', { origin });
}
