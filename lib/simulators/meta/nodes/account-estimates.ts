import { audienceSize } from '../delivery/audience';
import type { Edge } from '../graph/context';
import { estimateBody, reachBody } from '../search/estimates';
import { searchInterests, validateInterests } from '../search/interests';
import { effectiveStatus } from '../status/effective-status';
import { minimumBudgets } from '../validate/budget';
import { OPTIMIZATION_GOALS } from '../validate/enums';
import { missing } from '../wire/errors';
import {
  has,
  isObject,
  type Params,
  readEnum,
  readInteger,
  readList,
  readObject,
  readText,
  readTextList,
} from '../wire/params';
import { currencyOf, objectsOf, textOf } from '../world/live-world';
import type { JsonObject } from '../world/types';

function targetingOf(params: Params): JsonObject {
  const spec = readObject(params, 'targeting_spec');
  if (spec === undefined) throw missing('targeting_spec');
  return spec;
}

export const deliveryEstimate: Edge = {
  answer: (context, _account, params) => {
    if (!has(params, 'optimization_goal')) throw missing('optimization_goal');
    readEnum(params, 'optimization_goal', OPTIMIZATION_GOALS);
    return { data: [estimateBody(audienceSize(targetingOf(params)), context.call.version)] };
  },
};

export const reachEstimate: Edge = {
  answer: (_context, _account, params) => ({ data: reachBody(audienceSize(targetingOf(params))) }),
};

export const minimumBudgetEdge: Edge = {
  answer: (context, account, params) => {
    const minimums = minimumBudgets(context.world, account, readInteger(params, 'bid_amount'));
    return {
      data: [
        {
          currency: currencyOf(context.world, account),
          min_daily_budget_imp: minimums.impressions,
          min_daily_budget_high_freq: minimums.high,
          min_daily_budget_low_freq: minimums.low,
          min_daily_budget_video_views: minimums.high,
        },
      ],
    };
  },
};

export const targetingSearch: Edge = {
  answer: (_context, _account, params) => {
    if (!has(params, 'q')) throw missing('q');
    return { data: searchInterests(readText(params, 'q') ?? '').slice(0, readInteger(params, 'limit') ?? 25) };
  },
};

export const targetingValidation: Edge = {
  answer: (_context, _account, params) => {
    const listed = (readList(params, 'targeting_list') ?? []).filter(isObject).map((one) => String(one.id ?? one.name));
    const names = [...listed, ...(readTextList(params, 'id_list') ?? []), ...(readTextList(params, 'name_list') ?? [])];
    return { data: validateInterests(names) };
  },
};

export const volumeEdge: Edge = {
  answer: (context, account) => {
    const running = objectsOf(context.world, 'ad', account.id).filter((ad) =>
      ['ACTIVE', 'PENDING_REVIEW', 'IN_PROCESS'].includes(effectiveStatus(context.world, ad, context.nowMs)),
    );
    const page = objectsOf(context.world, 'page')[0];
    return {
      data: [
        {
          ads_running_or_in_review_count: running.length,
          limit_on_ads_running_or_in_review: 250,
          current_account_ads_running_or_in_review_count: running.length,
          actor_id: page?.id,
          actor_name: textOf(page, 'name'),
        },
      ],
    };
  },
};
