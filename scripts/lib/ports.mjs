// Ports that stay the same from one start to the next.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { inData } from './paths.mjs';
import { freePort, isPortFree } from './processes.mjs';

/** The same port as last time when it is free: addresses of the simulator are stored with what it created. */
export async function steadyPort(name) {
  const file = inData(name);
  const last = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
  const port = last && (await isPortFree(last)) ? last : await freePort();
  writeFileSync(file, String(port));
  return port;
}
