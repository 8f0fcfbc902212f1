import type { AdPlatformReader } from '../port';
import { asMetaHoldsIt } from './codec';
import { accountReach, readAccountTree } from './read/account';
import { accountSpend, listInstagramAccounts, minimumBudgets } from './read/account-limits';
import { listAccounts, listPages, listPixels } from './read/accounts';
import { insightCuts } from './read/breakdowns';
import { insights, windowReach } from './read/insights';
import { acceptsLeadForms, findLeadForm, listLeadForms } from './read/lead-forms';
import { findByMarker } from './read/lookup';
import { readCampaignTree, readObject } from './read/objects';
import { readPreview } from './read/preview';
import { findStopRule, listStopRules } from './read/rules';
import { searchCities, searchInterests } from './read/search';
import { findDraw, mayDraw, readDraw } from './read/studies';
import { wouldTake } from './read/validate';

/** Everything that looks at Meta and changes nothing. */
export const metaReader: AdPlatformReader = {
  asHeld: asMetaHoldsIt,
  listAccounts,
  listPages,
  listPixels,
  listInstagramAccounts,
  minimumBudgets,
  accountSpend,
  listStopRules,
  findStopRule,
  listLeadForms,
  acceptsLeadForms,
  findLeadForm,
  mayDraw,
  readDraw,
  findDraw,
  wouldTake,
  read: readObject,
  readCampaignTree,
  readAccountTree,
  findByMarker,
  insights,
  insightCuts,
  windowReach,
  accountReach,
  searchCities,
  searchInterests,
  preview: readPreview,
};
