import { showsAudience } from '../../platforms/meta/read/expected';
import type {
  AccountAccess,
  DrawSeen,
  LeadFormSeen,
  Lookup,
  RemoteLevel,
  RemoteSeen,
  StopRuleSeen,
} from '../../platforms/port';
import { readerFor } from '../../platforms/registry-readers';
import { writerFor } from '../../platforms/registry-writers';
import type { Tx } from '../../runtime/db';
import { env } from '../../runtime/env';
import type { ServiceContext } from '../context';
import { tellBreaker } from '../effects/breaker';
import { newsOfError } from '../effects/health-news';
import { nameWithMarker } from '../effects/marker';
import { type AnyCalls, type EffectCalls, type EffectResult, performEffect } from '../effects/perform';
import { noteConnectionNews } from '../quarantine/note-trouble';
import type { PlatformWrite } from './platform-write';
import { showsDraw } from './shows-draw';
import { isKept } from './value-writes';

export type { PlatformWrite };

export type PerformWriteInput = {
  access: AccountAccess;
  /** "<deployment or action id>:<step>:<ordinal>". */
  key: string;
  deploymentId?: string;
  actionId?: string;
  fence: number | null;
  write: PlatformWrite;
  /** The action behind it can only lower spend. */
  stops?: boolean;
  onDone?: (tx: Tx, ctx: ServiceContext, remoteId: string | null) => Promise<void>;
};

/** The only place that holds a platform's writer. Every write goes through the ledger; none leaves inside a transaction. */
export async function performWrite(ctx: ServiceContext, input: PerformWriteInput): Promise<EffectResult> {
  const { access, write, key, fence } = input;
  const calls: AnyCalls = {
    ...told(ctx, access, callsOf(access, write)),
    ...(input.onDone === undefined ? {} : { onDone: input.onDone }),
  };
  return performEffect(ctx, {
    intent: {
      key,
      fence,
      accountId: access.accountId,
      kind: write.kind,
      request: requestOf(write),
      keepRequest: isKept(write.kind),
      mayStop: input.stops === true || canOnlyStop(write),
      ...(input.deploymentId === undefined ? {} : { deploymentId: input.deploymentId }),
      ...(input.actionId === undefined ? {} : { actionId: input.actionId }),
    },
    calls,
    settleMs: settleMsOf(access, write),
  });
}

/** Every write teaches all processes how the way to the platform and the connection are. */
function told(ctx: ServiceContext, access: AccountAccess, calls: AnyCalls): AnyCalls {
  return {
    ...calls,
    async send(marker) {
      try {
        const sent = await calls.send(marker);
        await tellBreaker(access, 'answered');
        await noteConnectionNews(ctx, { accountId: access.accountId, error: null });
        return sent;
      } catch (error) {
        const news = newsOfError(error);
        if (news) await tellBreaker(access, news);
        await noteConnectionNews(ctx, { accountId: access.accountId, error });
        throw error;
      }
    },
  };
}

/** How long the platform behind this connection is given to show what a lost call may have made, real milliseconds. */
export function settleMs(access: AccountAccess): number {
  return access.mode === 'SIMULATED' ? env().SIMULATOR_SETTLE_MS : env().META_SETTLE_MS;
}

/** Set-to-value writes and uploads may simply be sent again; only a create has to wait until it would show. */
function settleMsOf(access: AccountAccess, write: PlatformWrite): number {
  return write.kind.startsWith('create_') || write.kind === 'set_stop_rule' ? settleMs(access) : 0;
}

/** What can never make anything cost more, whatever stands at the platform. */
function canOnlyStop(write: PlatformWrite): boolean {
  return (
    write.kind === 'remove' || write.kind === 'end_draw' || (write.kind === 'set_status' && write.status === 'PAUSED')
  );
}

/** What the ledger's request hash covers: everything but functions, money as text. */
function requestOf(write: PlatformWrite): object {
  return JSON.parse(
    JSON.stringify(write, (_key, value) => (typeof value === 'bigint' ? value.toString() : value)),
  ) as object;
}

