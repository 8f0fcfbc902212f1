import { sendEmail } from '../../channels/email';
import { launchMail } from '../../words/en/stop';
import { type ServiceContext, transact } from '../context';
import { createStopLink } from '../stops/link';

/**
 * Tells everybody who may stop it that a campaign has started, with a link that can only pause. Once per launch and
 * person, as far as a mail server lets anybody know. Pretend owners have no mailbox.
 */
export async function sendLaunchMail(ctx: ServiceContext, input: { deploymentId: string }): Promise<{ sent: number }> {
  const found = await transact(ctx, async (tx) => ({
    deployment: await tx.deployment.findFirst({
      where: { workspaceId: ctx.workspaceId, id: input.deploymentId, state: 'DONE' },
      select: { projectId: true, campaign: { select: { name: true } } },
    }),
    members: await tx.member.findMany({
      where: { organizationId: ctx.workspaceId, role: { in: ['owner', 'manager', 'admin'] } },
      select: { userId: true },
    }),
  }));
  if (!found.deployment) return { sent: 0 };
  const { projectId, campaign } = found.deployment;
  const users = await transact(ctx, (tx) =>
    tx.user.findMany({
      where: { id: { in: found.members.map(({ userId }) => userId) } },
      select: { id: true, email: true, name: true },
    }),
  );
  let sent = 0;
  for (const user of users.filter(({ email }) => !email.endsWith('@pretend.aigency.test'))) {
    const { url } = await createStopLink(ctx, { projectId, userId: user.id });
    await sendEmail({ to: user.email, ...launchMail({ name: user.name, campaign: campaign.name, url }) });
    sent += 1;
  }
  return { sent };
}
