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

/** The mark at the end of a name, as only we put it there; a copy made by hand goes on behind it. Null: none of ours. */
export function markerIn(name: string): string | null {
  return / · (ag[a-z2-7]{10})$/.exec(name)?.[1] ?? null;
}

/** "Birthday cakes · ag7k2mq4xz3b": a person reads the first half, we find the second. */
export function nameWithMarker(name: string, marker: string): string {
  return `${name} · ${marker}`;
}