/** How a write is looked for and sent. For `send`, nobody but `performWrite`. */
export function callsOf(access: AccountAccess, write: PlatformWrite): AnyCalls {
  switch (write.kind) {
    case 'upload_image':
      return resendable(async () => {
        const { imageHash } = await writerFor(access.platform).uploadImage(access, {
          name: `${write.sha256}.png`,
          bytes: await write.bytes(),
        });
        return { remoteId: imageHash };
      });
    case 'create_campaign':
      return creating(access, 'campaign', null, (marker) =>
        writerFor(access.platform).createCampaign(access, named(write, marker)),
      );
    case 'create_ad_set':
      return creating(access, 'adset', write.campaignRemoteId, (marker) =>
        writerFor(access.platform).createAdSet(access, named(write, marker)),
      );
    case 'create_creative':
      return creating(access, 'creative', null, (marker) =>
        writerFor(access.platform).createCreative(access, named(write, marker)),
      );
    case 'create_ad':
      return creating(access, 'ad', write.adSetRemoteId, (marker) =>
        writerFor(access.platform).createAd(access, named(write, marker)),
      );
    case 'create_lead_form':
      return publishing(access, write);
    case 'set_status':
      return setting(
        access,
        write.level,
        write.remoteId,
        (seen) => seen.status === write.status,
        () => writerFor(access.platform).setStatus(access, write.level, write.remoteId, write.status),
      );
    case 'set_ad_set_budget':
      return setting(
        access,
        'adset',
        write.remoteId,
        (seen) => seen.dailyBudget?.minor === write.dailyBudget.minor,
        () => writerFor(access.platform).setAdSetBudget(access, write.remoteId, write.dailyBudget),
      );
    case 'set_ad_set_audience':
      return setting(
        access,
        'adset',
        write.remoteId,
        (seen) => showsAudience(seen, write.targeting),
        () => writerFor(access.platform).setAdSetAudience(access, write.remoteId, write.targeting),
      );
    case 'set_spend_cap':
      return setting(
        access,
        'campaign',
        write.remoteId,
        (seen) => seen.spendCap?.minor === write.spendCap.minor,
        () => writerFor(access.platform).setCampaignSpendCap(access, write.remoteId, write.spendCap),
      );
    case 'set_ad_set_end':
      return setting(
        access,
        'adset',
        write.remoteId,
        (seen) => seen.endsAt === write.endsAt,
        () => writerFor(access.platform).setAdSetEnd(access, write.remoteId, write.endsAt),
      );
    case 'set_stop_rule':
      return ruling(access, write);
    case 'change_stop_rule':
      return changingRule(access, write);
    case 'create_draw':
      return drawing(access, write);
    case 'end_draw':
      return endingDraw(access, write);
    case 'set_ad_creative':
      return setting(
        access,
        'ad',
        write.remoteId,
        (seen) => seen.creativeId === write.creativeRemoteId,
        () => writerFor(access.platform).setAdCreative(access, write.remoteId, write.creativeRemoteId),
      );
    case 'remove':
      return resendable(async () => {
        const seen = await readerFor(access.platform).read(access, write.level, write.remoteId);
        if (seen && seen.status !== 'DELETED') await writerFor(access.platform).remove(access, write.remoteId);
        return { remoteId: write.remoteId };
      });
  }
}

type WriteOf<Kind extends PlatformWrite['kind']> = Extract<PlatformWrite, { kind: Kind }>;

/** Adopted only where it is still published and asks, under the same notice, what was approved. */
function publishing(access: AccountAccess, write: WriteOf<'create_lead_form'>): EffectCalls<LeadFormSeen> {
  const { pageId, form } = write;
  return {
    lookUp: (marker) => readerFor(access.platform).findLeadForm(access, { pageId, marker }),
    mayAdopt: (seen) =>
      seen.isPublished &&
      seen.privacyPolicyUrl === form.privacyPolicyUrl &&
      seen.questions.join() === form.questions.join(),
    send: (marker) =>
      writerFor(access.platform).createLeadForm(access, {
        name: nameWithMarker(write.name, marker),
        pageId,
        privacyPolicyUrl: form.privacyPolicyUrl,
        greeting: { title: form.title, text: form.intro },
        questions: form.questions,
        thanks: { title: form.thanks.title, body: form.thanks.text, websiteUrl: null },
        language: form.language,
      }),
  };
}

