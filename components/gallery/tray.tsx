'use client';
import { errorWords } from '@/lib/words/en/errors';
import { PhotoTray } from '../chat/photo-tray';

const PIXEL = 'data:image/gif;base64,R0lGODlhAQABAIAAAP+ZZgAAACH5BAAAAAAALAAAAAABAAEAAAICRAEAOw==';
const photo = { preview: PIXEL, share: 1, attachment: null, problem: null };

/** Photos beside the message box: ready, on their way, refused. */
export function GalleryTray() {
  return (
    <PhotoTray
      photos={[
        { ...photo, key: 'ready', attachment: { fileId: 'f', width: 900, height: 700 } },
        { ...photo, key: 'uploading', share: 0.4 },
        {
          ...photo,
          key: 'failed',
          problem: {
            type: 'about:blank',
            status: 415,
            code: 'file_not_a_photo',
            detail: '',
            referenceId: '',
            ...errorWords.file_not_a_photo,
          },
        },
      ]}
      note={null}
      onRemove={() => {}}
    />
  );
}
