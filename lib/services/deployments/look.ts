import { AppError } from '../../domain/errors';
import type { AccountAccess, RemoteSeen } from '../../platforms/port';
import { readerFor } from '../../platforms/registry-readers';
import { log } from '../../runtime/log';
import { type ServiceContext, transact } from '../context';
import { performWrite } from '../mutations/perform-write';
import { finishDeployment } from './end';
import { secondsToShow } from './patience';
import { type Finding, reconcile } from './reconcile';
import { switchState } from './switch-state';
import type { Taken } from './take';
import type { DeployTask, PlatformGuard } from './tasks';
import { type Made, madeObjects } from './writes';

type Looking = {
  taken: Taken;
  access: AccountAccess;
  task: DeployTask;
  tasks: readonly DeployTask[];
  made: Made;
  guard: PlatformGuard | null;
};

/** Reads the platform back and refuses to go on where it shows anything else than what was approved. */
export async function look(ctx: ServiceContext, looking: Looking): Promise<undefined | { snoozeSeconds: number }> {
  const { taken, access, task, tasks, made, guard } = looking;
  const tree = await readerFor(access.platform).readCampaignTree(access, made.get('campaign') ?? '');
  if (task.do === 'read_back') {
    // A platform that does not show the campaign yet says nothing about it.
    const snoozeSeconds =
      tree.length === 0 ? await secondsToShow(ctx, { deploymentId: taken.deploymentId, access }) : null;
    if (snoozeSeconds !== null) return { snoozeSeconds };
    await finishDeployment(ctx, taken, tree, access.accountId);
    return;
  }
  // Resumed after the last switch: what follows reads back and ends it.
  if ((await switchState(ctx, { deploymentId: taken.deploymentId })) !== 'off') return;
  const children = task.do === 'reconcile' ? 'ACTIVE' : 'PAUSED';
  const rule = guard ? await ruleOf(looking) : undefined;
  const findings = reconcile({
    plan: taken.plan,
    made: madeObjects(tasks, made),
    tree,
    children,
    guard,
    ...(rule ? { rule } : {}),
  });
  // A run that was resumed in the middle of switching on finds some of them on: that is its own work.
  const serious = findings.filter(
    (finding) => !(task.do === 'check_paused' && finding.kind === 'status' && finding.subject !== 'campaign:campaign'),
  );
  if (serious.length === 0) return;
  const snoozeSeconds = await secondsToShow(ctx, { deploymentId: taken.deploymentId, access });
  if (snoozeSeconds !== null) return { snoozeSeconds };
  log.warn({ deployment: taken.deploymentId, findings: serious }, 'the platform shows something else');
  const copies = await ownCopies(ctx, taken, tree, serious);
  if (!copies)
    throw new AppError('platform_fix_input', {
      reason: 'the platform shows something else than what was approved',
      findings: serious,
    });
  for (const copy of copies) {
    const removed = await performWrite(ctx, {
      access,
      key: `${taken.deploymentId}:remove:${copy.remoteId}`,
      deploymentId: taken.deploymentId,
      fence: taken.fence,
      write: { kind: 'remove', level: copy.level === 'ad' ? 'ad' : 'adset', remoteId: copy.remoteId },
    });
    if (removed.kind !== 'done') return { snoozeSeconds: removed.kind === 'wait' ? Math.max(1, removed.seconds) : 60 };
  }
  // Looked at once more before anything is switched on.
  return { snoozeSeconds: 1 };
}

/** The rule we made, and the rules the platform shows for this campaign. */
async function ruleOf({ access, tasks, made }: Looking) {
  const task = tasks.find((one) => one.do === 'stop_rule');
  const query = { campaignRemoteId: made.get('campaign') ?? '' };
  return {
    remoteId: task && made.get(task.key),
    seen: await readerFor(access.platform).listStopRules(access, query),
  };
}

/** The surplus objects, where all that is wrong is paused second copies that carry our own mark; null otherwise. */
async function ownCopies(
  ctx: ServiceContext,
  taken: Taken,
  tree: readonly RemoteSeen[],
  findings: readonly Finding[],
): Promise<RemoteSeen[] | null> {
  if (findings.some((finding) => finding.kind !== 'surplus')) return null;
  const effects = await transact(ctx, (tx) =>
    tx.remoteEffect.findMany({
      where: { workspaceId: ctx.workspaceId, deploymentId: taken.deploymentId },
      select: { marker: true },
    }),
  );
  const surplus = tree.filter((seen) =>
    findings.some((finding) => finding.subject === `${seen.level}:${seen.remoteId}`),
  );
  const isOurs = (seen: RemoteSeen) =>
    seen.status === 'PAUSED' && effects.some(({ marker }) => seen.name.includes(marker));
  return surplus.every(isOurs) ? surplus : null;
}
