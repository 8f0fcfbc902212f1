import { accountClock, seeded } from '../../market/market';
import { resultKindOf } from '../delivery/market-input';
import type { Context, Edge, NodeType } from '../graph/context';
import { requireScope } from '../validate/access';
import { GraphError, invalid, missing, refused } from '../wire/errors';
import { passes, readFilters } from '../wire/filtering';
import { pageOf } from '../wire/paging';
import {
  isObject,
  readBoolean,
  readEnum,
  readInteger,
  readJson,
  readList,
  readObject,
  readText,
  requireText,
} from '../wire/params';
import { deliveryOf, objectOf, objectsOf, textOf, zoneOf } from '../world/live-world';
import { makeObject } from '../world/make-object';
import { formatTime } from '../world/time';
import type { GraphObject, Json, JsonObject } from '../world/types';
import { removeObject, touch } from './shared';

const RETENTION_MS = 90 * 86_400_000;
const FIRST_NAMES = [
  'Alice',
  'Bruno',
  'Carla',
  'Diogo',
  'Elsa',
  'Filipe',
  'Guida',
  'Henrique',
  'Irene',
  'João',
  'Lídia',
  'Mário',
] as const;
const LAST_NAMES = ['Teste', 'Exemplo', 'Amostra', 'Ficção', 'Ensaio', 'Modelo'] as const;

/** `/{page}/leadgen_forms`. */
export const leadFormEdge: Edge = {
  objects: (context, page) => objectsOf(context.world, 'leadform').filter((form) => form.data.page_id === page.id),
  defaultFields: ['id', 'name', 'status', 'locale'],
  create: (context, page) => {
    requireScope(context, 'pages_manage_ads');
    const { params } = context;
    const name = requireText(params, 'name');
    const questions = readList(params, 'questions');
    if (!questions || questions.length === 0) throw missing('questions');
    const privacy = readObject(params, 'privacy_policy');
    if (!privacy || privacy.url === undefined) throw missing('privacy_policy');
    if (
      objectsOf(context.world, 'leadform').some(
        (form) => form.data.page_id === page.id && form.data.name === name && form.status !== 'DELETED',
      )
    ) {
      throw refused({
        subcode: 1892022,
        title: 'Form name is taken',
        userMessage: 'A form with this name already exists on the Page.',
        blame: 'name',
      });
    }
    const form = makeObject(context.world, {
      kind: 'leadform',
      nowMs: context.nowMs,
      data: {
        name,
        page_id: page.id,
        page: { id: page.id, name: page.data.name ?? '' },
        questions: questions.map((question, at) => questionBody(question, at)),
        privacy_policy_url: privacy.url,
        legal_content: { privacy_policy: privacy },
        locale: readText(params, 'locale') ?? 'EN_US',
        follow_up_action_url: readText(params, 'follow_up_action_url'),
        context_card: readJson(params, 'context_card'),
        thank_you_page: readJson(params, 'thank_you_page'),
        tracking_parameters: readJson(params, 'tracking_parameters'),
        is_optimized_for_quality: readBoolean(params, 'is_optimized_for_quality') ?? false,
      },
    });
    touch(context, form);
    return { id: form.id };
  },
};

function questionBody(question: Json, at: number): JsonObject {
  if (!isObject(question) || typeof question.type !== 'string')
    throw invalid('Param questions must be a list of {type}');
  const key = question.key ?? question.type.toLowerCase();
  return {
    id: String(700_000 + at),
    key,
    label: question.label ?? question.type.toLowerCase().replace(/_/g, ' '),
    type: question.type,
    options: question.options,
  };
}

function formOf(context: Context, ad: GraphObject): string | undefined {
  const creative = isObject(ad.data.creative) ? objectOf(context.world, String(ad.data.creative.id)) : null;
  return /"lead_gen_form_id":"?(\d+)/.exec(JSON.stringify(creative?.data ?? {}))?.[1];
}

type Lead = { id: string; ms: number; body: JsonObject };

function leadsIn(context: Context, ad: GraphObject): Lead[] {
  const formId = formOf(context, ad);
  const form = objectOf(context.world, formId, 'leadform');
  const adSet = objectOf(context.world, textOf(ad, 'adset_id'), 'adset');
  if (!form || !adSet || resultKindOf(adSet) !== 'form_lead') return [];

  const campaign = objectOf(context.world, textOf(ad, 'campaign_id'), 'campaign');
  return deliveryOf(context.live, ad.id)
    .conversions.filter((one) => one.reportedMs <= context.nowMs && one.reportedMs > context.nowMs - RETENTION_MS)
    .map((one) => {
      const rng = seeded(context.world.seed, 'lead', ad.ordinal, one.n);
      const ms = Math.round(accountClock(zoneOf(context.world, ad)).startMs(one.bucket) + rng.unit() * 3_600_000);
      const id = `1944${context.world.mark}${String(ad.ordinal).padStart(4, '0')}${one.n}`;
      const body: JsonObject = {
        id,
        created_time: formatTime(ms, 'UTC'),
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
      };
      return { id, ms, body };
    });
}

