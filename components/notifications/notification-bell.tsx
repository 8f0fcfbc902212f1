'use client';
import { Bell } from 'lucide-react';
import { useCallback, useEffect, useId, useRef, useState } from 'react';
import type { NotificationView } from '@/lib/domain/views';
import { panelWords } from '@/lib/words/en/panel';
import { formatMoment } from '@/lib/words/format';
import { useLocale } from '../shell/locale';
import { useAnnouncer } from '../ui/announcer';
import { Badge, type Tone } from '../ui/badge';
import { buttonLook } from '../ui/button';
import { cn } from '../ui/cn';
import { useEvents } from '../wire/events';
import { call } from '../wire/send';

const words = panelWords.bell;
const TONES: Record<NotificationView['type'], Tone> = {
  APPROVAL_NEEDED: 'careful',
  AGENT_UPDATE: 'good',
  ALERT: 'broken',
  REPORT: 'neutral',
};
type Notices = { unread: number; notifications: NotificationView[] };

/** Unread count, live; a list that opens with the keyboard as with a finger and closes with Escape. */
export function NotificationBell() {
  const [open, setOpen] = useState(false);
  const [notices, setNotices] = useState<Notices | null>(null);
  const [failed, setFailed] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const id = useId();
  const { announce } = useAnnouncer();
  const seen = useRef<number | null>(null);

  const load = useCallback(async () => {
    const answer = await call<Notices>('GET', '/api/notifications');
    setFailed(!answer.ok);
    if (!answer.ok) return;
    const newest = answer.data.notifications[0];
    if (seen.current !== null && answer.data.unread > seen.current && newest)
      announce(`${newest.title}. ${newest.body}`);
    seen.current = answer.data.unread;
    setNotices(answer.data);
  }, [announce]);

  useEffect(() => void load(), [load]);
  useEvents(
    (event) => {
      if (event.type === 'notification.created' || event.type === 'notification.read') void load();
    },
    (first) => {
      if (!first) void load();
    },
  );

  useEffect(() => {
    if (!open) return;
    const outside = (event: PointerEvent) => {
      if (!root.current?.contains(event.target as Node)) setOpen(false);
    };
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      setOpen(false);
      button.current?.focus();
    };
    document.addEventListener('pointerdown', outside);
    document.addEventListener('keydown', onKey);
    return () => {
      document.removeEventListener('pointerdown', outside);
      document.removeEventListener('keydown', onKey);
    };
  }, [open]);

  async function follow(notice: NotificationView) {
    if (!notice.read) await call('POST', `/api/notifications/${notice.id}/read`);
    // A whole visit on purpose: the same page with another hash has to scroll to the message.
    window.location.assign(notice.href);
  }

  const unread = notices?.unread ?? 0;
  return (
    <div ref={root} className="relative">
      <button
        ref={button}
        type="button"
        aria-expanded={open}
        aria-controls={id}
        aria-label={words.label(unread)}
        onClick={() => setOpen((now) => !now)}
        className={cn(buttonLook({ look: 'quiet', size: 'icon' }), 'relative')}
      >
        <Bell aria-hidden="true" />
        {unread > 0 ? (
          <span
            aria-hidden="true"
            className="figures absolute end-0.5 top-0.5 grid h-4.5 min-w-4.5 place-items-center rounded-full bg-accent px-1 text-[0.6875rem] leading-none font-semibold text-on-accent"
          >
            {unread > 99 ? '99+' : unread}
          </span>
        ) : null}
      </button>
      <section
        id={id}
        aria-label={words.title}
        hidden={!open}
        className="fixed inset-x-3 top-16 z-40 max-h-[min(32rem,75dvh)] animate-rise overflow-y-auto rounded-2xl border border-line bg-surface shadow-lift sm:absolute sm:inset-x-auto sm:end-0 sm:top-12 sm:w-96"
      >
        <h2 className="px-5 pt-4 pb-2 font-semibold">{words.title}</h2>
        {open ? (
          <>
            {failed && !notices ? <p className="px-5 pb-5 text-sm text-broken">{words.failed}</p> : null}
            {notices?.notifications.length === 0 ? (
              <p className="px-5 pb-6 text-sm text-ink-soft">
                <span className="block font-medium text-ink">{words.empty.title}</span>
                {words.empty.body}
              </p>
            ) : null}
            <ul>
              {notices?.notifications.map((notice) => (
                <li key={notice.id} className="border-t border-line">
                  <a
                    href={notice.href}
                    onClick={(event) => {
                      event.preventDefault();
                      void follow(notice);
                    }}
                    className={cn(
                      'grid gap-1 px-5 py-3.5 hover:bg-sunken focus-visible:-outline-offset-2',
                      notice.read ? 'text-ink-soft' : '',
                    )}
                  >
                    <span className="flex items-center justify-between gap-3">
                      <Badge tone={TONES[notice.type]}>{words.types[notice.type]}</Badge>
                      <Moment at={notice.at} />
                    </span>
                    <span className={cn('text-[0.9375rem]', notice.read ? '' : 'font-semibold')}>
                      {notice.read ? null : <span className="sr-only">{words.unread}: </span>}
                      {notice.title}
                    </span>
                    <span className="text-sm text-ink-soft">{notice.body}</span>
                  </a>
                </li>
              ))}
            </ul>
          </>
        ) : null}
      </section>
    </div>
  );
}

function Moment({ at }: { at: string }) {
  return (
    <time dateTime={at} className="text-micro text-ink-faint">
      {formatMoment(at, useLocale())}
    </time>
  );
}
