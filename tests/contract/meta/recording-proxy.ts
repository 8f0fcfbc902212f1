import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** Passes bytes on as they are, dropped connections included, and remembers every address that was asked for. */
export async function startRecordingProxy(targetUrl: string): Promise<{
  url: string;
  /** Method and address of each request, as they stood on the wire. */
  asked: () => string[];
  stop: () => Promise<void>;
}> {
  const target = new URL(targetUrl);
  const sent: string[] = [];
  const open = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect(Number(target.port), target.hostname);
    for (const socket of [client, upstream]) {
      open.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => open.delete(socket));
    }
    client.on('data', (chunk: Buffer) => sent.push(chunk.toString('latin1')));
    client.pipe(upstream);
    upstream.pipe(client);
    // Whoever drops the line drops it for the other end too.
    upstream.on('close', () => client.destroy());
    client.on('close', () => upstream.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    asked: () => [...sent.join('').matchAll(/(?:GET|POST|DELETE) \/\S* HTTP\/1\.1/g)].map(([line]) => line),
    stop: () =>
      new Promise((resolve) => {
        for (const socket of open) socket.destroy();
        server.close(() => resolve());
      }),
  };
}
