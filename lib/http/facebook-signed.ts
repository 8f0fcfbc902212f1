import { AppError } from '../domain/errors';
import { newRequestId } from '../runtime/ids';
import { receiveSignedRequest } from '../services/connections/receive-signed';
import { problemResponse } from './problem';

/** Far above any signed request of Meta's. */
const MOST_BYTES = 16 * 1024;

/** A callback Meta makes for a person: a form with one field, trusted for its signature and nothing else. */
export function signedCallback(kind: 'DEAUTHORISE' | 'DELETE') {
  return async (request: Request): Promise<Response> => {
    const requestId = newRequestId();
    try {
      const { code, url } = await receiveSignedRequest({
        kind,
        signedRequest: await signedField(request),
        pretend: new URL(request.url).searchParams.get('pretend'),
        requestId,
      });
      const answer = kind === 'DELETE' ? { url, confirmation_code: code } : { success: true };
      return Response.json(answer, { headers: { 'x-request-id': requestId, 'cache-control': 'no-store' } });
    } catch (error) {
      return problemResponse(error, requestId);
    }
  };
}

/** @throws AppError not_permitted where the body is none of ours to read. */
async function signedField(request: Request): Promise<string> {
  const decoder = new TextDecoder();
  let [text, bytes] = ['', 0];
  for await (const chunk of request.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > MOST_BYTES) throw new AppError('not_permitted', { reason: 'too_large' });
    text += decoder.decode(chunk, { stream: true });
  }
  const field = new URLSearchParams(text + decoder.decode()).get('signed_request');
  if (!field) throw new AppError('not_permitted', { reason: 'no_signed_request' });
  return field;
}
