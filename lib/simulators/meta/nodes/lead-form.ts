import type { Context, Edge, NodeType } from '../graph/context';
import { requireScope } from '../validate/access';
import { termsNotAccepted } from '../validate/adset';
import { LEAD_BUTTONS, LEAD_LOCALES, LEAD_QUESTIONS } from '../validate/enums';
import { badToken, GraphError, invalid, missing, refused } from '../wire/errors';
import {
  isObject,
  type Params,
  readBoolean,
  readEnum,
  readJson,
  readList,
  readObject,
  readText,
  requireText,
} from '../wire/params';
import { objectsOf } from '../world/live-world';
import { makeObject } from '../world/make-object';
import { formatTime } from '../world/time';
import type { GraphObject, Json, JsonObject } from '../world/types';
import { formLeads, leadsOfForm, testLeads } from './leads';
import { touch } from './shared';

/** Forms belong to the Page: only its own token may list and publish them. */
export function requirePageToken(context: Context, page: GraphObject): void {
  if (context.token.kind === 'PAGE' && context.token.subjectId === page.id) return;
  throw badToken('This method must be called with a Page Access Token');
}

/** `/{page}/leadgen_forms`. */
export const leadFormEdge: Edge = {
  objects: (context, page) => {
    requirePageToken(context, page);
    return objectsOf(context.world, 'leadform').filter((form) => form.data.page_id === page.id);
  },
  defaultFields: ['id', 'name', 'status', 'locale'],
  create: (context, page) => {
    requirePageToken(context, page);
    requireScope(context, 'pages_manage_ads');
    const { params } = context;
    if (page.data.leadgen_tos_accepted === false) throw termsNotAccepted();
    const name = requireText(params, 'name');
    const questions = readList(params, 'questions');
    if (!questions || questions.length === 0) throw missing('questions');
    const privacy = readObject(params, 'privacy_policy');
    if (!privacy || privacy.url === undefined) throw missing('privacy_policy');
    if (!URL.canParse(String(privacy.url))) throw invalid('Param privacy_policy[url] must be a valid address');
    refuseTakenName(context, page, name);

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
        locale: readEnum(params, 'locale', LEAD_LOCALES) ?? 'EN_US',
        follow_up_action_url: readText(params, 'follow_up_action_url'),
        context_card: readJson(params, 'context_card'),
        thank_you_page: readThanks(params),
        custom_disclaimer: readJson(params, 'custom_disclaimer'),
        question_page_custom_headline: readText(params, 'question_page_custom_headline'),
        tracking_parameters: readJson(params, 'tracking_parameters'),
        is_optimized_for_quality: readBoolean(params, 'is_optimized_for_quality') ?? false,
      },
    });
    touch(context, form);
    return { id: form.id };
  },
};

function refuseTakenName(context: Context, page: GraphObject, name: string): void {
  const isTaken = objectsOf(context.world, 'leadform').some(
    (form) => form.data.page_id === page.id && form.data.name === name && form.status !== 'DELETED',
  );
  if (!isTaken) return;
  throw refused({
    subcode: 1892022,
    title: 'Form name is taken',
    userMessage: 'A form with this name already exists on the Page.',
    blame: 'name',
  });
}

function readThanks(params: Params): JsonObject | undefined {
  const thanks = readObject(params, 'thank_you_page');
  const button = thanks?.button_type;
  if (button !== undefined && !LEAD_BUTTONS.some((known) => known === button))
    throw invalid(`Param thank_you_page[button_type] must be one of {${LEAD_BUTTONS.join(', ')}}`);
  if (button === 'VIEW_WEBSITE' && thanks?.website_url === undefined) throw missing('thank_you_page[website_url]');
  return thanks;
}

function questionBody(question: Json, at: number): JsonObject {
  if (!isObject(question) || typeof question.type !== 'string')
    throw invalid('Param questions must be a list of {type}');
  const { type } = question;
  if (!LEAD_QUESTIONS.some((known) => known === type) && !type.startsWith('ID_'))
    throw invalid(`Param questions[${at}][type] must be one of {${LEAD_QUESTIONS.join(', ')}}`);
  if (type === 'CUSTOM' && typeof question.label !== 'string') throw missing(`questions[${at}][label]`);
  const key = question.key ?? (type === 'CUSTOM' ? `question_${at}` : type.toLowerCase());
  return {
    id: String(700_000 + at),
    key,
    label: question.label ?? type.toLowerCase().replace(/_/g, ' '),
    type,
    options: question.options,
  };
}

export const LEADFORM: NodeType = {
  kind: 'leadform',
  typeName: 'LeadGenData',
  fields:
    `name status locale questions privacy_policy_url follow_up_action_url leads_count organic_leads_count expired_leads_count created_time
    page page_id context_card thank_you_page legal_content is_optimized_for_quality tracking_parameters question_page_custom_headline`.split(
      /\s+/,
    ),
  defaultFields: ['id', 'name', 'status', 'locale'],
  read: {
    status: (_context, form) => form.status,
    created_time: (_context, form) => formatTime(form.createdMs, 'UTC'),
    leads_count: (context, form) => leadsOfForm(context.live, form, context.nowMs).length,
    organic_leads_count: () => 0,
    expired_leads_count: () => 0,
  },
  edges: { leads: formLeads, test_leads: testLeads },
  update: (context, form) => {
    requireScope(context, 'pages_manage_ads');
    const status = readEnum(context.params, 'status', ['ACTIVE', 'ARCHIVED', 'DELETED', 'DRAFT']);
    if (status === undefined)
      throw new GraphError({ code: 100, message: '(#100) Only the status of a published form can be changed' });
    if (status !== 'DRAFT') form.status = status;
    touch(context, form);
    return { success: true };
  },
};
