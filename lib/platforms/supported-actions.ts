import type { AccountAccess, SupportedActions } from './port';

const SUPPORTED: Record<AccountAccess['platform'], SupportedActions> = {
  meta: [
    'pause_ad',
    'resume_ad',
    'pause_campaign',
    'resume_campaign',
    'set_ad_set_budget',
    'shift_budget',
    'shift_campaigns',
    'swap_creative',
    'renew_month_guard',
    'restore_guard',
    'set_audience',
    'add_ad',
    'start_test',
    'end_test',
    'delete_ad',
    'delete_campaign',
  ],
};

/** Kinds of action a platform's writer can carry out. */
export function supportedActions(platform: AccountAccess['platform']): SupportedActions {
  return SUPPORTED[platform];
}
