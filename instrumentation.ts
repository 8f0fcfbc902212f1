/** Runs once per server process: services enqueue through the job engine plugged in here. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  const { plugJobEngine, startEmbeddedWorker } = await import('./lib/jobs/web');
  plugJobEngine();
  await startEmbeddedWorker();
}
