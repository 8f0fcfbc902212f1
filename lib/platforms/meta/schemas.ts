import * as z from 'zod';

/**
 * Shapes of Meta's answers, as far as we read them. A field without a value is absent, never null; numbers of insights and
 * budgets come as text; ids are text and stay text.
 */
const text = z.string();
/** A number beyond 2^53 has already lost digits and is refused. */
const id = z.union([text.min(1), z.number().int().transform(String)]);
const amount = z.union([text.regex(/^-?\d+$/), z.number().int().transform(String)]);

export const createdSchema = z.object({ id });
/** Anything but an explicit yes leaves a write's outcome open. */
export const doneSchema = z.object({ success: z.literal(true) });

export const pagingSchema = z.object({
  cursors: z.object({ before: text.optional(), after: text.optional() }).optional(),
  next: text.optional(),
});
/** One page of an edge. */
export const pageOf = <T extends z.ZodType>(row: T) =>
  z.object({ data: z.array(row), paging: pagingSchema.optional() });

export const tokenSchema = z.object({
  access_token: text.min(1),
  token_type: text.optional(),
  expires_in: z.coerce.number().optional(),
});
export const debugTokenSchema = z.object({
  data: z.object({
    is_valid: z.boolean().default(false),
    app_id: id.optional(),
    user_id: id.optional(),
    expires_at: z.number().optional(),
    data_access_expires_at: z.number().optional(),
    scopes: z.array(text).optional(),
    error: z.object({ subcode: z.number().optional() }).optional(),
  }),
});
export const personSchema = z.object({ id, name: text.optional(), email: text.optional() });
export const permissionsSchema = z.object({ data: z.array(z.object({ permission: text, status: text })) });

export const pixelSchema = z.object({ id, name: text.default(''), last_fired_time: text.optional() });
export const accountSchema = z.object({
  id,
  name: text.default(''),
  currency: text.regex(/^[A-Z]{3}$/),
  timezone_name: text,
  account_status: z.number(),
  disable_reason: z.number().optional(),
  funding_source: id.optional(),
  min_daily_budget: amount.optional(),
  min_campaign_group_spend_cap: amount.optional(),
  default_dsa_payor: text.optional(),
  default_dsa_beneficiary: text.optional(),
  adspixels: z.object({ data: z.array(pixelSchema) }).optional(),
});
export const pageSchema = z.object({
  id,
  name: text.default(''),
  tasks: z.array(text).optional(),
  access_token: text.optional(),
  leadgen_tos_accepted: z.boolean().optional(),
  instagram_business_account: z.object({ id }).optional(),
  connected_instagram_account: z.object({ id }).optional(),
});
export const leadFormSchema = z.object({
  id,
  name: text.default(''),
  status: text.default('ACTIVE'),
  privacy_policy_url: text.optional(),
  questions: z.array(z.object({ type: text })).optional(),
});

const issueSchema = z.object({
  error_summary: text.optional(),
  error_message: text.optional(),
  error_type: text.optional(),
  level: text.optional(),
});
const reviewSchema = z.object({
  global: z.record(text, text).optional(),
  placement_specific: z.record(text, z.record(text, text)).optional(),
});
const shared = {
  id,
  name: text.default(''),
  status: text.optional(),
  configured_status: text.optional(),
  effective_status: text.optional(),
  issues_info: z.array(issueSchema).optional(),
};
export const campaignSchema = z.object({
  ...shared,
  objective: text.optional(),
  special_ad_categories: z.array(text).optional(),
  daily_budget: amount.optional(),
  lifetime_budget: amount.optional(),
  spend_cap: amount.optional(),
  is_adset_budget_sharing_enabled: z.boolean().optional(),
  updated_time: text.optional(),
});
export const adSetSchema = z.object({
  ...shared,
  campaign_id: id,
  daily_budget: amount.optional(),
  lifetime_budget: amount.optional(),
  optimization_goal: text.optional(),
  billing_event: text.optional(),
  bid_strategy: text.optional(),
  destination_type: text.optional(),
  promoted_object: z.record(text, z.unknown()).optional(),
  targeting: z.record(text, z.unknown()).optional(),
  attribution_spec: z.array(z.unknown()).optional(),
  learning_stage_info: z.object({ status: text.optional() }).optional(),
  dsa_payor: text.optional(),
  dsa_beneficiary: text.optional(),
  end_time: text.optional(),
  updated_time: text.optional(),
});
export const adSchema = z.object({
  ...shared,
  adset_id: id,
  campaign_id: id.optional(),
  creative: z.object({ id }).optional(),
  ad_review_feedback: reviewSchema.optional(),
  preview_shareable_link: text.optional(),
  updated_time: text.optional(),
});
export const creativeSchema = z.object({
  ...shared,
  object_story_spec: z.record(text, z.unknown()).optional(),
  asset_feed_spec: z.record(text, z.unknown()).optional(),
  url_tags: text.optional(),
  degrees_of_freedom_spec: z.record(text, z.unknown()).optional(),
});

