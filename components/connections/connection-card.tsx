import { Check, Minus } from 'lucide-react';
import type { ConnectionHealth } from '@/lib/domain/connection-health';
import { connectionsWords as words } from '@/lib/words/en/admin';
import { formatDay, type WordsIn } from '@/lib/words/format';
import { Badge, type Tone } from '../ui/badge';
import { ButtonLink } from '../ui/button';
import { Card } from '../ui/card';
import { cn } from '../ui/cn';
import { ReleaseHold } from './release-hold';

const TONES: Record<ConnectionHealth['state'], Tone> = {
  HEALTHY: 'good',
  BROKEN: 'broken',
  REVOKED: 'neutral',
  QUARANTINED: 'careful',
};
/** From here on the end of a login is worth a colour. */
const SOON_DAYS = 10;

/** One login: whether it works, for how long, what it may do, and the accounts and Pages behind it. */
export function ConnectionCard({
  connection,
  mayRelease,
  ...wordsIn
}: { connection: ConnectionHealth; mayRelease: boolean } & WordsIn) {
  const { state, reason, pretend } = connection;
  return (
    <Card className="grid grid-cols-1 gap-6 p-5 sm:p-7">
      <header className="flex flex-wrap items-start justify-between gap-3">
        <div className="flex flex-wrap items-center gap-2.5">
          <h2 className="text-xl font-semibold tracking-tight">{words.facebook}</h2>
          {pretend ? <Badge>{words.pretend}</Badge> : null}
        </div>
        <Badge tone={TONES[state]}>{words.states[state]}</Badge>
      </header>
      {reason ? (
        <div
          className={cn(
            'grid justify-items-start gap-3 rounded-xl px-4 py-3 text-sm',
            state === 'BROKEN' ? 'bg-broken-soft text-broken' : 'bg-careful-soft text-careful',
          )}
        >
          <p>{connection.hold ? words.heldBecause[connection.hold.because] : words.reasons[reason]}</p>
          {connection.hold && mayRelease ? <ReleaseHold quarantineId={connection.hold.id} /> : null}
          {state !== 'QUARANTINED' && connection.projectId ? (
            <ButtonLink
              look="secondary"
              size="small"
              href={`/api/auth/facebook?${new URLSearchParams({ projectId: connection.projectId })}`}
            >
              {words.reconnect}
            </ButtonLink>
          ) : null}
        </div>
      ) : null}
      <Life connection={connection} {...wordsIn} />
      <Accounts connection={connection} />
      <section>
        <h3 className="mb-1.5 text-sm font-semibold">{words.pages}</h3>
        <p className="text-[0.9375rem] text-ink-soft">{connection.pages.join(', ') || words.noPages}</p>
      </section>
      <Permissions connection={connection} />
    </Card>
  );
}

function Life({ connection, locale, zone }: { connection: ConnectionHealth } & WordsIn) {
  const { endsAt, daysLeft } = connection;
  const day = (at: string) => formatDay(dayOf(at, zone), locale, 'long');
  const soon = daysLeft !== null && daysLeft <= SOON_DAYS;
  return (
    <dl className="grid grid-cols-2 gap-4">
      <div>
        <dt className="text-micro text-ink-faint">{words.since}</dt>
        <dd className="figures font-medium">{day(connection.connectedAt)}</dd>
      </div>
      <div>
        <dt className="text-micro text-ink-faint">{words.life}</dt>
        <dd className={cn('figures font-medium', soon ? 'text-careful' : '')}>
          {endsAt ? day(endsAt) : words.lifeEndless}
          {daysLeft === null ? null : (
            <span className="block text-sm font-normal text-ink-soft">{words.lifeSoon(daysLeft)}</span>
          )}
        </dd>
      </div>
    </dl>
  );
}

function dayOf(at: string, zone: string): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: zone }).format(new Date(at));
}

function Accounts({ connection }: { connection: ConnectionHealth }) {
  return (
    <section>
      <h3 className="mb-1.5 text-sm font-semibold">{words.accounts}</h3>
      {connection.accounts.length === 0 ? <p className="text-[0.9375rem] text-ink-soft">{words.noAccounts}</p> : null}
      <ul className="divide-y divide-line">
        {connection.accounts.map((account) => (
          <li key={account.id} className="grid gap-x-6 gap-y-1 py-3 sm:grid-cols-[minmax(0,1fr)_15rem]">
            <div className="min-w-0">
              <p className="font-medium break-words">
                {account.name} <span className="font-normal text-ink-faint">{account.currency}</span>
              </p>
              <p className={cn('text-sm', account.state === 'ACTIVE' ? 'text-ink-soft' : 'text-broken')}>
                {words.accountStates[account.state] ?? account.state.toLowerCase()}
                {account.hasFunding ? '' : `, ${words.noFunding}`}
              </p>
              <p className="text-sm text-ink-soft">
                {words.shops}: {account.shops.join(', ') || words.noShops}
              </p>
            </div>
            <Pace percent={account.usedPercent} heldMinutes={account.heldMinutes} />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** How much of the platform's allowance is used; more than most of it is worth a colour. */
function Pace({ percent, heldMinutes }: { percent: number | null; heldMinutes: number }) {
  const used = Math.min(100, percent ?? 0);
  return (
    <div className="grid content-start gap-1">
      <p className="flex flex-wrap justify-between gap-x-3 text-sm text-ink-soft">
        {words.pace}
        <span className="figures">{percent === null ? words.paceUnknown : `${used}%`}</span>
      </p>
      {percent === null ? null : (
        <div aria-hidden="true" className="h-1.5 overflow-hidden rounded-full bg-line">
          <div className={cn('h-full', used > 75 ? 'bg-careful' : 'bg-accent')} style={{ width: `${used}%` }} />
        </div>
      )}
      {heldMinutes > 0 ? <p className="text-sm text-careful">{words.held(heldMinutes)}</p> : null}
    </div>
  );
}

function Permissions({ connection }: { connection: ConnectionHealth }) {
  const list = [
    ...connection.granted.map((scope) => ({ scope, allowed: true })),
    ...connection.declined.map((scope) => ({ scope, allowed: false })),
  ].filter(({ scope }) => scope in words.scopes);
  if (list.length === 0) return null;
  return (
    <section>
      <h3 className="mb-1.5 text-sm font-semibold">{words.permissions}</h3>
      <ul className="grid gap-x-6 gap-y-1.5 text-[0.9375rem] sm:grid-cols-2">
        {list.map(({ scope, allowed }) => {
          const Icon = allowed ? Check : Minus;
          return (
            <li key={scope} className="flex gap-2.5">
              <Icon
                aria-hidden="true"
                className={cn('mt-1 size-4 shrink-0', allowed ? 'text-accent' : 'text-careful')}
              />
              <span>
                {words.scopes[scope]}
                <span className="sr-only">: {allowed ? words.granted : words.declined}</span>
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
