export type PhotoType = 'png' | 'jpeg' | 'webp';

const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const JPEG = [0xff, 0xd8, 0xff];
const RIFF = [0x52, 0x49, 0x46, 0x46];
const WEBP = [0x57, 0x45, 0x42, 0x50];

/** What a file is by its first bytes, whatever its name or its sender say; null for anything that is not a photo of ours. */
export function photoType(bytes: Uint8Array): PhotoType | null {
  const has = (mark: readonly number[], at = 0) => mark.every((byte, index) => bytes[at + index] === byte);
  if (has(PNG)) return 'png';
  if (has(JPEG)) return 'jpeg';
  return has(RIFF) && has(WEBP, 8) ? 'webp' : null;
}
