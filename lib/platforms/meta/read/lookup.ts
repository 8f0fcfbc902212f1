import { AppError } from '../../../domain/errors';
import type { AccountAccess, Lookup, RemoteLevel } from '../../port';
import { metaFailure } from '../errors';
import { listObjects } from './objects';

/**
 * Looks for an object by the marker in its name. Absence must be proven: the whole list is read to its end, and anything
 * doubtful (no answer, a filter that was ignored, another parent) is inconclusive, so that nothing is created twice.
 * @throws AppError platform_reauthorise, platform_not_permitted: then looking again is no remedy.
 */
export async function findByMarker(
  access: AccountAccess,
  level: RemoteLevel,
  marker: string,
  parentRemoteId: string | null,
): Promise<Lookup> {
  if (marker.length < 6) return { kind: 'inconclusive', reason: 'marker too short to be unique' };
  const filtering = [{ field: 'name', operator: 'CONTAIN', value: marker }];
  try {
    const listed = await listObjects(access, level, access.accountId, { filtering });
    const found = listed.filter((object) => object.name.includes(marker));
    const own = found.filter(
      (object) => parentRemoteId === null || object.parentRemoteId === null || object.parentRemoteId === parentRemoteId,
    );
    if (own.length < found.length)
      return { kind: 'inconclusive', reason: 'an object with this marker stands under another parent' };
    const [only] = own;
    if (!only) return { kind: 'absent' };
    return own.length === 1 ? { kind: 'found', object: only } : { kind: 'several', objects: own };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (error.code === 'platform_reauthorise' || error.code === 'platform_not_permitted') throw error;
    return { kind: 'inconclusive', reason: metaFailure(error)?.reason ?? error.code };
  }
}
