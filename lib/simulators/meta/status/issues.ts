import type { Context } from '../graph/context';
import { childrenOf } from '../world/live-world';
import type { GraphObject, Json } from '../world/types';
import { effectiveStatus } from './effective-status';

function issueOf(level: string, code: number, summary: string, message: string): Json {
  return { level, error_code: code, error_summary: summary, error_message: message, error_type: 'HARD_ERROR', mid: '' };
}

/** issues_info of an ad; absent when there is nothing to report. */
export function adIssues(context: Context, ad: GraphObject): Json | undefined {
  if (effectiveStatus(context.world, ad, context.nowMs) !== 'DISAPPROVED') return undefined;
  return [
    issueOf(
      'AD',
      1815869,
      'Ad Not Approved',
      'This ad was rejected because it does not follow our Advertising Standards.',
    ),
  ];
}

export function campaignIssues(context: Context, campaign: GraphObject): Json | undefined {
  const account = context.world.objects[campaign.account];
  if (account?.data.account_status === 3)
    return [
      issueOf(
        'ACCOUNT',
        1359188,
        'Payment failed',
        'Your ad account has an unpaid balance. Update your payment method.',
      ),
    ];
  const issues = childrenOf(context.world, campaign, 'ad').flatMap((ad) => {
    const found = adIssues(context, ad);
    return Array.isArray(found) ? found : [];
  });
  return issues.length > 0 ? issues.slice(0, 5) : undefined;
}
