import type {
  OptimizerAction,
  OwnerAnswer,
  RestatedRow,
  TickInput,
  TickRow,
} from '../../../lib/domain/optimization/optimizer/types';
import { type Random, randomFrom } from '../../../lib/domain/statistics/random';
import { type Ad, type Drawn, drawMarket, type MarketOptions, type MarketSet, TICKS_PER_DAY } from './draw';
import { coverOf, type Shock, type ShockKind } from './shocks';

type Pending = { clickTick: number; adKey: string; value: number };
type Memory = { clicks: number[]; results: number[]; values: number[] };
type Weather = { price: number; ctr: number; cvr: number };

/** One simulated account, tick by tick. Counts are drawn; profit is counted by expectation, so that luck does not blur it. */
export class Market {
  readonly drawn: Drawn;
  readonly sets: MarketSet[];
  tick = 0;
  profit = 0;
  spend = 0;
  /** Money spent while something was broken, minor units. */
  readonly damage: Partial<Record<ShockKind, number>> = {};
  private readonly owner: Random;
  private readonly due = new Map<number, Pending[]>();
  private readonly memories = new Map<string, Memory>();
  private unreported: TickRow[] = [];
  private answerDue: { tick: number; answer: OwnerAnswer } | null = null;
  private drift = 0;
  private day: Weather = { price: 1, ctr: 1, cvr: 1 };

  constructor(private readonly options: MarketOptions) {
    this.drawn = drawMarket(options);
    this.sets = this.drawn.sets;
    this.owner = randomFrom(options.seed * 3 + 1);
    for (const set of this.sets)
      for (const ad of set.ads) this.memories.set(ad.key, { clicks: [], results: [], values: [] });
  }

  get total(): number {
    return this.drawn.total;
  }

  shock(kind: ShockKind): Shock | undefined {
    return this.drawn.shocks.find((shock) => shock.kind === kind);
  }

  /** Is it so at the moment the policy is asked (the end of the tick that was delivered last)? */
  isNow(kind: ShockKind): boolean {
    const shock = this.shock(kind);
    return shock !== undefined && shock.from <= this.tick && this.tick < shock.to;
  }

  /** Delivers one tick and returns what may be seen of it. */
  next(): TickInput {
    const { tick } = this;
    this.weather();
    // Each ad set's luck of a tick is its own: policies that do the same meet the same.
    const rows = this.sets.flatMap((set, index) =>
      this.deliver(set, index, randomFrom((this.options.seed * 131 + tick) * 17 + index)),
    );
    this.arrive(rows);
    this.tick += 1;
    const { lateTicks = 0, lostRows = 0 } = this.options.unusual ?? {};
    const luck = randomFrom(this.options.seed * 613 + tick);
    const missing = coverOf(this.shock('missing'), tick) > 0 || luck.uniform() < lateTicks;
    this.unreported.push(...rows.filter(() => lostRows === 0 || luck.uniform() >= lostRows));
    const seen = missing ? [] : this.unreported;
    if (!missing) this.unreported = [];
    const answer = this.answerDue && this.answerDue.tick <= tick ? this.answerDue.answer : null;
    if (answer) this.answerDue = null;
    return {
      tick,
      rows: seen,
      completeThrough: missing ? Math.min(tick, ...this.unreported.map((row) => row.tick)) - 1 : tick,
      adSets: this.sets.map((set) => ({
        key: set.key,
        dailyBudgetMinor: set.budget,
        on: set.on,
        learning: set.unlearned > 0.2,
        stock: set.stock.length,
      })),
      ads: this.sets.flatMap((set) =>
        set.ads.map((ad) => ({
          key: ad.key,
          adSetKey: set.key,
          on: ad.on && !ad.creative.disapproved,
          creative: ad.creative.id,
          frequency: frequencyOf(ad.creative.seen / set.audience),
        })),
      ),
      siteAnswers: !this.isNow('site'),
      answer,
      restated: (from, to) => this.restated(from, to),
    };
  }

  /** The weather is the market's own, not a result of what a policy does: the same for every policy. */
  private weather(): void {
    if (this.tick % TICKS_PER_DAY !== 0) return;
    const random = randomFrom(this.options.seed * 1009 + this.tick);
    const { dayNoise, driftNoise } = this.drawn;
    this.drift += driftNoise * random.normal();
    this.day = {
      price: Math.exp(dayNoise * random.normal() + this.drift),
      ctr: Math.exp(0.8 * dayNoise * random.normal()),
      cvr: Math.exp(dayNoise * random.normal()),
    };
    const refused = this.shock('disapproved');
    if (refused && Math.floor(refused.from / TICKS_PER_DAY) === this.tick / TICKS_PER_DAY) {
      const ad = this.sets[refused.size]?.ads.find((one) => one.on);
      if (ad) ad.creative.disapproved = true;
    }
  }

