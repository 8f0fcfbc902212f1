import { accountClock, seeded } from '../../market/market';
import { resultKindOf } from '../delivery/market-input';
import type { Edge, NodeType } from '../graph/context';
import { requireScope } from '../validate/access';
import { invalid } from '../wire/errors';
import { isObject, readList } from '../wire/params';
import { deliveryOf, type LiveWorld, objectOf, objectsOf, textOf, zoneOf } from '../world/live-world';
import { makeObject } from '../world/make-object';
import { formatTime } from '../world/time';
import type { GraphObject, Json, JsonObject } from '../world/types';
import { removeObject, touch } from './shared';

const RETENTION_MS = 90 * 86_400_000;
const FIRST_NAMES = 'Alice Bruno Carla Diogo Elsa Filipe Guida Henrique Irene João Lídia Mário'.split(' ');
const LAST_NAMES = 'Teste Exemplo Amostra Ficção Ensaio Modelo'.split(' ');

/** The instant form an ad opens, by its id. */
export function formIdOf(live: LiveWorld, ad: GraphObject): string | undefined {
  const creative = isObject(ad.data.creative) ? objectOf(live.world, String(ad.data.creative.id)) : null;
  return /"lead_gen_form_id":"?(\d+)/.exec(JSON.stringify(creative?.data ?? {}))?.[1];
}

/**
 * Leads an ad brought in up to `nowMs`, as objects. They are not stored: each follows from one
 * result of the market, and is the same whenever it is looked at.
 */
export function leadsOf(live: LiveWorld, ad: GraphObject, nowMs: number): GraphObject[] {
  const { world } = live;
  const form = objectOf(world, formIdOf(live, ad), 'leadform');
  const adSet = objectOf(world, textOf(ad, 'adset_id'), 'adset');
  if (!form || !adSet || resultKindOf(adSet) !== 'form_lead') return [];

  const campaign = objectOf(world, textOf(ad, 'campaign_id'), 'campaign');
  const clock = accountClock(zoneOf(world, ad));
  return deliveryOf(live, ad.id)
    .conversions.filter((one) => one.reportedMs <= nowMs && one.reportedMs > nowMs - RETENTION_MS)
    .map((one): GraphObject => {
      const rng = seeded(world.seed, 'lead', ad.ordinal, one.n);
      const ms = Math.round(clock.startMs(one.bucket) + rng.unit() * 3_600_000);
      return {
        id: `1944${world.mark}${String(ad.ordinal).padStart(4, '0')}${String(one.n).padStart(5, '0')}`,
        kind: 'lead',
        account: '',
        ordinal: one.n,
        createdMs: ms,
        updatedMs: one.reportedMs,
        status: 'ACTIVE',
        statusMs: ms,
        hidden: {},
        data: {
          field_data: answers(form, rng.pick(FIRST_NAMES), rng.pick(LAST_NAMES), one.n),
          ad_id: ad.id,
          ad_name: textOf(ad, 'name'),
          adset_id: adSet.id,
          adset_name: textOf(adSet, 'name'),
          campaign_id: campaign?.id,
          campaign_name: textOf(campaign, 'name'),
          form_id: form.id,
          is_organic: false,
          platform: rng.unit() < 0.6 ? 'fb' : 'ig',
          custom_disclaimer_responses: [],
        },
      };
    });
}

function testLeadsOf(live: LiveWorld, form: GraphObject): GraphObject[] {
  return objectsOf(live.world, 'lead').filter((lead) => lead.data.form_id === form.id && lead.status !== 'DELETED');
}

/** All leads of a form: what its ads brought in, and test leads. */
export function leadsOfForm(live: LiveWorld, form: GraphObject, nowMs: number): GraphObject[] {
  const ads = objectsOf(live.world, 'ad').filter((ad) => formIdOf(live, ad) === form.id);
  return [...ads.flatMap((ad) => leadsOf(live, ad, nowMs)), ...testLeadsOf(live, form)];
}

