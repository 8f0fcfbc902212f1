import { AppError } from '../../domain/errors';
import { LEAD_FORM } from '../../domain/lead-form';
import type { Plan } from '../../domain/plan';
import type { RemoteLevel } from '../../platforms/port';
import type { Tx } from '../../runtime/db';
import type { ServiceContext } from '../context';
import { readFile } from '../files/read';
import type { PlatformWrite } from '../mutations/perform-write';
import type { MadeObject } from './reconcile';
import { type DeployTask, LEAD_FORM_TASK } from './tasks';
import { urlTagsOf } from './url-tags';

/** What earlier tasks made: image hashes and remote ids by task key. */
export type Made = Map<string, string>;
export type Where = { campaignRecordId: string; pageId: string; instagramId: string | null };

/** The write of a task; null for tasks that only look. */
export function writeOf(
  ctx: ServiceContext,
  task: DeployTask,
  plan: Plan,
  made: Made,
  where: Where,
): PlatformWrite | null {
  const madeBy = (key: string): string => {
    const id = made.get(key);
    if (!id) throw new AppError('internal', { missing: key });
    return id;
  };
  switch (task.do) {
    case 'upload':
      return {
        kind: 'upload_image',
        sha256: task.sha256,
        bytes: async () => (await readFile(ctx, { sha256: task.sha256 })).bytes,
      };
    case 'lead_form':
      return { kind: 'create_lead_form', name: `${plan.name} · form`, pageId: where.pageId, form: task.form };
    case 'campaign':
      return {
        kind: 'create_campaign',
        name: plan.name,
        goal: plan.goal,
        specialAdCategories: plan.specialAdCategories,
        spendCap: null,
        countries: [...new Set(plan.adSets.flatMap((adSet) => adSet.targeting.countries))],
      };
    case 'ad_set':
      return {
        kind: 'create_ad_set',
        name: `${plan.name} · ${task.adSet.name}`,
        campaignRemoteId: madeBy('campaign'),
        goal: plan.goal,
        adSet: task.adSet,
        pageId: where.pageId,
        pixelId: plan.pixelId,
        dsa: plan.dsa,
        ...formOf(plan, made),
      };
    case 'creative':
      return {
        kind: 'create_creative',
        name: `${plan.name} · ${task.ad.key}`,
        ad: task.ad,
        pageId: where.pageId,
        instagramId: where.instagramId,
        imageHashes: {
          square: madeBy(`image:${task.ad.images.square}`),
          portrait: madeBy(`image:${task.ad.images.portrait}`),
          story: madeBy(`image:${task.ad.images.story}`),
        },
        urlTags: urlTagsOf(where.campaignRecordId, task.ad.key),
        ...formOf(plan, made),
      };
    case 'ad':
      return {
        kind: 'create_ad',
        name: `${plan.name} · ${task.ad.key}`,
        adSetRemoteId: madeBy(`adset:${task.adSetKey}`),
        creativeRemoteId: madeBy(`creative:${task.ad.key}`),
      };
    case 'cap':
      return { kind: 'set_spend_cap', remoteId: madeBy('campaign'), spendCap: task.spendCap };
    case 'end':
      return { kind: 'set_ad_set_end', remoteId: madeBy(`adset:${task.localKey}`), endsAt: task.endsAt };
    case 'stop_rule':
      return {
        kind: 'set_stop_rule',
        name: plan.name,
        campaignRemoteId: madeBy('campaign'),
        perDay: task.perDay,
      };
    case 'switch_on':
      return {
        kind: 'set_status',
        level: task.level,
        remoteId: madeBy(task.level === 'campaign' ? 'campaign' : `${task.level}:${task.localKey}`),
        status: 'ACTIVE',
      };
    case 'check_paused':
    case 'reconcile':
    case 'read_back':
      return null;
  }
}

/** Only said where there is one: what a plan without a form sends stays as it was. */
function formOf(plan: Plan, made: Made): { leadFormId?: string } {
  const leadFormId = made.get(LEAD_FORM_TASK) ?? plan.leadForm?.id;
  return leadFormId ? { leadFormId } : {};
}

/** The object of the mirror that a task makes; null for images and for tasks that make nothing. */
export function objectOf(task: DeployTask): { level: RemoteLevel | typeof LEAD_FORM.level; localKey: string } | null {
  if (task.do === 'lead_form') return LEAD_FORM;
  if (task.do === 'campaign') return { level: 'campaign', localKey: 'campaign' };
  if (task.do === 'ad_set') return { level: 'adset', localKey: task.adSet.key };
  if (task.do === 'creative') return { level: 'creative', localKey: task.ad.key };
  return task.do === 'ad' ? { level: 'ad', localKey: task.ad.key } : null;
}

/** The objects made so far, for the comparison with the platform. */
export function madeObjects(tasks: readonly DeployTask[], made: Made): MadeObject[] {
  return tasks.flatMap((task) => {
    const object = objectOf(task);
    const remoteId = made.get(task.key);
    return object && remoteId ? [{ ...object, remoteId }] : [];
  });
}

type Mirrored = {
  campaignRecordId: string;
  accountId: string;
  task: DeployTask;
  remoteId: string;
  plan: Plan;
  parentRemoteId: string | null;
};

/** Writes a new object into the mirror, in the transaction that records the effect's outcome. */
export async function mirrorMade(tx: Tx, ctx: ServiceContext, input: Mirrored): Promise<void> {
  const object = objectOf(input.task);
  if (!object) return;
  const dailyBudget = input.task.do === 'ad_set' ? input.task.adSet.dailyBudget : null;
  await tx.remoteObject.createMany({
    skipDuplicates: true,
    data: [
      {
        workspaceId: ctx.workspaceId,
        campaignRecordId: input.campaignRecordId,
        accountId: input.accountId,
        ...object,
        remoteId: input.remoteId,
        parentRemoteId: input.parentRemoteId,
        status: object.level === 'creative' || object.level === LEAD_FORM.level ? null : 'PAUSED',
        state: { dailyBudget },
      },
    ],
  });
}
