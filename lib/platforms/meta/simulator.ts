import * as z from 'zod';
import { AppError } from '../../domain/errors';
import { env } from '../../runtime/env';

/** Client of the simulator's admin interface. Only services that hold a SIMULATED connection may use it. */
const worldSchema = z.object({
  worldId: z.string(),
  userId: z.coerce.string(),
  accessToken: z.string(),
  tokenExpiresAt: z.union([z.string(), z.number()]).nullable().optional(),
  adAccounts: z.array(z.object({ id: z.string(), name: z.string(), currency: z.string(), timezone: z.string() })),
  pages: z.array(z.object({ id: z.string(), name: z.string(), instagramId: z.string().nullable().optional() })),
});
export type SimulatedWorld = z.infer<typeof worldSchema>;

const clockSchema = z.object({ offsetMs: z.number() });

async function admin(
  method: 'GET' | 'POST',
  path: string,
  body?: Record<string, unknown>,
): Promise<{ status: number; body: unknown }> {
  const { SIMULATOR_URL, SIMULATOR_ADMIN_KEY, META_TIMEOUT_MS } = env();
  if (!SIMULATOR_URL) throw new AppError('simulated_only', { reason: 'no_simulator' });
  try {
    const response = await fetch(`${SIMULATOR_URL.replace(/\/+$/, '')}/_admin/${path}`, {
      method,
      headers: {
        'content-type': 'application/json',
        ...(SIMULATOR_ADMIN_KEY ? { authorization: `Bearer ${SIMULATOR_ADMIN_KEY}` } : {}),
      },
      signal: AbortSignal.timeout(META_TIMEOUT_MS),
      cache: 'no-store',
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    return { status: response.status, body: await response.json() };
  } catch (cause) {
    throw new AppError('platform_retry_later', { platform: 'simulator', path }, { cause });
  }
}

function answered<T>(answer: { status: number; body: unknown }, schema: z.ZodType<T>, path: string): T {
  const parsed = schema.safeParse(answer.body);
  if (answer.status < 400 && parsed.success) return parsed.data;
  throw new AppError('platform_fix_input', { platform: 'simulator', path, status: answer.status });
}

/** Makes a pretend person with a business, ad accounts and Pages, and logs them in. */
export async function createSimulatedWorld(input: {
  scenario: string;
  seed?: number;
  businessName?: string;
  personName?: string;
}): Promise<SimulatedWorld> {
  return answered(await admin('POST', 'worlds', input), worldSchema, 'worlds');
}

/** Moves a world's clock: `advanceMs` adds, `offsetMs` sets the distance to real time (ms); gives the distance after it. */
export async function setSimulatedClock(
  worldId: string,
  move: { advanceMs: number } | { offsetMs: number },
): Promise<{ offsetMs: number }> {
  const path = `worlds/${encodeURIComponent(worldId)}/clock`;
  return answered(await admin('POST', path, move), clockSchema, path);
}

/** Whether the pretend shop's home page answers at the world's own time. */
export async function simulatedSiteAnswers(worldId: string): Promise<boolean> {
  const path = `worlds/${encodeURIComponent(worldId)}/site`;
  return answered(await admin('GET', path), z.object({ answers: z.boolean() }), path).answers;
}

/** The world an ad account ("act_…") lives in, or null. */
export async function findSimulatedWorld(input: { accountId: string }): Promise<{ worldId: string } | null> {
  const path = `worlds?account=${encodeURIComponent(input.accountId)}`;
  const answer = await admin('GET', path);
  if (answer.status === 404) return null;
  const one = z.object({ worldId: z.string() });
  const found = answered(answer, z.union([one, z.object({ worlds: z.array(one) }), z.array(one), z.null()]), 'worlds');
  if (found === null) return null;
  if (Array.isArray(found)) return found[0] ?? null;
  return 'worlds' in found ? (found.worlds[0] ?? null) : found;
}

/** True when the simulator is up and answering, quickly. */
export async function simulatorAnswers(): Promise<boolean> {
  const { SIMULATOR_URL, SIMULATOR_ADMIN_KEY } = env();
  if (!SIMULATOR_URL) return false;
  try {
    const response = await fetch(`${SIMULATOR_URL.replace(/\/+$/, '')}/_admin/health`, {
      headers: SIMULATOR_ADMIN_KEY ? { authorization: `Bearer ${SIMULATOR_ADMIN_KEY}` } : {},
      signal: AbortSignal.timeout(2_000),
      cache: 'no-store',
    });
    return response.ok;
  } catch {
    // Not answering is this question's answer.
    return false;
  }
}
