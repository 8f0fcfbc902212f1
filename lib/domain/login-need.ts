/** What ads cannot do without, as an owner would say it; each stands for permissions at Meta. */
export type LoginNeed = 'create_ads' | 'read_numbers' | 'see_pages';

const SCOPES: Record<LoginNeed, readonly string[]> = {
  create_ads: ['ads_management'],
  read_numbers: ['ads_read'],
  see_pages: ['pages_show_list', 'pages_read_engagement'],
};

/** Needs a login does not cover, in a fixed order; empty where everything can work. */
export function missingNeeds(granted: readonly string[]): LoginNeed[] {
  return (Object.keys(SCOPES) as LoginNeed[]).filter((need) => SCOPES[need].some((scope) => !granted.includes(scope)));
}

/** Why a stored login cannot be used although the platform accepts it. */
export const MISSING_PERMISSIONS = 'missing_permissions';
