import sharp from 'sharp';
import { SMALLEST_PHOTO_SIDE } from '../../domain/attachment';
import { AppError } from '../../domain/errors';
import { photoType } from './photo-type';

/** Beyond this many pixels a small file is a trap, not a photo. */
const MOST_PIXELS = 60_000_000;
/** Longest side kept, in pixels: more than any ad shows. */
const LONGEST_SIDE = 2048;
const QUALITY = 86;

export type CleanPhoto = { bytes: Uint8Array; mime: 'image/jpeg'; width: number; height: number };

/**
 * An owner's upload as a JPEG of ours: decoded whole, turned upright, made no larger than ads need, and written anew, so that
 * nothing of the original file is left (place, camera, thumbnails, whatever hid behind the picture). Sizes in pixels.
 * @throws AppError file_not_a_photo, file_too_small
 */
export async function cleanPhoto(upload: Uint8Array): Promise<CleanPhoto> {
  if (!photoType(upload)) throw new AppError('file_not_a_photo', { why: 'first bytes' });
  const { data, info } = await drawAnew(upload).catch((cause: unknown) => {
    throw new AppError('file_not_a_photo', { why: 'cannot be decoded' }, { cause });
  });
  if (Math.min(info.width, info.height) < SMALLEST_PHOTO_SIDE)
    throw new AppError('file_too_small', { width: info.width, height: info.height });
  return { bytes: new Uint8Array(data), mime: 'image/jpeg', width: info.width, height: info.height };
}

function drawAnew(upload: Uint8Array) {
  return sharp(upload, { limitInputPixels: MOST_PIXELS, failOn: 'error' })
    .rotate()
    .resize({ width: LONGEST_SIDE, height: LONGEST_SIDE, fit: 'inside', withoutEnlargement: true })
    .flatten({ background: '#ffffff' })
    .jpeg({ quality: QUALITY })
    .toBuffer({ resolveWithObject: true });
}
