'use client';
import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';

const NEAR_PX = 96;

/**
 * Follows the conversation only while its reader is at the end of it. Whoever scrolled up is left in peace and told
 * that there is more. A card taller than the window is shown from its beginning.
 */
export function useReaderScroll(box: RefObject<HTMLDivElement | null>, marks: { count: number; growing: string }) {
  const atEnd = useRef(true);
  const [missed, setMissed] = useState(false);
  const before = useRef({ count: 0, ready: false });

  const toEnd = useCallback(
    (behavior: ScrollBehavior = 'smooth') => {
      const element = box.current;
      if (!element) return;
      const last = [...element.querySelectorAll<HTMLElement>('[data-message]')].at(-1);
      const tall = last && last.offsetHeight > element.clientHeight * 0.85;
      element.scrollTo({ top: tall ? last.offsetTop - 24 : element.scrollHeight, behavior });
      atEnd.current = true;
      setMissed(false);
    },
    [box],
  );

  // biome-ignore lint/correctness/useExhaustiveDependencies: growing text has to be followed as well as new messages
  useLayoutEffect(() => {
    const grew = marks.count > before.current.count;
    const first = !before.current.ready;
    before.current = { count: marks.count, ready: true };
    if (first) {
      const wanted = window.location.hash.startsWith('#message-')
        ? document.getElementById(window.location.hash.slice(1))
        : null;
      if (wanted) {
        wanted.scrollIntoView({ block: 'start' });
        atEnd.current = false;
      } else toEnd('instant');
      return;
    }
    if (atEnd.current) return toEnd(grew ? 'smooth' : 'instant');
    if (grew) setMissed(true);
  }, [marks.count, marks.growing, toEnd]);

  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const onScroll = () => {
      atEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_PX;
      if (atEnd.current) setMissed(false);
    };
    element.addEventListener('scroll', onScroll, { passive: true });
    return () => element.removeEventListener('scroll', onScroll);
  }, [box]);

  return { missed, toEnd };
}
