import { createHash } from 'node:crypto';
import type { Context, Edge, NodeType, UploadedFile } from '../graph/context';
import { requireWrite } from '../validate/access';
import { imageByHash } from '../validate/creative';
import { GraphError, invalid, missing, refused } from '../wire/errors';
import { readInteger, readObject, readText, readTextList } from '../wire/params';
import { objectOf, objectsOf } from '../world/live-world';
import { makeObject } from '../world/make-object';
import type { GraphObject, JsonObject } from '../world/types';
import { imageSize } from './image-size';
import { accountOf, COMMON_READERS, logActivity, touch } from './shared';

const MOST_BYTES = 30 * 1024 * 1024;

function uploadFailed(message: string) {
  return refused({ subcode: 1487411, title: 'Image upload failed', userMessage: message, blame: 'bytes' });
}

function storeImage(context: Context, account: GraphObject, file: UploadedFile): GraphObject {
  if (file.bytes.length === 0 || file.bytes.length > MOST_BYTES)
    throw uploadFailed('The image is empty or larger than 30 MB.');
  const size = imageSize(file.bytes);
  if (!size) throw uploadFailed('The file is not an image we can read. Use jpg or png.');

  const hash = createHash('md5').update(file.bytes).digest('hex');
  const known = imageByHash(context, account, hash);
  // The same bytes are the same image: uploading twice is harmless.
  if (known) return known;
  context.host.store.writeBlob(hash, file.bytes);
  return makeObject(context.world, {
    kind: 'adimage',
    account: account.id,
    nowMs: context.nowMs,
    id: `${account.id.replace('act_', '')}:${hash}`,
    data: {
      hash,
      name: file.name,
      width: size.width,
      height: size.height,
      original_width: size.width,
      original_height: size.height,
    },
  });
}

function imageBody(context: Context, image: GraphObject): JsonObject {
  const url = `${context.host.publicUrl()}/_images/${String(image.data.hash)}`;
  return {
    hash: image.data.hash,
    url,
    url_128: url,
    url_256: url,
    url_256_height: '256',
    url_256_width: '256',
    height: image.data.height,
    width: image.data.width,
    name: image.data.name,
  };
}

function uploads(context: Context): UploadedFile[] {
  const bytes = readText(context.params, 'bytes');
  if (bytes === undefined) return context.call.files;
  const clean = bytes.replace(/^data:[^,]*,/, '').replace(/\s/g, '');
  if (!/^[A-Za-z0-9+/_-]+=*$/.test(clean)) throw invalid('Param bytes must be base64');
  return [{ part: 'bytes', name: readText(context.params, 'name') ?? 'bytes', bytes: Buffer.from(clean, 'base64') }];
}

/** `act_X/adimages`: upload as base64 or multipart, copy, list, delete by hash. */
export const imageEdge: Edge = {
  defaultFields: ['id', 'hash'],
  objects: (context, account, params) => {
    const hashes = readTextList(params, 'hashes');
    const name = readText(params, 'name');
    const least = { width: readInteger(params, 'minwidth') ?? 0, height: readInteger(params, 'minheight') ?? 0 };
    return objectsOf(context.world, 'adimage', account.id)
      .filter((image) => !hashes || hashes.includes(String(image.data.hash)))
      .filter((image) => name === undefined || String(image.data.name).includes(name))
      .filter((image) => Number(image.data.width) >= least.width && Number(image.data.height) >= least.height);
  },
  create: (context, account) => {
    requireWrite(context, account);
    const copy = readObject(context.params, 'copy_from');
    if (copy) return copyImage(context, account, copy);
    const files = uploads(context);
    if (files.length === 0) throw missing('bytes');

    const images: JsonObject = {};
    for (const file of files) {
      const image = storeImage(context, account, file);
      images[file.part === 'bytes' ? 'bytes' : file.name] = imageBody(context, image);
      touch(context, image);
      logActivity(context, image, 'add_images');
    }
    return { images };
  },
  remove: (context, account) => {
    requireWrite(context, account);
    const hash = readText(context.params, 'hash');
    if (hash === undefined) throw missing('hash');
    const image = imageByHash(context, account, hash);
    if (!image) throw invalid('Image does not exist');
    if (usedBy(context, image).length > 0)
      throw new GraphError({
        code: 100,
        subcode: 1487235,
        message: '(#100) Image is in use',
        title: 'Image is in use',
      });
    image.status = 'DELETED';
    touch(context, image);
    return { success: true };
  },
};

function copyImage(context: Context, account: GraphObject, copy: JsonObject): JsonObject {
  const source = objectOf(context.world, `act_${String(copy.source_account_id).replace('act_', '')}`, 'adaccount');
  const image = source ? imageByHash(context, source, String(copy.hash)) : undefined;
  if (!image)
    throw refused({
      subcode: 2446388,
      title: 'Image not found',
      userMessage: 'The image to copy does not exist.',
      blame: 'copy_from',
    });
  const bytes = context.host.store.readBlob(String(copy.hash)) ?? new Uint8Array();
  const copied = storeImage(context, account, { part: 'bytes', name: String(image.data.name), bytes });
  touch(context, copied);
  return { images: { bytes: imageBody(context, copied) } };
}

function usedBy(context: Context, image: GraphObject): GraphObject[] {
  const hash = `"${String(image.data.hash)}"`;
  return objectsOf(context.world, 'adcreative', image.account).filter(
    (creative) => creative.status !== 'DELETED' && JSON.stringify(creative.data).includes(hash),
  );
}

export const ADIMAGE: NodeType = {
  kind: 'adimage',
  typeName: 'AdImage',
  fields:
    `account_id created_time creatives hash height is_associated_creatives_in_adgroups name original_height original_width permalink_url
    status updated_time url url_128 width`.split(/\s+/),
  defaultFields: ['id', 'hash'],
  read: {
    ...COMMON_READERS,
    url: (context, image) => imageBody(context, image).url,
    url_128: (context, image) => imageBody(context, image).url,
    permalink_url: (context, image) => imageBody(context, image).url,
    creatives: (context, image) => usedBy(context, image).map((creative) => creative.id),
    is_associated_creatives_in_adgroups: (context, image) => usedBy(context, image).length > 0,
  },
  edges: {},
  remove: (context, image) => {
    requireWrite(context, accountOf(context, image));
    image.status = 'DELETED';
    touch(context, image);
    return { success: true };
  },
};
