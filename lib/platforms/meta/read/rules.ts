import type { AccountAccess, StopRuleSeen } from '../../port';
import { moneyFromMeta } from '../codec';
import { listAll } from '../paging';
import { type RuleSeen, ruleSchema } from '../schemas';
import { metaApi } from '../transport';

/** Rules of the account that pause exactly this campaign for what it spent in a day. Others people made are left out. */
export async function listStopRules(
  access: AccountAccess,
  query: { campaignRemoteId: string },
): Promise<StopRuleSeen[]> {
  const rows = await listAll(
    metaApi(access),
    [access.accountId, 'adrules_library'],
    { fields: 'id,name,status,evaluation_spec,execution_spec', limit: 100 },
    ruleSchema,
    (row) => row.id,
  );
  return rows
    .filter((rule) => rule.execution_spec?.execution_type === 'PAUSE' && namesOnly(rule, query.campaignRemoteId))
    .map((rule) => {
      const spent = filterOf(rule, 'spent')?.value;
      return {
        remoteId: rule.id,
        name: rule.name,
        perDay: isAmount(spent) ? moneyFromMeta(spent, access.currency) : null,
        works: rule.status === 'ENABLED',
      };
    });
}

function filterOf(rule: RuleSeen, field: string) {
  return rule.evaluation_spec?.filters.find((filter) => filter.field === field);
}

function namesOnly(rule: RuleSeen, campaignRemoteId: string): boolean {
  const ids = filterOf(rule, 'id')?.value;
  return Array.isArray(ids) && ids.length === 1 && String(ids[0]) === campaignRemoteId;
}

const isAmount = (value: unknown): value is string | number =>
  (typeof value === 'number' && Number.isSafeInteger(value)) || (typeof value === 'string' && /^\d+$/.test(value));