  private deliver(set: MarketSet, index: number, random: Random): TickRow[] {
    const { tick, drawn } = this;
    const blank = set.ads.map((ad) => blankRow(tick, ad.key));
    const ads = set.ads.filter((ad) => ad.on && !ad.creative.disapproved);
    if (!set.on || ads.length === 0) {
      set.offTicks += 1;
      if (set.offTicks === 12) set.unlearned = Math.max(set.unlearned, 0.5);
      if (set.offTicks === 42) set.unlearned = 1;
      for (const ad of set.ads) ad.creative.seen *= drawn.memory;
      return blank;
    }
    set.offTicks = 0;
    const noise = 1 + set.unlearned;
    const wanted =
      (set.budget / TICKS_PER_DAY) *
      (drawn.hours[tick % TICKS_PER_DAY] ?? 1) *
      (drawn.weekdays[Math.floor(tick / TICKS_PER_DAY) % 7] ?? 1) *
      Math.exp(0.05 * noise * random.normal());
    const price = this.priceOf(set) * Math.exp(0.06 * noise * random.normal());
    const weights = this.shares(set, ads, random);
    let events = 0;
    for (const [at, ad] of ads.entries()) {
      const spend = Math.round(wanted * (weights[at] ?? 0));
      const impressions = random.poisson((spend / price) * 1000);
      const clickRate = this.clickRateOf(set, ad) * this.day.ctr;
      const clicks = random.poisson(impressions * clickRate);
      const rate = this.saleRateOf(set, ad, index) * this.day.cvr;
      ad.creative.seen = ad.creative.seen * drawn.memory + impressions;
      ad.shown = ad.shown * 0.995 + impressions;
      ad.clicked = ad.clicked * 0.995 + clicks;
      const broken = Math.max(coverOf(this.shock('site'), tick), coverOf(this.shock('checkout'), tick));
      const sales = random.poisson(clicks * rate * (1 - broken));
      events += sales;
      this.profit += drawn.margin * drawn.value * ((spend / price) * 1000) * clickRate * rate * (1 - broken) - spend;
      this.account(ad.key, spend, clicks, sales, random);
      const views = clicks * 0.82 * (1 - coverOf(this.shock('site'), tick)) * (1 - this.viewsLost());
      const row = blank.find((one) => one.adKey === ad.key);
      if (row) Object.assign(row, { impressions, clicks, spendMinor: spend, landingPageViews: random.poisson(views) });
    }
    for (const ad of set.ads) if (!ads.includes(ad)) ad.creative.seen *= drawn.memory;
    set.unlearned = Math.max(0, set.unlearned - Math.max(events / 50, 1 / (7 * TICKS_PER_DAY)));
    return blank;
  }

  priceOf(set: MarketSet, budget = set.budget): number {
    const spike = this.shock('price');
    return (
      set.price *
      this.day.price *
      (budget / set.reference) ** set.priceExponent *
      (1 + this.drawn.learningCost * set.unlearned) *
      (1 + ((spike?.size ?? 1) - 1) * coverOf(spike, this.tick))
    );
  }

  clickRateOf(set: MarketSet, ad: Pick<Ad, 'creative'>): number {
    return ad.creative.ctr * (1 + ad.creative.seen / set.audience) ** -ad.creative.wear;
  }

  saleRateOf(set: MarketSet, ad: Pick<Ad, 'creative'>, index: number, budget = set.budget): number {
    const drop = this.shock('drop');
    const fallen = drop && drop.size === index && drop.from <= this.tick ? 0.45 : 1;
    return Math.min(0.5, set.cvr * fallen * ad.creative.cvr * (budget / set.reference) ** -set.rateExponent);
  }

  /** The platform prefers the ads it believes in; its belief begins with nothing and is noisy while it learns. */
  private shares(set: MarketSet, ads: readonly Ad[], random: Random | null): number[] {
    const { preference, beliefNoise } = this.drawn;
    const weights = ads.map((ad) => {
      const belief = ((ad.clicked + 24) / (ad.shown + 2000)) ** preference;
      return random ? belief * Math.exp(beliefNoise * (1 + 3 * set.unlearned) * random.normal()) : belief;
    });
    const sum = weights.reduce((a, b) => a + b, 0);
    return weights.map((weight) => weight / sum);
  }

  /** Expected value of the sales one unit of money buys in an ad set at this budget (times margin = return). */
  returnOf(
    set: MarketSet,
    budget = set.budget,
    ads = set.ads.filter((ad) => ad.on && !ad.creative.disapproved),
  ): number {
    const index = this.sets.indexOf(set);
    const shares = this.shares(set, ads, null);
    const perShowing = ads.reduce(
      (sum, ad, at) => sum + (shares[at] ?? 0) * this.clickRateOf(set, ad) * this.saleRateOf(set, ad, index, budget),
      0,
    );
    // Without what passes by itself: learning and the day's weather.
    const price = set.price * Math.exp(this.drift) * (budget / set.reference) ** set.priceExponent;
    return (this.drawn.value * 1000 * perShowing) / price;
  }

  private viewsLost(): number {
    const shock = this.shock('tracking');
    return shock?.size === 1 ? coverOf(shock, this.tick) : 0;
  }

