import type { NodeType } from '../graph/context';
import type { ObjectKind } from '../world/types';
import { ADACCOUNT } from './account';
import { AD } from './ad';
import { AD_REQUEST, AD_REQUEST_SET } from './ad-request-set';
import { AD_STUDY, STUDY_CELL } from './ad-study';
import { ADSET } from './adset';
import { CUSTOM_AUDIENCE, CUSTOM_CONVERSION } from './audiences';
import { BUDGET_SCHEDULE } from './budget-schedule';
import { CAMPAIGN } from './campaign';
import { ADCREATIVE } from './creative';
import { ADIMAGE } from './image';
import { LEADFORM } from './lead-form';
import { LEAD } from './leads';
import { BUSINESS, INSTAGRAM, LABEL, PAGE, USER } from './people';
import { PIXEL } from './pixel';
import { RARE_FIELDS } from './rare-fields';
import { REPORT_RUN } from './report-run';
import { ADRULE } from './rule';
import { VIDEO } from './video';

const TYPES: Record<ObjectKind, NodeType> = {
  user: USER,
  business: BUSINESS,
  adaccount: ADACCOUNT,
  page: PAGE,
  instagram: INSTAGRAM,
  pixel: PIXEL,
  campaign: CAMPAIGN,
  adset: ADSET,
  ad: AD,
  adcreative: ADCREATIVE,
  adimage: ADIMAGE,
  advideo: VIDEO,
  adlabel: LABEL,
  adrule: ADRULE,
  leadform: LEADFORM,
  lead: LEAD,
  customaudience: CUSTOM_AUDIENCE,
  customconversion: CUSTOM_CONVERSION,
  reportrun: REPORT_RUN,
  budgetschedule: BUDGET_SCHEDULE,
  adstudy: AD_STUDY,
  studycell: STUDY_CELL,
  adrequestset: AD_REQUEST_SET,
  adrequest: AD_REQUEST,
};

function withRareFields(type: NodeType): NodeType {
  const rare = RARE_FIELDS[type.kind]?.split(/\s+/) ?? [];
  return { ...type, fields: [...type.fields, ...rare] };
}

/** The node type of each kind of object the simulator knows. */
export const NODE_TYPES = Object.fromEntries(
  Object.entries(TYPES).map(([kind, type]) => [kind, withRareFields(type)]),
) as Record<ObjectKind, NodeType>;
