import type { Edge, NodeType } from '../graph/context';
import { requireWrite } from '../validate/access';
import { readName } from '../validate/naming';
import { GraphError, invalid, missing } from '../wire/errors';
import {
  isObject,
  readEnum,
  readInteger,
  readJson,
  readNumber,
  readObject,
  readText,
  requireText,
} from '../wire/params';
import { objectsOf } from '../world/live-world';
import { makeObject } from '../world/make-object';
import type { GraphObject } from '../world/types';
import { accountOf, COMMON_READERS, removeObject, touch } from './shared';

const MOST_CONVERSIONS = 100;
const MOST_USERS = 10_000;

/** `act_X/customconversions`. */
export const conversionEdge: Edge = {
  objects: (context, account) => objectsOf(context.world, 'customconversion', account.id),
  create: (context, account) => {
    requireWrite(context, account);
    if (objectsOf(context.world, 'customconversion', account.id).length >= MOST_CONVERSIONS)
      throw invalid('Too many custom conversions');
    const conversion = makeObject(context.world, {
      kind: 'customconversion',
      account: account.id,
      nowMs: context.nowMs,
      data: {
        name: readName(context.params),
        rule: readText(context.params, 'rule'),
        custom_event_type: readText(context.params, 'custom_event_type'),
        default_conversion_value: readNumber(context.params, 'default_conversion_value'),
        pixel: readText(context.params, 'event_source_id'),
      },
    });
    touch(context, conversion);
    return { id: conversion.id };
  },
};

export const CUSTOM_CONVERSION: NodeType = {
  kind: 'customconversion',
  typeName: 'CustomConversion',
  fields:
    'account_id name rule custom_event_type default_conversion_value pixel creation_time description is_archived is_unavailable'.split(
      ' ',
    ),
  read: { account_id: COMMON_READERS.account_id ?? (() => undefined), is_archived: () => false },
  edges: {},
  remove: removeObject,
};

const SUBTYPES =
  'APP BAG_OF_ACCOUNTS CLAIM CUSTOM ENGAGEMENT LOOKALIKE MANAGED OFFLINE_CONVERSION PARTNER VIDEO WEBSITE'.split(' ');
const MOST_DAYS = 180;

/** Custom audiences need the account's consent to their terms. */
function requireTerms(account: GraphObject): void {
  const accepted = account.data.tos_accepted;
  if (isObject(accepted) && Number(accepted.web_custom_audience_tos ?? accepted.custom_audience_tos ?? 0) === 1) return;
  throw new GraphError({
    code: 200,
    subcode: 1870034,
    status: 400,
    message: '(#200) Permissions error',
    title: 'Custom audience terms not accepted',
    userMessage: 'Accept the terms of custom audiences first.',
  });
}

/** `act_X/customaudiences`. */
export const audienceEdge: Edge = {
  objects: (context, account) => objectsOf(context.world, 'customaudience', account.id),
  create: (context, account) => {
    requireWrite(context, account);
    requireTerms(account);
    const subtype = readEnum(context.params, 'subtype', SUBTYPES) ?? 'CUSTOM';
    const days = readInteger(context.params, 'retention_days');
    if (days !== undefined && (days < 1 || days > MOST_DAYS))
      throw invalid(`Param retention_days must be between 1 and ${MOST_DAYS}`);
    if (subtype === 'LOOKALIKE' && readObject(context.params, 'lookalike_spec') === undefined)
      throw missing('lookalike_spec');
    const audience = makeObject(context.world, {
      kind: 'customaudience',
      account: account.id,
      nowMs: context.nowMs,
      data: {
        name: readName(context.params),
        subtype,
        description: readText(context.params, 'description'),
        rule: readText(context.params, 'rule'),
        retention_days: days,
        lookalike_spec: readJson(context.params, 'lookalike_spec'),
        users: 0,
      },
    });
    touch(context, audience);
    return { id: audience.id };
  },
};

const usersEdge: Edge = {
  create: (context, audience) => {
    requireWrite(context, accountOf(context, audience));
    requireText(context.params, 'payload');
    const payload = readObject(context.params, 'payload') ?? {};
    const rows = Array.isArray(payload.data) ? payload.data : [];
    if (rows.length > MOST_USERS) throw invalid(`At most ${MOST_USERS} users per call`);
    audience.data.users = Number(audience.data.users ?? 0) + rows.length;
    touch(context, audience);
    return {
      audience_id: audience.id,
      num_received: rows.length,
      num_invalid_entries: 0,
      invalid_entry_samples: {},
      session_id: String(context.nowMs),
    };
  },
};

export const CUSTOM_AUDIENCE: NodeType = {
  kind: 'customaudience',
  typeName: 'CustomAudience',
  fields:
    `account_id name subtype description rule retention_days lookalike_spec approximate_count_lower_bound approximate_count_upper_bound
    operation_status delivery_status time_created time_updated`.split(/\s+/),
  read: {
    account_id: COMMON_READERS.account_id ?? (() => undefined),
    approximate_count_lower_bound: (_context, audience) => Math.max(1000, Number(audience.data.users ?? 0)),
    approximate_count_upper_bound: (_context, audience) =>
      Math.max(1000, Math.round(Number(audience.data.users ?? 0) * 1.2)),
    operation_status: () => ({ code: 200, description: 'Normal' }),
    delivery_status: (_context, audience) =>
      Number(audience.data.users ?? 0) < 100
        ? { code: 300, description: 'Audience too small' }
        : { code: 200, description: 'Ready' },
  },
  edges: { users: usersEdge },
  remove: removeObject,
};
