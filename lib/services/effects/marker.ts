import { createHash } from 'node:crypto';

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';
const LENGTH = 10;

/** The mark an object carries in its name, so that a lost answer can be looked up: "ag" + 10 base32 characters (50 bits). */
export function markerOf(key: string): string {
  const digest = createHash('sha256').update(key).digest();
  let bits = 0n;
  for (const byte of digest.subarray(0, 8)) bits = (bits << 8n) | BigInt(byte);
  let text = '';
  for (let index = 0; index < LENGTH; index += 1) text += ALPHABET[Number((bits >> BigInt(59 - 5 * index)) & 31n)];
  return `ag${text}`;
}

/** "Birthday cakes · ag7k2mq4xz3b": a person reads the first half, we find the second. */
export function nameWithMarker(name: string, marker: string): string {
  return `${name} · ${marker}`;
}
