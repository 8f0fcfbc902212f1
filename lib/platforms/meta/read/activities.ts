import * as z from 'zod';
import type { AccountAccess } from '../../port';
import { metaHost } from '../host';
import { listAll } from '../paging';
import { metaApi } from '../transport';

/** One line of an account's own log: who changed what, and when. */
export type AccountChange = {
  objectId: string;
  objectName: string;
  actor: string | null;
  /** Made through our own app, as the log says. */
  byUs: boolean;
  at: Date;
  kind: string;
};

const FIELDS = 'event_time,event_type,object_id,object_name,actor_name,application_id,application_name';
const activitySchema = z.object({
  event_time: z.union([z.string(), z.number()]),
  event_type: z.string().default(''),
  object_id: z.coerce.string().default(''),
  object_name: z.string().optional(),
  application_id: z.coerce.string().optional(),
  actor_name: z.string().optional(),
  application_name: z.string().optional(),
});

/** What people and programs changed in the account since a moment, newest first. Meta keeps about two years of it. */
export async function accountChanges(access: AccountAccess, query: { since: Date }): Promise<AccountChange[]> {
  const rows = await listAll(
    metaApi(access),
    [access.accountId, 'activities'],
    { fields: FIELDS, since: Math.floor(query.since.getTime() / 1000), limit: 200 },
    activitySchema,
    (row) => `${row.event_time}:${row.event_type}:${row.object_id}`,
  );
  return rows
    .filter((row) => row.event_type.startsWith('update_') || row.event_type.startsWith('create_'))
    .map((row) => ({
      objectId: row.object_id,
      objectName: row.object_name ?? '',
      byUs: Boolean(row.application_id) && row.application_id === metaHost(access.mode).appId,
      actor: row.actor_name ?? row.application_name ?? null,
      at: new Date(typeof row.event_time === 'number' ? row.event_time * 1000 : row.event_time),
      kind: row.event_type,
    }))
    .filter(({ at }) => !Number.isNaN(at.getTime()))
    .sort((one, other) => other.at.getTime() - one.at.getTime());
}
