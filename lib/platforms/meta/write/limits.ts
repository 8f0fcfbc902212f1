import type { Money } from '../../../domain/money';
import type { AccountAccess } from '../../port';
import { moneyToMetaMajor, moneyToMetaNumber } from '../codec';
import { inAccountCurrency } from '../currency';
import { createdSchema, doneSchema } from '../schemas';
import { metaApi } from '../transport';

/** The value with which Meta takes a campaign's spend cap away. It is not an amount and is the same in every currency. */
const NO_CAP = '922337203685478';

/** Sets the most a campaign may ever spend, or takes the limit away. Meta has a smallest cap (AccountSeen.minCampaignSpendCap). */
export async function setCampaignSpendCap(
  access: AccountAccess,
  campaignRemoteId: string,
  spendCap: Money | null,
): Promise<void> {
  const cap = spendCap ? moneyToMetaNumber(inAccountCurrency(access, spendCap)) : NO_CAP;
  await metaApi(access).post([campaignRemoteId], { spend_cap: cap }, doneSchema);
}

/**
 * Sets the most the whole account may ever spend, or takes the limit away. Meta takes this one amount in major units (a
 * decimal number) although it reads back in minor ones; 17/1885172 after ten changes a day.
 */
export async function setAccountSpendCap(access: AccountAccess, spendCap: Money | null): Promise<void> {
  const params = spendCap
    ? { spend_cap: moneyToMetaMajor(inAccountCurrency(access, spendCap)) }
    : { spend_cap_action: 'delete' };
  await metaApi(access).post([access.accountId], params, doneSchema);
}

/**
 * A rule that lives at Meta and pauses the campaign when it spent more than `perDay` on one account day, checked by Meta
 * about every half hour: it holds when our own server is down.
 */
export async function createStopRule(
  access: AccountAccess,
  input: { name: string; campaignRemoteId: string; perDay: Money },
): Promise<{ remoteId: string }> {
  const { id } = await metaApi(access).post(
    [access.accountId, 'adrules_library'],
    {
      name: input.name,
      evaluation_spec: evaluationOf(access, input),
      execution_spec: { execution_type: 'PAUSE' },
      schedule_spec: { schedule_type: 'SEMI_HOURLY' },
      status: 'ENABLED',
    },
    createdSchema,
  );
  return { remoteId: id };
}

/** Changes the amount of a rule made above. Meta takes a rule's conditions only as a whole; what it does stays as it is. */
export async function setStopRuleAmount(
  access: AccountAccess,
  ruleRemoteId: string,
  input: { campaignRemoteId: string; perDay: Money },
): Promise<void> {
  await metaApi(access).post([ruleRemoteId], { evaluation_spec: evaluationOf(access, input) }, doneSchema);
}

function evaluationOf(access: AccountAccess, input: { campaignRemoteId: string; perDay: Money }) {
  return {
    evaluation_type: 'SCHEDULE',
    filters: [
      { field: 'entity_type', operator: 'EQUAL', value: 'CAMPAIGN' },
      { field: 'id', operator: 'IN', value: [input.campaignRemoteId] },
      { field: 'time_preset', operator: 'EQUAL', value: 'TODAY' },
      {
        field: 'spent',
        operator: 'GREATER_THAN',
        value: moneyToMetaNumber(inAccountCurrency(access, input.perDay)),
      },
    ],
  };
}
