import type { Edge } from '../graph/context';
import { requireWrite } from '../validate/access';
import { invalid, missing } from '../wire/errors';
import { has, readEnum, readInteger } from '../wire/params';
import { objectsOf, zoneOf } from '../world/live-world';
import { parseTime } from '../world/time';
import { touch } from './shared';

const STRATEGIES = ['DELETE_ANY', 'DELETE_OLDEST', 'DELETE_ARCHIVED_BEFORE'];

/** `DELETE act_X/campaigns`: oldest first, or what was archived before a date. */
export const bulkDelete: Edge['remove'] = (context, account) => {
  requireWrite(context, account);
  const strategy = readEnum(context.params, 'delete_strategy', STRATEGIES);
  if (strategy === undefined) throw missing('delete_strategy');
  const isArchived = strategy === 'DELETE_ARCHIVED_BEFORE';
  if (isArchived && !has(context.params, 'before_date')) throw missing('before_date');
  const beforeMs = parseTime(context.params.before_date, zoneOf(context.world, account));
  if (isArchived && beforeMs === null) throw invalid('Param before_date must be a valid date');

  const wanted = objectsOf(context.world, 'campaign', account.id)
    .filter((campaign) => campaign.status !== 'DELETED')
    .filter((campaign) => !isArchived || (campaign.status === 'ARCHIVED' && campaign.statusMs < (beforeMs ?? 0)))
    .sort((one, other) => one.createdMs - other.createdMs || one.ordinal - other.ordinal);
  const found = wanted.slice(0, readInteger(context.params, 'object_count') ?? 100);
  for (const campaign of found) {
    campaign.status = 'DELETED';
    campaign.statusMs = context.nowMs;
    touch(context, campaign);
  }
  return {
    objects_left_to_delete_count: wanted.length - found.length,
    deleted_object_ids: found.map((campaign) => campaign.id),
  };
};
