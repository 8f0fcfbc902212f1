import type { OptimizerAction } from '../../../lib/domain/optimization/optimizer/types';
import { MARKET_DAYS, Market, type MarketOptions, TICKS_PER_DAY } from './market';
import type { MakePolicy } from './policies';

export type Measured = {
  /** Profit and spend as shares of the whole budget. */
  profit: number;
  spend: number;
  actions: number;
  pauses: number;
  wrongPauses: number;
  moves: number;
  wrongMoves: number;
  asks: number;
  damage: Market['damage'];
  shockDays: Partial<Record<string, number>>;
  total: number;
};

/** Runs one policy through one market. A pause is wrong when the ad was at least as good as the rest of its group. */
export function measure(make: MakePolicy, options: MarketOptions): Measured {
  const market = new Market(options);
  const policy = make(market, options.seed);
  const result = { actions: 0, pauses: 0, wrongPauses: 0, moves: 0, wrongMoves: 0, asks: 0 };
  for (let tick = 0; tick < MARKET_DAYS * TICKS_PER_DAY; tick += 1) {
    const actions = policy.step(market.next());
    const before = expectedProfit(market);
    for (const action of actions) {
      if (action.kind === 'ask_owner') result.asks += 1;
      else result.actions += 1;
      if (action.kind === 'pause_ad') {
        result.pauses += 1;
        if (isWrong(market, action)) result.wrongPauses += 1;
      }
      market.apply(action);
    }
    if (actions.some((action) => action.kind === 'set_budget')) {
      result.moves += 1;
      if (expectedProfit(market) < before) result.wrongMoves += 1;
    }
  }
  const budget = market.total * MARKET_DAYS;
  return {
    ...result,
    profit: market.profit / budget,
    spend: market.spend / budget,
    damage: market.damage,
    total: market.total,
    shockDays: Object.fromEntries(market.shocks.map((shock) => [shock.kind, (shock.to - shock.from) / TICKS_PER_DAY])),
  };
}

function expectedProfit(market: Market): number {
  return market.sets.reduce(
    (sum, set) => sum + set.budget * (market.margin * market.value * market.trueRate(set) - 1),
    0,
  );
}

function isWrong(market: Market, action: Extract<OptimizerAction, { kind: 'pause_ad' }>): boolean {
  const set = market.sets.find((one) => one.ads.some((ad) => ad.key === action.adKey));
  const ad = set?.ads.find((one) => one.key === action.adKey);
  if (!set || !ad) return false;
  const worth = (one: typeof ad) =>
    one.creative.ctr * one.creative.cvr * (1 + one.creative.seen / set.audience) ** -one.creative.wear;
  const others = set.ads.filter((one) => one.on && one !== ad).map(worth);
  return others.length > 0 && worth(ad) >= others.reduce((a, b) => a + b, 0) / others.length;
}
