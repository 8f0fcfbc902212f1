import { AppError } from '../../domain/errors';
import { type ServiceContext, transact } from '../context';
import { type TellProjectInput, tellProject } from './tell-project';

export type TellInput = Omit<TellProjectInput, 'projectId' | 'campaignRecordId'> & { campaignRecordId: string };

/** A notice in the campaign's conversation, with its name as the parameter `campaign`. @throws AppError not_found */
export async function tellCampaign(ctx: ServiceContext, input: TellInput): Promise<{ messageId: string }> {
  return transact(ctx, async (tx, inner) => {
    const campaign = await tx.campaignRecord.findFirst({
      where: { workspaceId: ctx.workspaceId, id: input.campaignRecordId },
      select: { name: true, projectId: true },
    });
    if (!campaign) throw new AppError('not_found', { campaign: input.campaignRecordId });
    return tellProject(inner, {
      ...input,
      projectId: campaign.projectId,
      params: { campaign: campaign.name, ...input.params },
    });
  });
}