  private account(adKey: string, spend: number, clicks: number, sales: number, random: Random): void {
    const { tick, drawn } = this;
    this.spend += spend;
    for (const kind of ['site', 'checkout', 'tracking'] as const) {
      const cover = coverOf(this.shock(kind), tick);
      if (cover > 0) this.damage[kind] = (this.damage[kind] ?? 0) + spend * cover;
    }
    const memory = this.memories.get(adKey);
    if (memory) memory.clicks[tick] = clicks;
    for (let sale = 0; sale < sales; sale += 1) {
      const odd = random.uniform() < 0.01 ? 4 : 1;
      const value = drawn.value * 0.97 * odd * Math.exp(drawn.orders * random.normal() - drawn.orders ** 2 / 2);
      const delay = delayOf(drawn.arrival, random.uniform());
      if (delay === null) continue;
      const at = tick + delay;
      this.due.set(at, [...(this.due.get(at) ?? []), { clickTick: tick, adKey, value }]);
    }
  }

  private arrive(rows: TickRow[]): void {
    const lost = coverOf(this.shock('tracking'), this.tick);
    const luck = randomFrom(this.options.seed * 977 + this.tick);
    for (const one of this.due.get(this.tick) ?? []) {
      // Reports that fall into lost tracking never come back.
      if (luck.uniform() < lost) continue;
      const memory = this.memories.get(one.adKey);
      if (memory) {
        memory.results[one.clickTick] = (memory.results[one.clickTick] ?? 0) + 1;
        memory.values[one.clickTick] = (memory.values[one.clickTick] ?? 0) + Math.round(one.value);
      }
      const row = rows.find((candidate) => candidate.adKey === one.adKey);
      if (!row) continue;
      row.results += 1;
      row.valueMinor += Math.round(one.value);
    }
    this.due.delete(this.tick);
  }

  private restated(from: number, to: number): RestatedRow[] {
    const newest = this.tick - 1 - (this.options.unusual?.restatedLag ?? 0);
    return [...this.memories].map(([adKey, memory]) => {
      const row = { adKey, clicks: 0, results: 0, valueMinor: 0 };
      for (let tick = Math.max(0, from); tick <= Math.min(to, newest); tick += 1) {
        row.clicks += memory.clicks[tick] ?? 0;
        row.results += memory.results[tick] ?? 0;
        row.valueMinor += memory.values[tick] ?? 0;
      }
      return row;
    });
  }

  apply(action: OptimizerAction): void {
    if (action.kind === 'ask_owner') {
      this.ask();
      return;
    }
    const set = this.sets.find((one) =>
      'adSetKey' in action ? one.key === action.adSetKey : one.ads.some((ad) => ad.key === action.adKey),
    );
    if (!set) return;
    const ad = 'adKey' in action ? set.ads.find((one) => one.key === action.adKey) : undefined;
    if (action.kind === 'pause_ad_set') set.on = false;
    if (action.kind === 'resume_ad_set') set.on = true;
    if (action.kind === 'pause_ad' && ad) ad.on = false;
    if (action.kind === 'resume_ad' && ad) ad.on = true;
    if (action.kind === 'set_budget') this.setBudget(set, action.dailyBudgetMinor);
    const fresh = action.kind === 'replace_creative' && ad ? set.stock.shift() : undefined;
    if (fresh && ad) {
      Object.assign(ad, { creative: fresh, on: true, shown: 0, clicked: 0 });
      set.unlearned = Math.min(1, set.unlearned + 0.5);
    }
  }

  private setBudget(set: MarketSet, wanted: number): void {
    const others = this.sets.reduce((sum, one) => sum + (one === set ? 0 : one.budget), 0);
    const next = Math.max(300, Math.min(Math.round(wanted), this.total - others));
    const step = Math.abs(next / set.budget - 1);
    set.unlearned = step > 0.201 ? 1 : Math.min(1, set.unlearned + (this.drawn.editCost * step) / 0.2);
    set.budget = next;
  }

  private ask(): void {
    if (this.answerDue) return;
    const answer: OwnerAnswer =
      this.isNow('site') || this.isNow('checkout')
        ? 'site-broken'
        : this.isNow('tracking')
          ? 'tracking-broken'
          : 'all-fine';
    // Some hours to more than a day.
    this.answerDue = { tick: this.tick + Math.floor(this.owner.uniform() * 8), answer };
  }
}

function blankRow(tick: number, adKey: string): TickRow {
  return { tick, adKey, impressions: 0, clicks: 0, spendMinor: 0, landingPageViews: 0, results: 0, valueMinor: 0 };
}

/** Showings per person reached when they fall on the audience at random. */
function frequencyOf(perPerson: number): number {
  return perPerson > 0 ? perPerson / (1 - Math.exp(-perPerson)) : 1;
}

/** Ticks until a result is reported; null = never. */
function delayOf(arrival: readonly number[], u: number): number | null {
  let sum = 0;
  for (const [delay, share] of arrival.entries()) {
    sum += share;
    if (u < sum) return delay;
  }
  return null;
}
