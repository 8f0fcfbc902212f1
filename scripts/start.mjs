// `npm start`: sets everything up and runs the app, its worker and the simulator of Meta. `--dev`: with live reloading.
import { run } from './lib/say.mjs';
import { setup } from './setup.mjs';

await run(async () => {
  await setup();
  const { launch } = await import('./lib/launcher.mjs');
  await launch({ development: process.argv.includes('--dev') });
});
