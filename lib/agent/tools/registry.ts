import { answerAlarmTool } from './answer-alarm';
import { draftCampaignTool } from './draft-campaign';
import { explainActionTool } from './explain-action';
import { planHoldoutTool } from './plan-holdout';
import { proposeAudienceTool } from './propose-audience';
import { proposeCategoryTool } from './propose-category';
import { proposeDeletionTool } from './propose-deletion';
import { proposeNewAdTool } from './propose-new-ad';
import { readForecastTool } from './read-forecast';
import { readGradesTool } from './read-grades';
import { readStatusTool } from './read-status';
import { showAccountPickerTool } from './show-account-picker';
import { showApprovalTool } from './show-approval';
import { showBriefTool } from './show-brief';
import { showConnectTool } from './show-connect';
import { stopEverythingTool } from './stop-everything';
import { testAdsTool } from './test-ads';
import type { AgentTool } from './tool';
import { updateBriefTool } from './update-brief';

/** Every tool there is. The key is the tool's own name, or it does not compile. */
export const agentTools = {
  update_brief: updateBriefTool,
  show_brief: showBriefTool,
  show_connect: showConnectTool,
  show_account_picker: showAccountPickerTool,
  draft_campaign: draftCampaignTool,
  read_status: readStatusTool,
  explain_action: explainActionTool,
  read_grades: readGradesTool,
  read_forecast: readForecastTool,
  plan_holdout: planHoldoutTool,
  test_ads: testAdsTool,
  answer_alarm: answerAlarmTool,
  propose_audience: proposeAudienceTool,
  propose_new_ad: proposeNewAdTool,
  propose_deletion: proposeDeletionTool,
  propose_category: proposeCategoryTool,
  show_approval: showApprovalTool,
  stop_everything: stopEverythingTool,
} as const satisfies { [Name in ToolName]: AgentTool & { name: Name } };

export type ToolName =
  | 'update_brief'
  | 'show_brief'
  | 'show_connect'
  | 'show_account_picker'
  | 'draft_campaign'
  | 'read_status'
  | 'explain_action'
  | 'read_grades'
  | 'read_forecast'
  | 'plan_holdout'
  | 'test_ads'
  | 'answer_alarm'
  | 'propose_audience'
  | 'propose_new_ad'
  | 'propose_deletion'
  | 'propose_category'
  | 'show_approval'
  | 'stop_everything';
