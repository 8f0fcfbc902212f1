import type * as z from 'zod';
import type { Money } from '../../../domain/money';
import type { AccountAccess, InstagramSeen, MinimumBudgets } from '../../port';
import { moneyFromMeta } from '../codec';
import { listAll } from '../paging';
import { accountSpendSchema, instagramSchema, minimumBudgetSchema, pageOf } from '../schemas';
import { metaApi } from '../transport';

/** Instagram accounts connected to this ad account. */
export async function listInstagramAccounts(access: AccountAccess): Promise<InstagramSeen[]> {
  const rows = await listAll(
    metaApi(access),
    [access.accountId, 'connected_instagram_accounts'],
    { fields: 'id,username', limit: 100 },
    instagramSchema,
    (row) => row.id,
  );
  return rows.map((row) => ({ externalId: row.id, username: row.username ?? null }));
}

/**
 * The smallest daily budgets (minor units at Meta, no bid cap): for impressions, for clicks and other frequent events, and for
 * rare ones such as installs. Meta gives one row per currency; the account's own counts.
 */
export async function minimumBudgets(access: AccountAccess): Promise<MinimumBudgets | null> {
  const { data } = await metaApi(access).get([access.accountId, 'minimum_budgets'], {}, pageOf(minimumBudgetSchema));
  const row = data.find(({ currency }) => currency === access.currency);
  if (!row) return null;
  const amount = (minor: string | number) => moneyFromMeta(minor, access.currency);
  return {
    impressions: amount(row.min_daily_budget_imp),
    clicks: amount(row.min_daily_budget_high_freq),
    rareActions: amount(row.min_daily_budget_low_freq),
  };
}

/** What the account spent in its life against its cap. Meta reads a cap that is not set as absent or as "0". */
export async function accountSpend(access: AccountAccess): Promise<{ spent: Money; cap: Money | null }> {
  const fields = { fields: 'id,amount_spent,spend_cap' };
  const row: z.infer<typeof accountSpendSchema> = await metaApi(access).get(
    [access.accountId],
    fields,
    accountSpendSchema,
  );
  const cap = row.spend_cap === undefined || row.spend_cap === '0' ? null : row.spend_cap;
  return {
    spent: moneyFromMeta(row.amount_spent ?? '0', access.currency),
    cap: cap === null ? null : moneyFromMeta(cap, access.currency),
  };
}
