import { revokePermission } from '../auth/permissions';
import { pageToken } from '../auth/tokens';
import { type Context, type Edge, Link, type NodeType } from '../graph/context';
import { isGranted, requireScope } from '../validate/access';
import { GraphError, invalid, missing } from '../wire/errors';
import { isObject, readText, readTextList } from '../wire/params';
import { objectsOf } from '../world/live-world';
import { formatTime } from '../world/time';
import type { GraphObject, JsonObject } from '../world/types';
import { businessStudies } from './ad-study';
import { leadFormEdge } from './lead-form';

const permissionEdge: Edge = {
  answer: (context, _user, params) => {
    const grants = context.world.grants[context.token.appId] ?? {};
    const permission = readText(params, 'permission');
    const status = readText(params, 'status');
    const data = Object.entries(grants)
      .map(([name, state]): JsonObject => ({ permission: name, status: state }))
      .filter((one) => permission === undefined || one.permission === permission)
      .filter((one) => status === undefined || one.status === status);
    return { data };
  },
  remove: (context) => {
    revokePermission(context.world, context.token.appId, readText(context.params, 'permission'));
    context.applied.isDirty = true;
    return { success: true };
  },
};

export const USER: NodeType = {
  kind: 'user',
  typeName: 'User',
  fields: ['name', 'email', 'first_name', 'last_name', 'picture', 'short_name', 'token_for_business'],
  defaultFields: ['name', 'id'],
  read: {
    email: (context, user) => (isGranted(context, 'email') ? user.data.email : undefined),
    picture: (context) => ({
      data: { height: 50, width: 50, is_silhouette: true, url: `${context.host.publicUrl()}/_images/person` },
    }),
    short_name: (_context, user) => user.data.first_name,
  },
  edges: {
    permissions: permissionEdge,
    adaccounts: {
      defaultFields: ['account_id', 'id'],
      objects: (context) => {
        if (!isGranted(context, 'ads_read') && !isGranted(context, 'ads_management')) return [];
        return objectsOf(context.world, 'adaccount');
      },
    },
    accounts: {
      defaultFields: ['access_token', 'category', 'category_list', 'name', 'id', 'tasks'],
      objects: (context) => (isGranted(context, 'pages_show_list') ? objectsOf(context.world, 'page') : []),
    },
    businesses: {
      defaultFields: ['id', 'name'],
      objects: (context) => (isGranted(context, 'business_management') ? objectsOf(context.world, 'business') : []),
    },
  },
};

export const BUSINESS: NodeType = {
  kind: 'business',
  typeName: 'Business',
  fields: ['name', 'created_time', 'verification_status', 'primary_page', 'timezone_id'],
  defaultFields: ['id', 'name'],
  read: { verification_status: () => 'verified' },
  edges: {
    owned_ad_accounts: {
      objects: (context) => objectsOf(context.world, 'adaccount'),
      defaultFields: ['account_id', 'id'],
    },
    owned_pages: { objects: (context) => objectsOf(context.world, 'page'), defaultFields: ['id', 'name'] },
    adspixels: { objects: (context) => objectsOf(context.world, 'pixel'), defaultFields: ['id', 'name'] },
    ad_studies: businessStudies,
  },
};

function instagramLink(field: string) {
  return (_context: Context, page: GraphObject) => {
    const value = page.data[field];
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? new Link(String(value.id))
      : undefined;
  };
}

/** Which apps hear of this Page's changes; asked for with the Page's own token. */
const subscribedApps: Edge = {
  answer: (context, page) => {
    requireOwnToken(context, page);
    const held = isObject(page.data.subscribed) ? page.data.subscribed : {};
    const data = Object.entries(held).map(
      ([id, fields]): JsonObject => ({ id, name: context.host.apps.get(id)?.name ?? id, subscribed_fields: fields }),
    );
    return { data };
  },
  create: (context, page) => {
    requireOwnToken(context, page);
    requireScope(context, 'pages_manage_metadata');
    const fields = readTextList(context.params, 'subscribed_fields');
    if (!fields || fields.length === 0) throw missing('subscribed_fields');
    const held = isObject(page.data.subscribed) ? page.data.subscribed : {};
    page.data.subscribed = { ...held, [context.token.appId]: fields };
    context.applied.isDirty = true;
    return { success: true };
  },
  remove: (context, page) => {
    requireOwnToken(context, page);
    const { [context.token.appId]: _left, ...others } = isObject(page.data.subscribed) ? page.data.subscribed : {};
    page.data.subscribed = others;
    context.applied.isDirty = true;
    return { success: true };
  },
};

function requireOwnToken(context: Context, page: GraphObject): void {
  if (context.token.kind === 'PAGE' && context.token.subjectId === page.id) return;
  throw new GraphError({
    code: 210,
    message: '(#210) A page access token is required to request this resource.',
  });
}

export const PAGE: NodeType = {
  kind: 'page',
  typeName: 'Page',
  fields:
    `name category category_list tasks link fan_count followers_count is_published access_token instagram_business_account
    connected_instagram_account picture username about website phone emails location business verification_status page_token
    has_transitioned_to_new_page_experience leadgen_tos_accepted leadgen_tos_acceptance_time`.split(/\s+/),
  defaultFields: ['name', 'id'],
  read: {
    access_token: (context, page) => (context.token.kind === 'USER' ? pageToken(context, page) : context.token.value),
    instagram_business_account: instagramLink('instagram_business_account'),
    connected_instagram_account: instagramLink('connected_instagram_account'),
    followers_count: (_context, page) => page.data.fan_count,
    leadgen_tos_accepted: (_context, page) => page.data.leadgen_tos_accepted !== false,
    picture: (context) => ({
      data: { height: 50, width: 50, is_silhouette: true, url: `${context.host.publicUrl()}/_images/page` },
    }),
  },
  edges: {
    leadgen_forms: leadFormEdge,
    instagram_accounts: { objects: (context) => objectsOf(context.world, 'instagram'), defaultFields: ['id'] },
    subscribed_apps: subscribedApps,
  },
};

export const INSTAGRAM: NodeType = {
  kind: 'instagram',
  typeName: 'IGUser',
  fields: [
    'username',
    'name',
    'profile_picture_url',
    'profile_pic',
    'followers_count',
    'media_count',
    'follow_count',
    'is_private',
    'is_published',
  ],
  read: { followers_count: () => 812, media_count: () => 96 },
  edges: {},
};

export const LABEL: NodeType = {
  kind: 'adlabel',
  typeName: 'AdLabel',
  fields: ['name', 'created_time', 'updated_time', 'account'],
  defaultFields: ['id', 'name'],
  read: {
    created_time: (_context, label) => formatTime(label.createdMs, 'UTC'),
    updated_time: (_context, label) => formatTime(label.updatedMs, 'UTC'),
    account: (_context, label) => new Link(label.account),
  },
  edges: {},
  update: (context, label) => {
    const name = readText(context.params, 'name');
    if (name === undefined) throw invalid('The parameter name is required');
    label.data.name = name;
    context.applied.isDirty = true;
    return { success: true };
  },
  remove: (context, label) => {
    label.status = 'DELETED';
    context.applied.isDirty = true;
    return { success: true };
  },
};
