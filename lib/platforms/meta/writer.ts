import type { AdPlatformWriter } from '../port';
import { createAd, setAdCreative } from './write/ad';
import { createAdSet, setAdSetAudience, setAdSetBudget, setAdSetEnd } from './write/ad-set';
import { createCampaign } from './write/campaign';
import { createCreative, uploadImage } from './write/creative';
import { createLeadForm } from './write/lead-form';
import { createStopRule, setAccountSpendCap, setCampaignSpendCap, setStopRuleAmount } from './write/limits';
import { removeObject } from './write/remove';
import { setStatus } from './write/status';
import { createDraw, endDraw } from './write/study';

/** Everything that changes something at Meta. Each call is sent once; only the gate may call it. */
export const metaWriter: AdPlatformWriter = {
  createCampaign,
  createAdSet,
  uploadImage,
  createCreative,
  createAd,
  setStatus,
  setAdSetBudget,
  setAdSetAudience,
  setAdSetEnd,
  setAdCreative,
  setCampaignSpendCap,
  setAccountSpendCap,
  createStopRule,
  setStopRuleAmount,
  createLeadForm,
  createDraw,
  endDraw,
  remove: removeObject,
};
