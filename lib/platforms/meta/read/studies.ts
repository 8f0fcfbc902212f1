import type * as z from 'zod';
import { AppError } from '../../../domain/errors';
import type { AccountAccess, DrawSeen, Lookup, MayDraw } from '../../port';
import { metaFailure } from '../errors';
import { listAll } from '../paging';
import { accountOwnerSchema, pageOf, studySchema } from '../schemas';
import { metaApi } from '../transport';

const FIELDS = 'id,name,type,start_time,end_time,canceled_time,cells{id,treatment_percentage,adsets{id}}';

/**
 * Split tests belong to a business and need `business_management` (Marketing API, ad_studies): an account of no business, or
 * a login without that permission, has none. @throws AppError for anything but that refusal
 */
export async function mayDraw(access: AccountAccess): Promise<MayDraw> {
  try {
    const { business } = await metaApi(access).get([access.accountId], { fields: 'id,business' }, accountOwnerSchema);
    if (!business) return { yes: false, reason: 'no_business' };
    await metaApi(access).get([business.id, 'ad_studies'], { fields: 'id', limit: 1 }, pageOf(studySchema));
    return { yes: true, ownerId: business.id };
  } catch (error) {
    if (error instanceof AppError && error.code === 'platform_not_permitted')
      return { yes: false, reason: 'not_permitted' };
    throw error;
  }
}

/** @throws AppError platform_*; null where Meta has no such study */
export async function readDraw(access: AccountAccess, drawRemoteId: string): Promise<DrawSeen | null> {
  // Read in the account's list: a study that is deleted leaves it, while its own address may answer on.
  return (await listStudies(access)).find(({ remoteId }) => remoteId === drawRemoteId) ?? null;
}

/** The study a lost answer may have made. The whole list is read to its end; no answer proves nothing. */
export async function findDraw(access: AccountAccess, query: { marker: string }): Promise<Lookup<DrawSeen>> {
  if (query.marker.length < 6) return { kind: 'inconclusive', reason: 'marker too short to be unique' };
  try {
    const own = (await listStudies(access)).filter(({ name }) => name.includes(query.marker));
    const [only] = own;
    if (!only) return { kind: 'absent' };
    return own.length === 1 ? { kind: 'found', object: only } : { kind: 'several', objects: own };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (error.code === 'platform_reauthorise' || error.code === 'platform_not_permitted') throw error;
    return { kind: 'inconclusive', reason: metaFailure(error)?.reason ?? error.code };
  }
}

async function listStudies(access: AccountAccess): Promise<DrawSeen[]> {
  const rows = await listAll(
    metaApi(access),
    [access.accountId, 'ad_studies'],
    { fields: FIELDS, limit: 100 },
    studySchema,
    (row) => row.id,
  );
  return rows.map(seen);
}

function seen(row: z.infer<typeof studySchema>): DrawSeen {
  const instant = (text: string | undefined) => (text === undefined ? null : new Date(text).toISOString());
  return {
    remoteId: row.id,
    name: row.name,
    startsAt: instant(row.start_time),
    endsAt: instant(row.end_time),
    isCancelled: row.canceled_time !== undefined,
    cells: (row.cells?.data ?? []).map((cell) => ({
      sharePercent: cell.treatment_percentage,
      adSetIds: (cell.adsets?.data ?? []).map(({ id }) => id),
    })),
  };
}
