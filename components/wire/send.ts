import type { Problem } from '@/lib/domain/views';
import { uiWords } from '@/lib/words/en/ui';
import { workspaceHeader } from './workspace';

export type Answer<T> = { ok: true; data: T } | { ok: false; problem: Problem };

const lost: Problem = {
  type: 'about:blank',
  title: uiWords.lost.title,
  status: 0,
  code: 'lost',
  detail: uiWords.lost.title,
  money: uiWords.lost.money,
  next: uiWords.lost.next,
  referenceId: '',
};

/** The one way the browser calls our routes: JSON in, JSON out, and every failure a Problem with words for the owner. */
export async function call<T>(
  method: 'GET' | 'POST',
  url: string,
  body?: object,
  signal?: AbortSignal,
): Promise<Answer<T>> {
  const response = await request(method, url, body, signal);
  if (!response) return { ok: false, problem: lost };
  if (!response.ok) return { ok: false, problem: await readProblem(response) };
  return { ok: true, data: (await response.json().catch(() => ({}))) as T };
}

/** The raw answer for streams; null when nothing came back at all. */
export async function request(
  method: 'GET' | 'POST',
  url: string,
  body?: object,
  signal?: AbortSignal,
): Promise<Response | null> {
  try {
    return await fetch(url, {
      method,
      headers: { ...workspaceHeader(), ...(body ? { 'content-type': 'application/json' } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
      ...(signal ? { signal } : {}),
    });
  } catch {
    return null;
  }
}

export async function readProblem(response: Response): Promise<Problem> {
  const problem = (await response.json().catch(() => null)) as Problem | null;
  return problem?.title ? problem : { ...lost, status: response.status };
}

export function lostProblem(): Problem {
  return lost;
}