/** A lead by its id alone, as a webhook names it. */
export function leadById(live: LiveWorld, id: string, nowMs: number): GraphObject | undefined {
  if (!id.startsWith(`1944${live.world.mark}`)) return undefined;
  for (const ad of objectsOf(live.world, 'ad')) {
    const found = leadsOf(live, ad, nowMs).find((lead) => lead.id === id);
    if (found) return found;
  }
  return undefined;
}

function answers(form: GraphObject, first: string, last: string, n: number): Json[] {
  const questions = Array.isArray(form.data.questions) ? form.data.questions.filter(isObject) : [];
  return questions.map((question) => ({ name: question.key, values: [answerTo(question, first, last, n)] }));
}

function answerTo(question: JsonObject, first: string, last: string, n: number): string {
  const type = String(question.type);
  const plain = `${first}.${last}`
    .normalize('NFD')
    .replace(/[^A-Za-z.]/g, '')
    .toLowerCase();
  const options = Array.isArray(question.options) ? question.options.filter(isObject) : [];
  const option = options[n % Math.max(1, options.length)];
  if (option) return String(option.key ?? option.value);
  if (type === 'EMAIL' || type === 'WORK_EMAIL') return `${plain}.${n}@example.com`;
  if (type === 'PHONE' || type === 'WORK_PHONE_NUMBER') return `+1555${String(1_000_000 + n * 7).slice(0, 7)}`;
  if (type === 'FIRST_NAME') return first;
  if (type === 'LAST_NAME') return last;
  if (type === 'FULL_NAME') return `${first} ${last}`;
  return 'sample answer';
}

const LEAD_FIELDS =
  'field_data ad_id ad_name adset_id adset_name campaign_id campaign_name form_id is_organic platform custom_disclaimer_responses'.split(
    ' ',
  );
const ALL_FIELDS = ['id', 'created_time', ...LEAD_FIELDS];

/** `/{ad}/leads`. */
export const adLeads: Edge = {
  defaultFields: ALL_FIELDS,
  objects: (context, ad) => {
    requireScope(context, 'leads_retrieval');
    return leadsOf(context.live, ad, context.nowMs);
  },
};

/** `/{form}/leads`. */
export const formLeads: Edge = {
  defaultFields: ALL_FIELDS,
  objects: (context, form) => {
    requireScope(context, 'leads_retrieval');
    return leadsOfForm(context.live, form, context.nowMs);
  },
};

/** `/{form}/test_leads`: one at a time. */
export const testLeads: Edge = {
  defaultFields: ALL_FIELDS,
  objects: (context, form) => {
    requireScope(context, 'leads_retrieval');
    return testLeadsOf(context.live, form);
  },
  create: (context, form) => {
    requireScope(context, 'leads_retrieval');
    if (testLeadsOf(context.live, form).length > 0)
      throw invalid('A test lead exists already for this form. Delete it first.');
    const lead = makeObject(context.world, {
      kind: 'lead',
      nowMs: context.nowMs,
      data: {
        form_id: form.id,
        field_data: readList(context.params, 'field_data') ?? answers(form, 'Test', 'Lead', 1),
        is_organic: true,
        platform: 'fb',
      },
    });
    touch(context, lead);
    return { id: lead.id };
  },
};

export const LEAD: NodeType = {
  kind: 'lead',
  typeName: 'UserLeadGenInfo',
  fields: [...LEAD_FIELDS, 'created_time', 'partner_name', 'post', 'retailer_item_id', 'home_listing', 'vehicle'],
  defaultFields: ALL_FIELDS,
  read: { created_time: (_context, lead) => formatTime(lead.createdMs, 'UTC') },
  edges: {},
  remove: (context, lead) => {
    requireScope(context, 'leads_retrieval');
    if (!context.world.objects[lead.id]) throw invalid('Only test leads can be deleted');
    return removeObject(context, lead);
  },
};
