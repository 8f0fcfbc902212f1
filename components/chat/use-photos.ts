'use client';
import { useCallback, useEffect, useRef, useState } from 'react';
import { type Attachment, MAX_ATTACHMENTS, MAX_UPLOAD_BYTES } from '@/lib/domain/attachment';
import type { Problem } from '@/lib/domain/views';
import { chatWords } from '@/lib/words/en/chat';
import { errorWords } from '@/lib/words/en/errors';
import { useAnnouncer } from '../ui/announcer';
import { uploadPhoto } from '../wire/upload';

const words = chatWords.photos;

/** A photo beside the message box. `preview` is this tab's own copy. */
export type Photo = {
  key: string;
  preview: string;
  share: number;
  attachment: Attachment | null;
  problem: Problem | null;
};

/** Photos on their way into the next message: each is uploaded at once, so that sending is only naming them. */
export function usePhotos() {
  const [photos, setPhotos] = useState<Photo[]>([]);
  const [note, setNote] = useState<string | null>(null);
  const uploads = useRef(new Map<string, AbortController>());
  const held = useRef<Photo[]>([]);
  held.current = photos;
  const { announce } = useAnnouncer();

  const change = useCallback(
    (key: string, now: Partial<Photo>) =>
      setPhotos((all) => all.map((photo) => (photo.key === key ? { ...photo, ...now } : photo))),
    [],
  );

  const upload = useCallback(
    async (photo: Photo, file: File) => {
      if (file.size > MAX_UPLOAD_BYTES) return change(photo.key, { problem: tooLarge });
      const control = new AbortController();
      uploads.current.set(photo.key, control);
      const answer = await uploadPhoto(file, {
        signal: control.signal,
        onProgress: (share) => change(photo.key, { share }),
      });
      uploads.current.delete(photo.key);
      if (control.signal.aborted) return;
      change(photo.key, answer.ok ? { attachment: answer.data, share: 1 } : { problem: answer.problem });
      announce(answer.ok ? words.added(1) : answer.problem.title);
    },
    [announce, change],
  );

  const add = useCallback(
    (files: Iterable<File>) => {
      const all = [...files];
      const room = MAX_ATTACHMENTS - held.current.length;
      setNote(all.length > room ? words.tooMany(MAX_ATTACHMENTS) : null);
      const fresh = all.slice(0, Math.max(0, room)).map((file, index) => ({
        file,
        photo: {
          key: `${performance.now()}-${index}`,
          preview: URL.createObjectURL(file),
          share: 0,
          attachment: null,
          problem: null,
        } satisfies Photo,
      }));
      setPhotos((now) => [...now, ...fresh.map(({ photo }) => photo)]);
      for (const { photo, file } of fresh) void upload(photo, file);
    },
    [upload],
  );

  const remove = useCallback(
    (key: string) => {
      uploads.current.get(key)?.abort();
      const gone = held.current.find((photo) => photo.key === key);
      if (gone) URL.revokeObjectURL(gone.preview);
      setPhotos((now) => now.filter((photo) => photo.key !== key));
      setNote(null);
      announce(words.removed);
    },
    [announce],
  );

  /** Hands over what is ready and empties the tray. */
  const take = useCallback((): Attachment[] => {
    const ready = held.current.flatMap(({ attachment }) => (attachment ? [attachment] : []));
    for (const { preview } of held.current) URL.revokeObjectURL(preview);
    setPhotos([]);
    setNote(null);
    return ready;
  }, []);

  useEffect(() => {
    const running = uploads.current;
    return () => {
      for (const control of running.values()) control.abort();
      for (const { preview } of held.current) URL.revokeObjectURL(preview);
    };
  }, []);

  return {
    photos,
    note,
    add,
    remove,
    take,
    busy: photos.some(({ attachment, problem }) => !attachment && !problem),
    ready: photos.filter(({ attachment }) => attachment).length,
  };
}

const tooLarge: Problem = {
  type: 'about:blank',
  status: 413,
  code: 'file_too_large',
  detail: errorWords.file_too_large.title,
  referenceId: '',
  ...errorWords.file_too_large,
};
