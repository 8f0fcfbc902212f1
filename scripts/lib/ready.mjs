// Waiting until a server answers.
import { setTimeout as sleep } from 'node:timers/promises';

/** Resolves when the address answers with success; the last answer is part of the error. */
export async function untilAnswers(url, { milliseconds = 60_000, accept = (response) => response.ok } = {}) {
  const deadline = Date.now() + milliseconds;
  let last = 'no answer';
  while (Date.now() < deadline) {
    try {
      const response = await fetch(url, { signal: AbortSignal.timeout(5_000), redirect: 'manual' });
      if (accept(response)) return;
      last = `status ${response.status}`;
    } catch (error) {
      last = error.cause?.code ?? error.message;
    }
    await sleep(100);
  }
  throw new Error(`${url} did not answer within ${milliseconds / 1000} s (${last})`);
}
