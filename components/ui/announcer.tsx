'use client';
import { X } from 'lucide-react';
import { createContext, type ReactNode, useCallback, useContext, useRef, useState } from 'react';
import { uiWords } from '@/lib/words/en/ui';
import { buttonLook } from './button';
import { cn } from './cn';

type Toast = { id: number; tone: 'good' | 'broken'; text: string; detail?: string };
type Announcer = { announce: (text: string) => void; toast: (toast: Omit<Toast, 'id'>) => void };

const Context = createContext<Announcer>({ announce() {}, toast() {} });
const SHOWN_MS = 9_000;

export function useAnnouncer(): Announcer {
  return useContext(Context);
}

/** One polite live region and one stack of toasts for the whole app; a failure stays until it is closed. */
export function AnnouncerProvider({ children }: { children: ReactNode }) {
  const [spoken, setSpoken] = useState('');
  const [toasts, setToasts] = useState<Toast[]>([]);
  const next = useRef(0);
  const close = useCallback((id: number) => setToasts((now) => now.filter((toast) => toast.id !== id)), []);
  const announce = useCallback((text: string) => setSpoken(text), []);
  const toast = useCallback(
    (added: Omit<Toast, 'id'>) => {
      next.current += 1;
      const id = next.current;
      setToasts((now) => [...now.slice(-2), { ...added, id }]);
      if (added.tone === 'good') setTimeout(() => close(id), SHOWN_MS);
    },
    [close],
  );
  const value = useRef<Announcer>({ announce, toast });
  return (
    <Context value={value.current}>
      {children}
      <p role="status" aria-live="polite" className="sr-only">
        {spoken}
      </p>
      <ol
        aria-live="assertive"
        className="pointer-events-none fixed inset-x-4 bottom-4 z-60 grid justify-items-center gap-2"
      >
        {toasts.map((item) => (
          <li
            key={item.id}
            className={cn(
              'pointer-events-auto flex w-full max-w-md animate-rise items-start gap-3 rounded-2xl border py-2 ps-4 pe-2 shadow-lift',
              item.tone === 'broken'
                ? 'border-broken-line bg-broken-soft text-broken'
                : 'border-line bg-surface text-ink',
            )}
          >
            <div className="flex-1 py-2 text-sm">
              <p className="font-medium">{item.text}</p>
              {item.detail ? <p className="mt-0.5 opacity-90">{item.detail}</p> : null}
            </div>
            <button
              type="button"
              onClick={() => close(item.id)}
              aria-label={uiWords.close}
              className={buttonLook({ look: 'quiet', size: 'icon' })}
            >
              <X aria-hidden="true" />
            </button>
          </li>
        ))}
      </ol>
    </Context>
  );
}
