import { afterAll, beforeAll } from 'vitest';
import type { SimulatorAccess } from '../contract/meta/simulator-process';
import { withSimulator } from '../fixtures/with-simulator';
import { type FreezingProxy, startFreezingProxy } from './freezing-proxy';

/** The simulator with a proxy before it, at which the work of this process dies (freezing-proxy.ts). */
export function withFreezingSimulator(): SimulatorAccess & Pick<FreezingProxy, 'dieAt'> {
  // Nobody who died may wake up when a call runs out of time.
  const simulator = withSimulator({ SIMULATOR_SETTLE_MS: '300', META_TIMEOUT_MS: '3600000' });
  let proxy: FreezingProxy;
  beforeAll(async () => {
    proxy = await startFreezingProxy(simulator.url);
    process.env.SIMULATOR_URL = proxy.url;
  });
  afterAll(() => proxy.close());
  return {
    get url() {
      return simulator.url;
    },
    admin: (...asked) => simulator.admin(...asked),
    dieAt: (...given) => proxy.dieAt(...given),
  };
}
