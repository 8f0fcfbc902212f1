'use client';
import { useEffect, useRef, useState } from 'react';
import { cardWords } from '@/lib/words/en/cards';
import { cn } from '../ui/cn';
import { useFileHref } from '../wire/file-href';

/** A rendered picture from our store; where it is missing the card says so instead of showing a hole. */
export function AdPicture({ sha, alt, shape }: { sha: string; alt: string; shape: 'square' | 'portrait' }) {
  const [failed, setFailed] = useState(false);
  const image = useRef<HTMLImageElement>(null);
  const fileHref = useFileHref();
  // An error before hydration fires no event here; the element still knows.
  useEffect(() => {
    if (image.current?.complete && image.current.naturalWidth === 0) setFailed(true);
  }, []);
  const ratio = shape === 'square' ? 'aspect-square' : 'aspect-[4/5]';
  if (failed)
    return (
      <div className={cn('grid place-items-center bg-[#e9e4da] px-4 text-center text-sm text-[#4b5650]', ratio)}>
        {cardWords.feed.pictureMissing}
      </div>
    );
  return (
    // biome-ignore lint/performance/noImgElement: private, content-addressed PNGs; an optimizer would need the owner's cookie
    <img
      ref={image}
      src={fileHref(sha)}
      alt={alt}
      loading="lazy"
      decoding="async"
      onError={() => setFailed(true)}
      className={cn('block w-full bg-[#e9e4da] object-cover', ratio)}
    />
  );
}
