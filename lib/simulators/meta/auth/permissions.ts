import type { World } from '../world/types';

export type ScopeInfo = { scope: string; label: string; detail: string; isFixed?: boolean };

/** The permissions an app may ask for, in the words of the consent page. */
export const SCOPES: readonly ScopeInfo[] = [
  { scope: 'public_profile', label: 'See your name and profile picture', detail: 'Needed to log in', isFixed: true },
  { scope: 'email', label: 'See your email address', detail: 'So the app can reach you' },
  { scope: 'ads_read', label: 'Read your ads and their results', detail: 'Accounts, campaigns and statistics' },
  {
    scope: 'ads_management',
    label: 'Manage your ads',
    detail: 'Create, edit, pause and delete ads in your ad accounts',
  },
  { scope: 'business_management', label: 'Manage your business', detail: 'Business portfolios and what they own' },
  { scope: 'pages_show_list', label: 'Show a list of the Pages you manage', detail: 'Ads need a Page to speak for' },
  {
    scope: 'pages_read_engagement',
    label: 'Read content posted on your Pages',
    detail: 'Posts and how people react to them',
  },
  { scope: 'pages_manage_ads', label: 'Manage ads for your Pages', detail: 'Lead forms and ads on behalf of a Page' },
  { scope: 'leads_retrieval', label: 'Get leads of your Pages', detail: 'Answers people gave in your forms' },
  {
    scope: 'pages_manage_metadata',
    label: 'Manage settings of your Pages',
    detail: 'For example, notifications about new leads',
  },
  { scope: 'instagram_basic', label: 'See your Instagram account', detail: 'The account connected to your Page' },
];

export const ALL_SCOPES = SCOPES.map(({ scope }) => scope);

/** Scopes of a login request: commas or spaces; unknown ones are named in `unknown`. */
export function readScopes(text: string): { known: string[]; unknown: string[] } {
  const asked = [...new Set(text.split(/[\s,]+/).filter((scope) => scope !== ''))];
  const known = ALL_SCOPES.filter((scope) => scope === 'public_profile' || asked.includes(scope));
  return { known, unknown: asked.filter((scope) => !ALL_SCOPES.includes(scope)) };
}

/** Records what the person allowed and declined for an app. */
export function grantScopes(world: World, appId: string, asked: readonly string[], allowed: readonly string[]): void {
  const grants = world.grants[appId] ?? {};
  for (const scope of asked) grants[scope] = allowed.includes(scope) ? 'granted' : 'declined';
  world.grants[appId] = grants;
}

/** Takes one permission back, or the whole app's access when none is named. */
export function revokePermission(world: World, appId: string, permission?: string): void {
  const grants = world.grants[appId];
  if (permission !== undefined) {
    if (grants?.[permission] !== undefined) grants[permission] = 'declined';
    return;
  }
  delete world.grants[appId];
  for (const token of world.tokens) if (token.appId === appId && token.endedWith === undefined) token.endedWith = 458;
}

export function grantedScopes(world: World, appId: string): string[] {
  return Object.entries(world.grants[appId] ?? {})
    .filter(([, state]) => state === 'granted')
    .map(([scope]) => scope);
}
