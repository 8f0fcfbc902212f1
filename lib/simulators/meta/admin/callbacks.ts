import { createHmac } from 'node:crypto';
import type { App } from '../graph/context';

/** A signed_request as Meta posts it: signature over the encoded payload, both base64url without padding. */
export function signedRequest(app: App, userId: string, nowMs: number): string {
  const issued = { algorithm: 'HMAC-SHA256', issued_at: Math.floor(nowMs / 1000), user_id: userId };
  const payload = Buffer.from(JSON.stringify(issued)).toString('base64url');
  const signature = createHmac('sha256', app.secret).update(payload).digest('base64url');
  return `${signature}.${payload}`;
}

/** Calls the app back, as Meta does when a person removes it or asks for deletion. */
export async function callBack(url: string, signed: string): Promise<{ status: number; body: string }> {
  const response = await fetch(url, { method: 'POST', body: new URLSearchParams({ signed_request: signed }) });
  return { status: response.status, body: await response.text() };
}
