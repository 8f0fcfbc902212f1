import type { ActionState, Evidence } from '../../domain/action';
import type { BundleApprovalView, ReleaseApprovalView } from '../../domain/message';
import { type MoneyJson, money, moneyToJson } from '../../domain/money';
import type { Plan } from '../../domain/plan';
import type { Tx } from '../../runtime/db';
import { planNames, subjectNameOf } from '../actions/subject-name';
import type { ServiceContext } from '../context';
import { headOf } from './card-head';
import { itemsOf, releaseSchema } from './items';
import type { ApprovalRow } from './row';

/** Several small changes, as the hash covers them, with what became of each. */
export async function bundleCard(
  tx: Tx,
  ctx: ServiceContext,
  row: ApprovalRow,
  now: Date,
): Promise<BundleApprovalView> {
  const items = itemsOf(row);
  const records = await tx.campaignActionRecord.findMany({
    where: { workspaceId: ctx.workspaceId, id: { in: items.map(({ actionId }) => actionId) } },
    include: { campaign: { select: { name: true, structure: true } } },
  });
  return {
    ...headOf(row, now),
    kind: 'APPROVAL_REQUEST',
    approvalKind: 'bundle',
    projectId: row.projectId,
    items: items.flatMap(({ actionId, action }) => {
      const record = records.find(({ id }) => id === actionId);
      if (!record) return [];
      const plan = record.campaign.structure as Plan | null;
      return [
        {
          actionId,
          action,
          campaignName: record.campaign.name,
          subjectName: subjectNameOf(action, plan),
          evidence: record.evidence as Evidence,
          names: planNames(plan),
          state: record.state as ActionState,
        },
      ];
    }),
    perDayChange: row.deltaMinor !== null && row.currency ? moneyToJson(money(row.deltaMinor, row.currency)) : null,
  };
}

/** Lifting a stop: what runs again, for how much a day, and what became of each. */
export async function releaseCard(
  tx: Tx,
  ctx: ServiceContext,
  row: ApprovalRow,
  now: Date,
): Promise<ReleaseApprovalView> {
  const { items } = releaseSchema.parse(JSON.parse(row.payload));
  const records = await tx.campaignActionRecord.findMany({
    where: { workspaceId: ctx.workspaceId, id: { in: items.map(({ actionId }) => actionId) } },
    select: { id: true, state: true },
  });
  return {
    ...headOf(row, now),
    kind: 'APPROVAL_REQUEST',
    approvalKind: 'stop_release',
    campaigns: items.map(({ actionId, name, perDay }) => ({
      actionId,
      name,
      perDay,
      state: (records.find(({ id }) => id === actionId)?.state ?? 'WAITING') as ActionState,
    })),
    total: totals(items.map(({ perDay }) => perDay)),
  };
}

/** Currencies are never added up together. */
function totals(amounts: readonly MoneyJson[]): MoneyJson[] {
  return [...new Set(amounts.map(({ currency }) => currency))].map((currency) => ({
    currency,
    minor: amounts
      .filter((amount) => amount.currency === currency)
      .reduce((sum, amount) => sum + BigInt(amount.minor), 0n)
      .toString(),
  }));
}
