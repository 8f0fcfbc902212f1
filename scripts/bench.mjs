// `npm run bench`: figures of the running production build.
import { run, say } from './lib/say.mjs';
import { setup } from './setup.mjs';

await run(async () => {
  await setup();
  const { benchWeb } = await import('../tests/bench/web.mjs');
  await benchWeb(say);
});
