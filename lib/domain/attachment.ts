/** A photo that came with a message, as the browser shows it; `fileId` is what `/api/files/<id>` answers to. Pixels. */
export type Attachment = { fileId: string; width: number; height: number };

/** Largest upload in bytes, and how many photos one message takes. */
export const MAX_UPLOAD_BYTES = 8 * 1024 * 1024;
export const MAX_ATTACHMENTS = 5;
/** What the file chooser offers; the server goes by the bytes. */
export const PHOTO_TYPES = ['image/jpeg', 'image/png', 'image/webp'] as const;
/** The shortest side a photo needs to look like one in an ad, in pixels. */
export const SMALLEST_PHOTO_SIDE = 200;
