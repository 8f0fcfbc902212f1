/** Points simulated connections somewhere. Must run before the first call that reads the environment: it is read once. */
export function pointAt(url: string, timeoutMs = 5_000): void {
  process.env.SIMULATOR_URL = url;
  process.env.META_TIMEOUT_MS = String(timeoutMs);
}
