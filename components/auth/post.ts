import { authProblem, authWords } from '@/lib/words/en/auth';

/** Asks the sign-in service. Null when it worked, else a sentence for the owner. */
export async function postAuth(path: string, body: object): Promise<string | null> {
  try {
    const response = await fetch(`/api/auth/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (response.ok) return null;
    const answer = (await response.json().catch(() => null)) as { code?: string } | null;
    return authProblem(answer?.code, response.status);
  } catch {
    return authWords.problems.other;
  }
}
