import type { ObjectKind } from '../world/types';

/** Fields the API knows and the simulator has nothing to say about: asked for, they stay absent. */
export const RARE_FIELDS: Partial<Record<ObjectKind, string>> = {
  campaign: 'brand_lift_studies is_direct_send_campaign source_recommendation_type',
  adset: `anchor_event_attribution_window_days automatic_manual_state creative_sequence_repetition_pattern is_ba_skip_delayed_eligible
    max_budget_spend_percentage min_budget_spend_percentage time_based_ad_rotation_id_blocks trending_topics_spec value_rules_applied
    is_dc_follow_optimized is_organic_ad_joint_optimized is_sequenced_conversion_creation live_video_ad_campaign_config meta_moment_maker_spec
    multi_event_conversion_attribution_window_seconds relative_value`,
  ad: 'tracking_and_conversion_with_defaults',
  adcreative: `auto_update branded_content_sponsor_page_id bundle_folder_id category_media_source collaborative_ads_lsb_image_bank_id destination_spec
    dynamic_ad_voice format_transformation_spec instagram_branded_content omnichannel_link_spec page_welcome_message
    regional_regulation_disclaimer_spec marketing_message_structured_spec wamo_whatsapp_identity_spec`,
  adaccount: 'brand_safety_content_filter_levels is_tax_id_required owner_business',
  adimage: 'owner_business',
  page: `app_id bio birthday can_checkin can_post checkins company_overview contact_address cover current_location description description_html
    display_subtext engagement features founded general_info has_added_app has_whatsapp_business_number has_whatsapp_number hours impressum
    is_always_open is_chain is_community_page is_eligible_for_branded_content is_messenger_platform_bot is_owned is_permanently_closed
    is_unclaimed is_verified is_webhooks_subscribed leadgen_tos_accepting_user messaging_feature_status mission name_with_location_descriptor
    network new_like_count overall_star_rating owner_business parent_page parking payment_options place_type price_range privacy_info_url
    products promotion_eligible promotion_ineligible_reason rating_count single_line_address start_info store_number talking_about_count
    temporary_status user_access_expire_time were_here_count whatsapp_number ad_campaign affiliation artists_we_like attire
    available_promo_offer_ids awards band_interests band_members best_page booking_agent breaking_news_usage built
    connected_page_backed_instagram_account copyright_attribution_insights copyright_whitelisted_ig_partners country_page_likes culinary_team
    delivery_and_pickup_option_info differently_open_offerings directed_by displayed_message_response_time
    does_viewer_have_page_permission_link_ig featured_video food_styles general_manager genre global_brand_page_name global_brand_root_id
    has_lead_access hometown influences is_calling_eligible is_eligible_for_disable_connect_ig_btn_for_non_page_admin_am_web
    is_messenger_bot_get_started_enabled keywords members merchant_id merchant_review_status messenger_ads_default_icebreakers
    messenger_ads_default_quick_replies messenger_ads_quick_replies_type mini_shop_storefront mpg offer_eligible personal_info
    personal_interests pharma_safety_info pickup_options plot_outline preferred_audience press_contact produced_by public_transit recipient
    record_label release_date restaurant_services restaurant_specialties schedule screenplay_by season starring store_code
    store_location_descriptor studio supports_donate_button_in_live_video unread_message_count unread_notif_count unseen_message_count voip_info
    written_by`,
  reportrun: 'async_report_url',
  pixel: `config creator description duplicate_entries event_stats event_time_max event_time_min has_1p_pixel_event is_consolidated_container is_crm
    is_mta_use is_restricted_use last_upload_app match_rate_approx matched_entries usage user_access_expire_time valid_entries
    enable_auto_assign_to_accounts last_upload_app_changed_time`,
  leadform: 'allow_organic_lead block_display_for_non_targeted_viewer creator follow_up_action_text',
  customconversion: `aggregation_rule business data_sources event_source_type first_fired_time last_fired_time offline_conversion_data_set
    retention_days`,
  customaudience: `customer_file_source data_source delete_time is_value_based lookalike_audience_ids opt_out_link owner_business permission_for_actions
    pixel_id rule_aggregation rule_v2 seed_audience sharing_status time_content_updated data_source_types
    datafile_custom_audience_uploading_status excluded_custom_audiences external_event_source fields_violating_integrity_policy
    household_audience included_custom_audiences is_eligible_for_sac_campaigns is_household is_snapshot page_deletion_marked_delete_time
    regulated_audience_spec rev_share_policy_id`,
  user: `about age_range birthday client_business_id community cover currency education favorite_athletes favorite_teams gender hometown
    inspirational_people install_type installed is_guest_user is_work_account languages link local_news_megaphone_dismiss_status
    local_news_subscription_status locale location meeting_for middle_name name_format payment_pricepoints political profile_pic quotes
    relationship_status religion shared_login_upgrade_required_by significant_other sports supports_donate_button_in_live_video third_party_id
    timezone updated_time video_upload_limits website
    verified`,
  business: `block_offline_analytics collaborative_ads_managed_partner_business_info collaborative_ads_managed_partner_eligibility
    collaborative_ads_partner_premium_options created_by extended_updated_time is_hidden link marketing_messages_onboarding_status
    payment_account_id profile_picture_uri two_factor_type updated_by updated_time user_access_expire_time vertical vertical_id
    whatsapp_business_manager_messaging_limit`,
  lead: `created_time home_listing partner_name post post_submission_check_result retailer_item_id vehicle`,
};