function answers(form: GraphObject, first: string, last: string, n: number): Json[] {
  const questions = Array.isArray(form.data.questions) ? form.data.questions.filter(isObject) : [];
  return questions.map((question) => ({
    name: question.key,
    values: [answerTo(String(question.type), first, last, n)],
  }));
}

function answerTo(type: string, first: string, last: string, n: number): string {
  const plain = `${first}.${last}`
    .normalize('NFD')
    .replace(/[^A-Za-z.]/g, '')
    .toLowerCase();
  if (type === 'EMAIL' || type === 'WORK_EMAIL') return `${plain}.${n}@example.com`;
  if (type === 'PHONE' || type === 'WORK_PHONE_NUMBER') return `+1555${String(1_000_000 + n * 7).slice(0, 7)}`;
  if (type === 'FIRST_NAME') return first;
  if (type === 'LAST_NAME') return last;
  if (type === 'FULL_NAME') return `${first} ${last}`;
  return 'sample answer';
}

function leadsAnswer(context: Context, leads: Lead[]): JsonObject {
  requireScope(context, 'leads_retrieval');
  const filters = readFilters(context.params);
  const wanted = leads
    .filter((lead) =>
      filters.every((filter) =>
        passes(filter.field === 'time_created' ? Math.floor(lead.ms / 1000) : lead.body[filter.field], filter),
      ),
    )
    .sort((one, other) => other.ms - one.ms);
  const page = pageOf({
    items: wanted,
    keyOf: (lead) => lead.id,
    limit: readInteger(context.params, 'limit'),
    after: readText(context.params, 'after'),
  });
  return {
    data: page.items.map((lead) => lead.body),
    ...(page.paging ? { paging: { cursors: { before: page.paging.before, after: page.paging.after } } } : {}),
  };
}

/** `/{ad}/leads`. */
export const leadsOfAd: Edge = { answer: (context, ad) => leadsAnswer(context, leadsIn(context, ad)) };

/** `/{form}/leads`: what its ads brought in, and test leads. */
const leadsOfForm: Edge = {
  answer: (context, form) => {
    const ads = objectsOf(context.world, 'ad').filter((ad) => formOf(context, ad) === form.id);
    const tests = objectsOf(context.world, 'lead').filter(
      (lead) => lead.data.form_id === form.id && lead.status !== 'DELETED',
    );
    const made = tests.map((lead) => ({
      id: lead.id,
      ms: lead.createdMs,
      body: { id: lead.id, created_time: formatTime(lead.createdMs, 'UTC'), ...lead.data },
    }));
    return leadsAnswer(context, [...ads.flatMap((ad) => leadsIn(context, ad)), ...made]);
  },
};

const testLeads: Edge = {
  objects: (context, form) =>
    objectsOf(context.world, 'lead').filter((lead) => lead.data.form_id === form.id && lead.status !== 'DELETED'),
  create: (context, form) => {
    if (objectsOf(context.world, 'lead').some((lead) => lead.data.form_id === form.id && lead.status !== 'DELETED'))
      throw invalid('A test lead exists already. Delete it first.');
    const lead = makeObject(context.world, {
      kind: 'lead',
      nowMs: context.nowMs,
      data: {
        form_id: form.id,
        field_data: readList(context.params, 'field_data') ?? answers(form, 'Test', 'Lead', 1),
        is_organic: true,
      },
    });
    touch(context, lead);
    return { id: lead.id };
  },
};

export const LEADFORM: NodeType = {
  kind: 'leadform',
  typeName: 'LeadGenData',
  fields:
    `name status locale questions privacy_policy_url follow_up_action_url leads_count organic_leads_count expired_leads_count created_time
    page page_id context_card thank_you_page legal_content is_optimized_for_quality tracking_parameters`.split(/\s+/),
  defaultFields: ['id', 'name', 'status', 'locale'],
  read: {
    status: (_context, form) => form.status,
    created_time: (_context, form) => formatTime(form.createdMs, 'UTC'),
    leads_count: (context, form) =>
      objectsOf(context.world, 'ad')
        .filter((ad) => formOf(context, ad) === form.id)
        .flatMap((ad) => leadsIn(context, ad)).length,
    organic_leads_count: () => 0,
    expired_leads_count: () => 0,
  },
  edges: { leads: leadsOfForm, test_leads: testLeads },
  update: (context, form) => {
    requireScope(context, 'pages_manage_ads');
    const status = readEnum(context.params, 'status', ['ACTIVE', 'ARCHIVED', 'DELETED']);
    if (status === undefined)
      throw new GraphError({ code: 100, message: '(#100) Only the status of a published form can be changed' });
    form.status = status;
    touch(context, form);
    return { success: true };
  },
};

export const LEAD: NodeType = {
  kind: 'lead',
  typeName: 'UserLeadGenInfo',
  fields: ['field_data', 'form_id', 'is_organic', 'created_time'],
  read: { created_time: (_context, lead) => formatTime(lead.createdMs, 'UTC') },
  edges: {},
  remove: (context, lead) => removeObject(context, lead),
};