/** A rule is an object like any other: looked for by our mark before it is made again. */
function ruling(access: AccountAccess, write: WriteOf<'set_stop_rule'>): EffectCalls<StopRuleSeen> {
  const { campaignRemoteId, perDay } = write;
  return {
    lookUp: (marker) => readerFor(access.platform).findStopRule(access, { campaignRemoteId, marker }),
    mayAdopt: (rule) => rule.works && rule.perDay?.minor === perDay.minor,
    send: (marker) => writerFor(access.platform).createStopRule(access, named(write, marker)),
  };
}

/** Adopted only as it was asked for: the same groups, half of the people each, the same days, not cancelled. */
function drawing(access: AccountAccess, write: WriteOf<'create_draw'>): EffectCalls<DrawSeen> {
  return {
    lookUp: (marker) => readerFor(access.platform).findDraw(access, { marker }),
    mayAdopt: (seen) => showsDraw(seen, write),
    send: (marker) => writerFor(access.platform).createDraw(access, named(write, marker)),
  };
}

/** One that is gone, cancelled or ends by then needs no second call. */
function endingDraw(access: AccountAccess, { remoteId, endsAt }: WriteOf<'end_draw'>): EffectCalls<DrawSeen> {
  return {
    async lookUp() {
      const seen = await readerFor(access.platform).readDraw(access, remoteId);
      const gone = { remoteId, name: '', startsAt: null, endsAt: null, isCancelled: true, cells: [] };
      if (!seen || seen.isCancelled) return { kind: 'found', object: seen ?? gone };
      const isOver = endsAt !== null && seen.endsAt !== null && Date.parse(seen.endsAt) <= Date.parse(endsAt);
      return isOver ? { kind: 'found', object: seen } : { kind: 'absent' };
    },
    mayAdopt: () => true,
    async send() {
      const writer = writerFor(access.platform);
      if (endsAt === null) await writer.remove(access, remoteId);
      else await writer.endDraw(access, remoteId, endsAt);
      return { remoteId };
    },
  };
}

function changingRule(access: AccountAccess, write: WriteOf<'change_stop_rule'>): EffectCalls<StopRuleSeen> {
  const { remoteId, campaignRemoteId, perDay } = write;
  return {
    async lookUp() {
      const rules = await readerFor(access.platform).listStopRules(access, { campaignRemoteId });
      const object = rules.find((rule) => rule.remoteId === remoteId && rule.perDay?.minor === perDay.minor);
      return object ? { kind: 'found', object } : { kind: 'absent' };
    },
    mayAdopt: () => true,
    async send() {
      await writerFor(access.platform).setStopRuleAmount(access, remoteId, { campaignRemoteId, perDay });
      return { remoteId };
    },
  };
}

function named<Write extends { kind: string; name: string }>(write: Write, marker: string): Omit<Write, 'kind'> {
  const { kind: _kind, ...fields } = write;
  return { ...fields, name: nameWithMarker(write.name, marker) };
}

function creating(
  access: AccountAccess,
  level: RemoteLevel,
  parent: string | null,
  send: EffectCalls['send'],
): EffectCalls {
  return {
    lookUp: (marker) => readerFor(access.platform).findByMarker(access, level, marker, parent),
    // What somebody switched on or moved meanwhile is not what we left behind.
    mayAdopt: (object) =>
      object.level === level &&
      (level === 'creative' ||
        (object.status === 'PAUSED' && object.parentRemoteId === (parent ?? object.parentRemoteId))),
    send,
  };
}

/** A write that puts a value: where the value already stands, the lost answer was a yes. */
function setting(
  access: AccountAccess,
  level: RemoteLevel,
  remoteId: string,
  holds: (seen: RemoteSeen) => boolean,
  send: () => Promise<void>,
): EffectCalls {
  return {
    async lookUp(): Promise<Lookup> {
      const seen = await readerFor(access.platform).read(access, level, remoteId);
      return seen && holds(seen) ? { kind: 'found', object: seen } : { kind: 'absent' };
    },
    mayAdopt: () => true,
    async send() {
      await send();
      return { remoteId };
    },
  };
}

function resendable(send: EffectCalls['send']): EffectCalls {
  return { lookUp: async () => ({ kind: 'absent' }), mayAdopt: () => false, send };
}
