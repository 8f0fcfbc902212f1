import { createHmac, timingSafeEqual } from 'node:crypto';
import * as z from 'zod';
import { AppError } from '../../domain/errors';
import { type ConnectionMode, metaHost } from './host';

const payloadSchema = z.object({
  algorithm: z.string(),
  user_id: z.union([z.string(), z.number().int().transform(String)]),
  issued_at: z.number().optional(),
  expires: z.number().optional(),
});

/**
 * Who a deauthorise or data-deletion callback is about. Meta signs the encoded payload with the app's secret.
 * `signed` is the text the signature covers: a replay has the same one, however its signature is spelled.
 * @throws AppError not_permitted when the signature, the algorithm or the shape is wrong, or it has expired.
 */
export function readSignedRequest(
  mode: ConnectionMode,
  signedRequest: string,
  now: Date,
): { userId: string; issuedAt: Date | null; signed: string } {
  const refuse = (reason: string) => new AppError('not_permitted', { reason });
  const { appSecret } = metaHost(mode);
  const [signature, payload, ...rest] = signedRequest.split('.');
  if (!appSecret || !signature || !payload || rest.length > 0) throw refuse('malformed');

  const expected = createHmac('sha256', appSecret).update(payload).digest();
  const given = Buffer.from(signature, 'base64url');
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) throw refuse('signature');

  const parsed = payloadSchema.safeParse(jsonOf(payload));
  if (!parsed.success || parsed.data.algorithm.toUpperCase() !== 'HMAC-SHA256') throw refuse('payload');
  const { user_id: userId, issued_at: issuedAt, expires } = parsed.data;
  if (expires && expires * 1_000 < now.getTime()) throw refuse('expired');
  return { userId, issuedAt: issuedAt ? new Date(issuedAt * 1_000) : null, signed: payload };
}

function jsonOf(encoded: string): unknown {
  try {
    return JSON.parse(Buffer.from(encoded, 'base64url').toString('utf8'));
  } catch {
    // Unreadable is answered by the schema, as any other wrong shape.
    return null;
  }
}
