import { MAX_UPLOAD_BYTES } from '../domain/attachment';
import { AppError } from '../domain/errors';

/** Room for the form's own lines around the file. */
const FORM_BYTES = 16 * 1024;

/**
 * The bytes of the form field `file`, counted as they arrive: a declared length is only a claim.
 * @throws AppError file_too_large, invalid_input
 */
export async function readUpload(request: Request): Promise<Uint8Array> {
  const type = request.headers.get('content-type') ?? '';
  if (!type.startsWith('multipart/form-data')) throw new AppError('invalid_input', { fields: ['body'] });
  const body = await readBounded(request, MAX_UPLOAD_BYTES + FORM_BYTES);
  const form = await new Response(body, { headers: { 'content-type': type } }).formData().catch((cause: unknown) => {
    throw new AppError('invalid_input', { fields: ['body'] }, { cause });
  });
  const file = form.get('file');
  if (!(file instanceof File)) throw new AppError('invalid_input', { fields: ['file'] });
  if (file.size > MAX_UPLOAD_BYTES) throw new AppError('file_too_large', { size: file.size });
  return new Uint8Array(await file.arrayBuffer());
}

async function readBounded(request: Request, limit: number): Promise<Uint8Array<ArrayBuffer>> {
  if (Number(request.headers.get('content-length') ?? 0) > limit)
    throw new AppError('file_too_large', { declared: true });
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength;
    if (size > limit) throw new AppError('file_too_large', { size });
    chunks.push(chunk);
  }
  const whole = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.byteLength;
  }
  return whole;
}
