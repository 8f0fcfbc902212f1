import type * as z from 'zod';
import type { AccountAccess, AccountSeen, LoginAccess, PageSeen, PixelSeen } from '../../port';
import { moneyFromMeta } from '../codec';
import { listAll } from '../paging';
import { accountSchema, pageSchema, pixelSchema } from '../schemas';
import { metaApi } from '../transport';

/** Meta's account_status numbers in our words; unknown ones are treated as not usable. */
const STATUSES: Record<number, AccountSeen['status']> = {
  1: 'ACTIVE',
  2: 'DISABLED',
  3: 'UNSETTLED',
  7: 'IN_REVIEW',
  8: 'UNSETTLED',
  9: 'ACTIVE',
  100: 'CLOSED',
  101: 'CLOSED',
};

const ACCOUNT_FIELDS = [
  'id',
  'name',
  'currency',
  'timezone_name',
  'account_status',
  'disable_reason',
  'funding_source',
  'min_daily_budget',
  'min_campaign_group_spend_cap',
  'default_dsa_payor',
  'default_dsa_beneficiary',
].join(',');
const PIXEL_FIELDS = 'id,name,last_fired_time';

function accountSeen(row: z.infer<typeof accountSchema>): AccountSeen {
  const {
    currency,
    default_dsa_payor: payor,
    default_dsa_beneficiary: beneficiary,
    min_campaign_group_spend_cap: cap,
  } = row;
  return {
    externalId: row.id,
    name: row.name,
    currency,
    timezone: row.timezone_name,
    status: STATUSES[row.account_status] ?? 'DISABLED',
    hasFunding: row.funding_source !== undefined,
    minDailyBudget: row.min_daily_budget === undefined ? null : moneyFromMeta(row.min_daily_budget, currency),
    minCampaignSpendCap: cap === undefined ? null : moneyFromMeta(cap, currency),
    dsaDefaults: payor && beneficiary ? { payor, beneficiary } : null,
    pixels: (row.adspixels?.data ?? []).map(pixelSeen),
  };
}

function pixelSeen(row: z.infer<typeof pixelSchema>): PixelSeen {
  return { externalId: row.id, name: row.name, hasFired: row.last_fired_time !== undefined };
}

/** Ad accounts this login may see, with their pixels. */
export async function listAccounts(access: LoginAccess): Promise<AccountSeen[]> {
  const rows = await listAll(
    metaApi(access),
    ['me', 'adaccounts'],
    { fields: `${ACCOUNT_FIELDS},adspixels{${PIXEL_FIELDS}}`, limit: 50 },
    accountSchema,
    (row) => row.id,
  );
  return rows.map(accountSeen);
}

/** Pages this login may see. Their own tokens are neither asked for nor kept. */
export async function listPages(access: LoginAccess): Promise<PageSeen[]> {
  const fields = 'id,name,tasks,instagram_business_account{id},connected_instagram_account{id}';
  const rows = await listAll(metaApi(access), ['me', 'accounts'], { fields, limit: 100 }, pageSchema, (row) => row.id);
  return rows.map((row) => ({
    externalId: row.id,
    name: row.name,
    instagramId: row.instagram_business_account?.id ?? row.connected_instagram_account?.id ?? null,
    mayAdvertise: row.tasks === undefined || row.tasks.includes('ADVERTISE'),
  }));
}

export async function listPixels(access: AccountAccess): Promise<PixelSeen[]> {
  const rows = await listAll(
    metaApi(access),
    [access.accountId, 'adspixels'],
    { fields: PIXEL_FIELDS, limit: 50 },
    pixelSchema,
    (row) => row.id,
  );
  return rows.map(pixelSeen);
}
