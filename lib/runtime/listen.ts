import { EventEmitter } from 'node:events';
import { Client } from 'pg';
import { env } from './env';
import { log } from './log';
import { processWide } from './process-wide';

/**
 * Wake-ups between processes: one LISTEN connection per process, re-opened when it breaks. A wake-up is a hint, never
 * the truth: readers also look by themselves at the interval they pass.
 */
type Channel = 'aigency_events' | 'aigency_turns';
type Holder = { emitter: EventEmitter; started: boolean };
const held = processWide<Holder>('listen', () => ({ emitter: new EventEmitter().setMaxListeners(0), started: false }));

async function connect(state: Holder): Promise<void> {
  const client = new Client({ connectionString: env().DATABASE_URL, application_name: 'aigency-listen' });
  const again = () => {
    client.removeAllListeners();
    client.end().catch(() => undefined);
    setTimeout(() => void connect(state), 1000).unref();
  };
  client.on('notification', ({ channel, payload }) => state.emitter.emit(`${channel}:${payload ?? ''}`));
  client.once('error', again);
  client.once('end', again);
  try {
    await client.connect();
    await client.query('LISTEN aigency_events; LISTEN aigency_turns');
  } catch (error) {
    log.warn({ err: error }, 'wake-ups are down, falling back to looking at intervals');
    again();
  }
}

/** Resolves at the next wake-up of this subject, after `timeoutMs`, or when the signal aborts; whichever is first. */
export function wakeUp(channel: Channel, subject: string, timeoutMs: number, signal: AbortSignal): Promise<void> {
  if (!held.started) {
    held.started = true;
    void connect(held);
  }
  return new Promise((resolve) => {
    const name = `${channel}:${subject}`;
    const done = () => {
      clearTimeout(timer);
      held.emitter.off(name, done);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, timeoutMs);
    held.emitter.once(name, done);
    signal.addEventListener('abort', done, { once: true });
    if (signal.aborted) done();
  });
}
