import type { Tx } from '../../runtime/db';
import type { ServiceContext } from '../context';

/** Smallest spend cap the project's account takes, minor units; 0 where it names none, null where nobody asked it yet. */
export async function minCapOf(tx: Tx, ctx: ServiceContext, projectId: string): Promise<bigint | null> {
  const project = await tx.project.findFirst({
    where: { workspaceId: ctx.workspaceId, id: projectId },
    select: { adAccount: { select: { details: true } } },
  });
  const details = project?.adAccount?.details as { minCampaignSpendCapMinor?: string | null } | undefined;
  if (details?.minCampaignSpendCapMinor === undefined) return null;
  return BigInt(details.minCampaignSpendCapMinor ?? '0');
}
