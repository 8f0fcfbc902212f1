import { createHash, randomBytes } from 'node:crypto';

/** Short id a person can read over the phone; the same one stands in the log. */
export function newReferenceId(): string {
  return randomBytes(5).toString('hex').toUpperCase();
}

export function newRequestId(): string {
  return randomBytes(12).toString('base64url');
}

export function sha256Hex(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}

/** RFC 4122 version 5 in a fixed namespace of ours: the same name always gives the same job id. */
export function deterministicId(name: string): string {
  const bytes = createHash('sha1').update('aigency:').update(name).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x50;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
