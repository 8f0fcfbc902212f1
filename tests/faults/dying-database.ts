import type { AddressInfo } from 'node:net';
import { connect, createServer, type Socket } from 'node:net';
import type { KillPoint } from './killing-proxy';

export type DyingDatabase = {
  url: string;
  /** Runs the work; its connection dies at the n-th message to the database. Tells whether it came to that. */
  dieAt(point: { message: number; when: KillPoint }, work: () => Promise<unknown>): Promise<boolean>;
  close(): Promise<void>;
};

/**
 * Stands between the program and Postgres and lets the program die for the database: at its n-th message the connection is
 * cut, before Postgres heard it or after it was carried out and before the answer came back. What Postgres then sees is
 * what it sees of a process that was killed.
 */
export async function startDyingDatabase(target: string): Promise<DyingDatabase> {
  const address = new URL(target);
  const [host, port] = [address.hostname, Number(address.port)];
  const open = new Set<Socket>();
  let armed: { left: number; when: KillPoint; died: boolean } | null = null;
  const server = createServer((inbound) => {
    const outbound = connect(port, host);
    let isDead = false;
    for (const socket of [inbound, outbound]) {
      open.add(socket.setNoDelay(true));
      socket.on('error', () => undefined).on('close', () => open.delete(socket));
    }
    inbound.on('data', (chunk) => {
      if (isDead) return;
      if (armed && !armed.died) armed.left -= 1;
      const dies = armed !== null && !armed.died && armed.left === 0;
      if (!dies || !armed) return void outbound.write(chunk);
      armed.died = true;
      isDead = true;
      if (armed.when === 'before') return cut();
      // Carried out to its end, and nobody hears of it.
      outbound.once('data', cut).write(chunk);
    });
    outbound.on('data', (chunk) => {
      if (!isDead) inbound.write(chunk);
    });
    const cut = () => {
      inbound.destroy();
      outbound.destroy();
    };
    inbound.on('close', () => outbound.destroy());
    outbound.on('close', () => inbound.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  address.hostname = '127.0.0.1';
  address.port = String((server.address() as AddressInfo).port);
  return {
    url: address.toString(),
    async dieAt({ message, when }, work) {
      const point = { left: message, when, died: false };
      armed = point;
      try {
        await work();
      } catch (error) {
        if (!point.died) throw error;
      } finally {
        armed = null;
      }
      return point.died;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of open) socket.destroy();
      }),
  };
}
