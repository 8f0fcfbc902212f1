// `npm run build`: the production build, for hosts that build once and start many times.
import { run, say, seconds } from './lib/say.mjs';
import { setup } from './setup.mjs';

await run(async () => {
  const began = Date.now();
  await setup();
  const [{ buildWeb }, { bundlePrograms }] = await Promise.all([
    import('./lib/next-build.mjs'),
    import('./lib/bundle.mjs'),
  ]);
  const built = await buildWeb();
  await bundlePrograms();
  say(built ? `Built in ${seconds(began)}.` : 'The build is up to date.');
});
