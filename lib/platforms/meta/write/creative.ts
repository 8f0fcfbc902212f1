import type { AccountAccess } from '../../port';
import { type CreateInput, creativeParams } from '../create-params';
import { createdSchema, imagesSchema } from '../schemas';
import { metaApi } from '../transport';

/** Creates a creative. It can never be changed afterwards: another text is another creative. */
export async function createCreative(
  access: AccountAccess,
  input: CreateInput['creative'],
): Promise<{ remoteId: string }> {
  const { id } = await metaApi(access).post(
    [access.accountId, 'adcreatives'],
    creativeParams(access, input),
    createdSchema,
  );
  return { remoteId: id };
}

/** Uploads a picture (PNG or JPEG bytes) and gives Meta's hash of it; the same bytes always give the same hash. */
export async function uploadImage(
  access: AccountAccess,
  input: { name: string; bytes: Uint8Array },
): Promise<{ imageHash: string }> {
  const params = { name: input.name, bytes: Buffer.from(input.bytes).toString('base64') };
  const { images } = await metaApi(access).post(
    [access.accountId, 'adimages'],
    params,
    imagesSchema.refine((body) => Object.keys(body.images).length > 0),
  );
  const [image] = Object.values(images);
  return { imageHash: image?.hash ?? '' };
}
