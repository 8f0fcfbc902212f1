// `npm run bench`: figures of the running production build and of the simulator; `npm run bench -- simulator` for one of them.
import { run, say } from './lib/say.mjs';
import { setup } from './setup.mjs';

await run(async () => {
  await setup();
  const asked = process.argv.slice(2);
  const isWanted = (name) => asked.length === 0 || asked.includes(name);
  if (isWanted('simulator')) {
    const { benchSimulator } = await import('../tests/bench/simulator.mjs');
    await benchSimulator(say);
  }
  if (isWanted('web')) {
    const { benchWeb } = await import('../tests/bench/web.mjs');
    await benchWeb(say);
  }
});
