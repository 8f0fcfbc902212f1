import { AppError } from '../../../domain/errors';
import type { AccountAccess, Lookup, StopRuleSeen } from '../../port';
import { moneyFromMeta } from '../codec';
import { metaFailure } from '../errors';
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

/**
 * The rule a lost answer may have made, by the marker in its name. The whole list is read to its end; no answer proves
 * nothing, so that no second rule is made. @throws AppError platform_reauthorise, platform_not_permitted
 */
export async function findStopRule(
  access: AccountAccess,
  query: { campaignRemoteId: string; marker: string },
): Promise<Lookup<StopRuleSeen>> {
  if (query.marker.length < 6) return { kind: 'inconclusive', reason: 'marker too short to be unique' };
  try {
    const own = (await listStopRules(access, query)).filter((rule) => rule.name.includes(query.marker));
    const [only] = own;
    if (!only) return { kind: 'absent' };
    return own.length === 1 ? { kind: 'found', object: only } : { kind: 'several', objects: own };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (error.code === 'platform_reauthorise' || error.code === 'platform_not_permitted') throw error;
    return { kind: 'inconclusive', reason: metaFailure(error)?.reason ?? error.code };
  }
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
