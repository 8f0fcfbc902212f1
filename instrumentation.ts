/** Runs once per server process: services enqueue through the job engine plugged in here; an ended API version is said. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  const { plugJobEngine, startEmbeddedWorker } = await import('./lib/jobs/web');
  plugJobEngine();
  await startEmbeddedWorker();
  const { sayApiVersion } = await import('./lib/services/health/api-version');
  // Not waited for: the pages are there whether or not Meta answers.
  void sayApiVersion().catch(() => undefined);
}
