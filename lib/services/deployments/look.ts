import { AppError } from '../../domain/errors';
import type { AccountAccess, RemoteSeen } from '../../platforms/port';
import { readerFor } from '../../platforms/registry-readers';
import { log } from '../../runtime/log';
import { type ServiceContext, transact } from '../context';
import { performWrite, settleMs } from '../mutations/perform-write';
import { finishDeployment } from './end';
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
  // What was written a moment ago may not show yet: nothing is wrong until it had its time.
  const waited = await msSinceLastWrite(ctx, taken.deploymentId);
  const patience = 2 * settleMs(access);
  if (waited !== null && waited < patience)
    return { snoozeSeconds: Math.max(1, Math.ceil((patience - waited) / 1000)) };
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

/** Real milliseconds by the database's clock; null when nothing was written yet. */
async function msSinceLastWrite(ctx: ServiceContext, deploymentId: string): Promise<number | null> {
  const rows = await transact(
    ctx,
    (tx) => tx.$queryRaw<{ ms: number | null }[]>`
    SELECT (EXTRACT(EPOCH FROM (clock_timestamp() AT TIME ZONE 'utc') - MAX("sentAt")) * 1000)::float8 AS ms
    FROM "RemoteEffect" WHERE "workspaceId" = ${ctx.workspaceId} AND "deploymentId" = ${deploymentId}`,
  );
  return rows[0]?.ms ?? null;
}