export const imagesSchema = z.object({ images: z.record(text, z.object({ hash: text.min(1), url: text.optional() })) });
export const measuredAdSetSchema = z.object({
  id,
  campaign_id: id,
  optimization_goal: text.optional(),
  destination_type: text.optional(),
  promoted_object: z.record(text, z.unknown()).optional(),
});

const decimal = z.union([text.regex(/^-?\d+(\.\d+)?$/), z.number().transform(String)]);
const actionSchema = z.object({ action_type: text, value: decimal });
export const insightRowSchema = z.object({
  campaign_id: id.optional(),
  adset_id: id.optional(),
  ad_id: id.optional(),
  date_start: text.regex(/^\d{4}-\d\d-\d\d$/),
  date_stop: text,
  spend: decimal.default('0'),
  impressions: decimal.default('0'),
  reach: decimal.optional(),
  inline_link_clicks: decimal.optional(),
  actions: z.array(actionSchema).optional(),
  action_values: z.array(actionSchema).optional(),
  account_currency: text.optional(),
  attribution_setting: text.optional(),
});
export type InsightRowSeen = z.infer<typeof insightRowSchema>;
/** With attribution windows asked for, each action carries a count per window beside its value. */
const windowedSchema = z.looseObject({ action_type: text, value: decimal.optional() });
/** A row that is cut by breakdowns: their values stand beside the numbers, under the breakdown's own name. */
export const cutRowSchema = z.looseObject({
  ...insightRowSchema.shape,
  actions: z.array(windowedSchema).optional(),
  action_values: z.array(windowedSchema).optional(),
});
export type CutRowSeen = z.infer<typeof cutRowSchema>;

export const citySchema = z.object({ key: id, name: text, region: text.optional(), country_code: text.optional() });
export const interestSchema = z.object({
  id,
  name: text,
  audience_size_lower_bound: z.number().optional(),
  audience_size_upper_bound: z.number().optional(),
  path: z.array(text).optional(),
});
export const reportRunSchema = z.object({ report_run_id: id });
export const reportStateSchema = z.object({
  id,
  async_status: text,
  async_percent_completion: z.coerce.number().default(0),
  error_code: z.coerce.number().optional(),
  error_subcode: z.coerce.number().optional(),
  error_message: text.optional(),
  error_user_title: text.optional(),
  error_user_msg: text.optional(),
});

export const instagramSchema = z.object({ id, username: text.optional() });
export const minimumBudgetSchema = z.object({
  currency: text,
  min_daily_budget_imp: amount,
  min_daily_budget_high_freq: amount,
  min_daily_budget_low_freq: amount,
});
export const accountSpendSchema = z.object({ id, amount_spent: amount.optional(), spend_cap: amount.optional() });
export const ruleSchema = z.object({
  id,
  name: text.default(''),
  status: text.default('ENABLED'),
  evaluation_spec: z
    .object({ filters: z.array(z.object({ field: text, operator: text, value: z.unknown() })).default([]) })
    .optional(),
  execution_spec: z.object({ execution_type: text }).optional(),
});
export type RuleSeen = z.infer<typeof ruleSchema>;
export const accountOwnerSchema = z.object({ id, business: z.object({ id }).optional() });
export const studySchema = z.object({
  id,
  name: text.default(''),
  start_time: text.optional(),
  end_time: text.optional(),
  canceled_time: text.optional(),
  cells: z
    .object({
      data: z.array(
        z.object({
          treatment_percentage: z.coerce.number().default(0),
          adsets: z.object({ data: z.array(z.object({ id })) }).optional(),
        }),
      ),
    })
    .optional(),
});
