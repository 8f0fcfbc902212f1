import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { env } from './env';

/** Key id stored with each ciphertext, so that keys can be rotated. */
const KEY_ID = 'k1';

function key(): Buffer {
  const bytes = Buffer.from(env().ENCRYPTION_KEY, 'base64');
  if (bytes.length !== 32) throw new Error('ENCRYPTION_KEY must be 32 bytes in base64');
  return bytes;
}

/** AES-256-GCM; `boundTo` (a row id) is authenticated, so a ciphertext copied to another row does not open. */
export function encrypt(plain: string, boundTo: string): string {
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key(), iv);
  cipher.setAAD(Buffer.from(boundTo));
  const sealed = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
  return [KEY_ID, iv.toString('base64'), cipher.getAuthTag().toString('base64'), sealed.toString('base64')].join(':');
}

/** @throws Error when the text was altered, belongs to another row or was sealed with an unknown key. */
export function decrypt(sealed: string, boundTo: string): string {
  const [keyId, iv, tag, data] = sealed.split(':');
  if (keyId !== KEY_ID || !iv || !tag || data === undefined) throw new Error('unreadable ciphertext');
  const decipher = createDecipheriv('aes-256-gcm', key(), Buffer.from(iv, 'base64'));
  decipher.setAAD(Buffer.from(boundTo));
  decipher.setAuthTag(Buffer.from(tag, 'base64'));
  return Buffer.concat([decipher.update(Buffer.from(data, 'base64')), decipher.final()]).toString('utf8');
}

/** HMAC-SHA256 of a purpose and a value under the session secret, base64url. */
export function sign(purpose: string, value: string): string {
  return createHmac('sha256', env().BETTER_AUTH_SECRET).update(`${purpose}\0${value}`).digest('base64url');
}

/** Constant-time comparison that fails closed on anything absent. */
export function sameSecret(given: string | null | undefined, expected: string | null | undefined): boolean {
  if (!given || !expected) return false;
  const digest = (value: string) => createHash('sha256').update(value).digest();
  return timingSafeEqual(digest(given), digest(expected));
}

export function randomToken(bytes = 32): string {
  return randomBytes(bytes).toString('base64url');
}
