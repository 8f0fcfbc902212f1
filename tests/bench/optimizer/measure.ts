import type { OptimizerAction } from '../../../lib/domain/optimization/optimizer/types';
import { type Ad, MARKET_DAYS, type MarketOptions, type MarketSet, TICKS_PER_DAY } from './draw';
import { Market } from './market';
import type { MakePolicy } from './policies/policy';
import type { ShockKind } from './shocks';

export type Measured = {
  /** Profit and spend as shares of the whole budget. */
  profit: number;
  spend: number;
  /** True value of all sales over all spend. */
  trueReturn: number;
  actions: number;
  pauses: number;
  wrongPauses: number;
  moves: number;
  wrongMoves: number;
  asks: number;
  /** Changes of ads and budgets made while tracking was lost. */
  editsIntoLostTracking: number;
  /** Daily budgets spent while it lasted. */
  damage: Partial<Record<ShockKind, number>>;
  shockDays: Partial<Record<ShockKind, number>>;
  /** Milliseconds each decision took by the clock on the wall (on a busy machine that includes waiting). */
  times: number[];
  /** The same in processor time, which a busy machine does not lengthen (garbage collection beside it included). */
  processorTimes: number[];
};

/** Runs one policy through one market. */
export function measure(make: MakePolicy, options: MarketOptions): Measured {
  const market = new Market(options);
  const policy = make(market, options.seed);
  const result = { actions: 0, pauses: 0, wrongPauses: 0, moves: 0, wrongMoves: 0, asks: 0, editsIntoLostTracking: 0 };
  const times: number[] = [];
  const processorTimes: number[] = [];
  for (let tick = 0; tick < MARKET_DAYS * TICKS_PER_DAY; tick += 1) {
    const input = market.next();
    const [started, used] = [performance.now(), process.cpuUsage()];
    const actions = policy.step(input);
    const { user, system } = process.cpuUsage(used);
    processorTimes.push((user + system) / 1000);
    times.push(performance.now() - started);
    const before = marginalProfit(market);
    for (const action of actions) {
      if (action.kind === 'ask_owner') result.asks += 1;
      else result.actions += 1;
      if (action.kind === 'pause_ad') {
        result.pauses += 1;
        if (isWrong(market, action)) result.wrongPauses += 1;
      }
      if (['pause_ad', 'set_budget', 'replace_creative'].includes(action.kind) && market.isNow('tracking'))
        result.editsIntoLostTracking += 1;
      market.apply(action);
    }
    if (actions.some((action) => action.kind === 'set_budget')) {
      result.moves += 1;
      if (marginalProfit(market) < before) result.wrongMoves += 1;
    }
  }
  const budget = market.total * MARKET_DAYS;
  const inDays = (of: Partial<Record<ShockKind, number>>, by: number) =>
    Object.fromEntries(Object.entries(of).map(([kind, value]) => [kind, value / by]));
  return {
    ...result,
    profit: market.profit / budget,
    spend: market.spend / budget,
    trueReturn: (market.profit + market.spend) / market.drawn.margin / Math.max(1, market.spend),
    damage: inDays(market.damage, market.total),
    shockDays: inDays(
      Object.fromEntries(market.drawn.shocks.map((shock) => [shock.kind, shock.to - shock.from])),
      TICKS_PER_DAY,
    ),
    times,
    processorTimes,
  };
}

/** Expected profit of a day at the present budgets, without learning and weather. */
function marginalProfit(market: Market): number {
  return market.sets.reduce(
    (sum, set) =>
      set.on && set.ads.some((ad) => ad.on && !ad.creative.disapproved)
        ? sum + set.budget * (market.drawn.margin * market.returnOf(set) - 1)
        : sum,
    0,
  );
}

/** A pause is wrong when the ad brings at least as much per showing as the rest of its group does on average. */
function isWrong(market: Market, action: Extract<OptimizerAction, { kind: 'pause_ad' }>): boolean {
  const set = market.sets.find((one) => one.ads.some((ad) => ad.key === action.adKey));
  const ad = set?.ads.find((one) => one.key === action.adKey);
  if (!set || !ad) return false;
  const others = set.ads.filter((one) => one.on && one !== ad && !one.creative.disapproved);
  if (others.length === 0) return true;
  const worth = (one: Ad) => worthOf(market, set, one);
  return worth(ad) >= others.map(worth).reduce((a, b) => a + b, 0) / others.length;
}

function worthOf(market: Market, set: MarketSet, ad: Ad): number {
  return market.clickRateOf(set, ad) * market.saleRateOf(set, ad, market.sets.indexOf(set));
}
