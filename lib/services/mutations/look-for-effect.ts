import { AppError } from '../../domain/errors';
import type {
  AccountAccess,
  DrawSeen,
  LeadFormSeen,
  Lookup,
  RemoteLevel,
  RemoteSeen,
  StopRuleSeen,
} from '../../platforms/port';
import { readerFor } from '../../platforms/registry-readers';
import { callsOf, type PlatformWrite } from './perform-write';
import { isKept } from './value-writes';

export const CREATED_LEVEL: Record<string, RemoteLevel> = {
  create_campaign: 'campaign',
  create_ad_set: 'adset',
  create_creative: 'creative',
  create_ad: 'ad',
};

/**
 * Looks at the platform for what an effect may have done, and writes nothing. Anything doubtful is inconclusive, also an
 * effect of an earlier version whose request was not kept.
 */
export async function lookForEffect(
  access: AccountAccess,
  effect: { kind: string; marker: string; request: unknown },
): Promise<Lookup<RemoteSeen | StopRuleSeen | LeadFormSeen | DrawSeen>> {
  const level = CREATED_LEVEL[effect.kind];
  try {
    if (level) return await readerFor(access.platform).findByMarker(access, level, effect.marker, null);
    if (!isKept(effect.kind) || effect.request === null)
      return { kind: 'inconclusive', reason: 'what was asked for is not known' };
    return (await callsOf(access, keptWrite(effect.request)).lookUp(effect.marker)) as Lookup<
      RemoteSeen | StopRuleSeen | LeadFormSeen | DrawSeen
    >;
  } catch (error) {
    if (error instanceof AppError) return { kind: 'inconclusive', reason: error.code };
    throw error;
  }
}

/** Money stands in the ledger as text. */
function keptWrite(request: unknown): PlatformWrite {
  return JSON.parse(JSON.stringify(request), (key, value: unknown) =>
    key === 'minor' ? BigInt(String(value)) : value,
  ) as PlatformWrite;
}
