import type {
  OptimizerAction,
  OwnerAnswer,
  RestatedRow,
  TickInput,
  TickRow,
} from '../../../lib/domain/optimization/optimizer/types';
import { type Random, randomFrom } from '../../../lib/domain/statistics/random';

/** The bench's own market: ad sets of unlike quality, tiring creatives, learning, delays, seasons and shocks. */
export const TICKS_PER_DAY = 6;
export const MARKET_DAYS = 56;
const HOUR_WEIGHT = [0.45, 0.7, 1.15, 1.25, 1.45, 1.0];
const WEEKDAY = [1.02, 1.05, 1.07, 1.05, 1.0, 0.93, 0.88];
/** Share of results reported k ticks after the click; what is left never is. */
const ARRIVAL = [0.36, 0.1, 0.07, 0.05, 0.04, 0.04, ...Array.from({ length: 36 }, (_, k) => 0.024 * 0.93 ** k)];

export type ShockKind = 'tracking' | 'site' | 'checkout' | 'price' | 'missing';
export type Shock = { kind: ShockKind; from: number; to: number; size: number };
export type MarketOptions = { seed: number; equal?: boolean; calm?: boolean; learning?: boolean };

type Creative = { id: string; ctr: number; cvr: number; wear: number; seen: number; disapproved: boolean };
type Ad = { key: string; creative: Creative; on: boolean; shown: number; clicked: number };
export type MarketSet = {
  key: string;
  budget: number;
  on: boolean;
  ads: Ad[];
  stock: Creative[];
  price: number;
  cvr: number;
  reference: number;
  audience: number;
  priceExponent: number;
  rateExponent: number;
  unlearned: number;
  offTicks: number;
};
type Pending = { due: number; clickTick: number; adKey: string; creativeTick: number; value: number };

/** Ticks until a result is reported; -1 = never. */
function arrivalDelay(u: number): number {
  let sum = 0;
  return ARRIVAL.findIndex((share) => {
    sum += share;
    return u < sum;
  });
}

export class Market {
  readonly sets: MarketSet[] = [];
  readonly margin: number;
  readonly value: number;
  readonly shocks: Shock[];
  readonly total: number;
  tick = 0;
  profit = 0;
  spend = 0;
  sales = 0;
  readonly damage: Record<ShockKind, number> = { tracking: 0, site: 0, checkout: 0, price: 0, missing: 0 };
  private readonly random: Random;
  private pending: Pending[] = [];
  private readonly reported: { clickTick: number; adKey: string; value: number }[] = [];
  private readonly clicksAt = new Map<string, number>();
  private unreported: TickRow[] = [];
  private answerDue: { tick: number; answer: OwnerAnswer } | null = null;
  private drift = 0;
  private day = { price: 1, ctr: 1, cvr: 1 };

  constructor(private readonly options: MarketOptions) {
    const random = randomFrom(options.seed);
    this.random = random;
    const spread = options.equal ? 0 : 1;
    const campaigns = 1 + Math.floor(random.uniform() * 3);
    const sets = Math.max(
      1,
      Array.from({ length: campaigns }, () => 1 + Math.floor(random.uniform() * 4)).reduce((a, b) => a + b, 0),
    );
    this.total = Math.round(100 * Math.max(Math.min(90 * Math.exp(0.8 * random.normal()), 1000), 8 * sets));
    this.margin = 0.35 + 0.4 * random.uniform();
    const accountCvr = Math.min(0.08, Math.max(0.01, 0.025 * Math.exp(0.45 * random.normal())));
    const accountCtr = 0.012 * Math.exp(0.3 * random.normal());
    const accountPrice = 1300 * Math.exp(0.3 * random.normal());
    for (let index = 0; index < sets; index += 1)
      this.sets.push(this.makeSet(index, sets, { accountCtr, accountPrice, accountCvr, spread }));
    // Reported return has a median of two; the order value follows from that.
    const clickCost = accountPrice / 1000 / accountCtr;
    this.value = (2 * Math.exp(0.4 * random.normal()) * clickCost) / accountCvr;
    this.shocks = options.calm ? [] : this.drawShocks();
  }

  private makeSet(
    index: number,
    count: number,
    account: { accountCtr: number; accountPrice: number; accountCvr: number; spread: number },
  ): MarketSet {
    const { random } = this;
    const { spread } = account;
    const setCtr = account.accountCtr * Math.exp(0.2 * spread * random.normal());
    const tied = random.uniform() < 1 / 3;
    const width = spread * (tied ? 0.03 : 0.12 + 0.28 * random.uniform());
    const creative = (id: string, mean = 0): Creative => {
      const quality = mean + width * random.normal();
      return {
        id,
        ctr: setCtr * Math.exp(quality),
        cvr: Math.exp(spread * (-0.2 * quality + 0.6 * width * random.normal())),
        wear: 0.43 * Math.exp(0.25 * random.normal()),
        seen: 0,
        disapproved: false,
      };
    };
    const key = `s${index}`;
    const budget = Math.round(this.total / count);
    const ads = 2 + Math.floor(random.uniform() * 3);
    return {
      key,
      budget,
      on: true,
      price: account.accountPrice * Math.exp(0.2 * spread * random.normal()),
      cvr: account.accountCvr * Math.exp(0.3 * spread * random.normal()),
      reference: budget,
      audience: (((budget * MARKET_DAYS) / account.accountPrice) * 1000) / Math.exp(0.6 + 0.5 * random.normal()),
      ads: Array.from({ length: ads }, (_, ad) => ({
        key: `${key}a${ad}`,
        creative: creative(`${key}a${ad}c0`),
        on: true,
        shown: 0,
        clicked: 0,
      })),
      stock: Array.from({ length: 2 }, (_, at) => creative(`${key}stock${at}`, -0.05 * spread)),
      priceExponent: 0.12 + 0.08 * random.uniform(),
      rateExponent: 0.04 + 0.1 * random.uniform(),
      unlearned: this.options.learning === false ? 0 : 0.5,
      offTicks: 0,
    };
  }

  private drawShocks(): Shock[] {
    const { random } = this;
    const kinds: [ShockKind, number, number, number][] = [
      ['tracking', 0.25, 6, 24],
      ['site', 0.2, 2, 8],
      ['checkout', 0.2, 3, 10],
      ['price', 0.3, 12, 42],
      ['missing', 0.35, 1, 4],
    ];
    return kinds.flatMap(([kind, chance, least, most]) => {
      if (random.uniform() > chance) return [];
      const from = 36 + Math.floor(random.uniform() * (MARKET_DAYS * TICKS_PER_DAY - 90));
      return [
        {
          kind,
          from,
          to: from + least + Math.floor(random.uniform() * (most - least)),
          size: kind === 'price' ? 1.5 + random.uniform() * 0.5 : 1,
        },
      ];
    });
  }

  shockAt(kind: ShockKind, tick = this.tick): Shock | undefined {
    return this.shocks.find((shock) => shock.kind === kind && shock.from <= tick && tick < shock.to);
  }

  /** Delivers one tick and returns what may be seen of it. */
  next(): TickInput {
    const { tick } = this;
    if (tick % TICKS_PER_DAY === 0) {
      // The weather is the market's own, not a result of what a policy does: the same for every policy.
      const weather = randomFrom(this.options.seed * 1009 + tick);
      this.drift += 0.012 * weather.normal();
      this.day = {
        price: Math.exp(0.06 * weather.normal()),
        ctr: Math.exp(0.05 * weather.normal()),
        cvr: Math.exp(0.07 * weather.normal()),
      };
    }
    // Each ad set's luck of a tick is its own: policies that do the same meet the same.
    const rows = this.sets.flatMap((set, index) =>
      this.deliver(set, randomFrom((this.options.seed * 131 + tick) * 17 + index)),
    );
    this.arrive(rows);
    this.tick += 1;
    const missing = this.shockAt('missing', tick) !== undefined;
    this.unreported.push(...rows);
    const seen = missing ? [] : this.unreported;
    if (!missing) this.unreported = [];
    const answer = this.answerDue && this.answerDue.tick <= tick ? this.answerDue.answer : null;
    if (answer) this.answerDue = null;
    return {
      tick,
      rows: seen,
      completeThrough: missing ? (this.shockAt('missing', tick)?.from ?? tick) - 1 : tick,
      adSets: this.sets.map((set) => ({
        key: set.key,
        dailyBudgetMinor: set.budget,
        on: set.on,
        learning: set.unlearned > 0.1,
        stock: set.stock.length,
      })),
      ads: this.sets.flatMap((set) =>
        set.ads.map((ad) => ({
          key: ad.key,
          adSetKey: set.key,
          on: ad.on && !ad.creative.disapproved,
          creative: ad.creative.id,
        })),
      ),
      siteAnswers: this.shockAt('site', tick) === undefined,
      answer,
      restated: (from, to) => this.restated(from, to),
    };
  }

  private deliver(set: MarketSet, random: Random): TickRow[] {
    const { tick } = this;
    const ads = set.ads.filter((ad) => ad.on && !ad.creative.disapproved);
    const blank = set.ads.map(
      (ad): TickRow => ({
        tick,
        adKey: ad.key,
        impressions: 0,
        clicks: 0,
        spendMinor: 0,
        landingPageViews: 0,
        results: 0,
        valueMinor: 0,
      }),
    );
    if (!set.on || ads.length === 0) {
      set.offTicks += 1;
      if (set.offTicks === 42 && this.options.learning !== false) set.unlearned = Math.max(set.unlearned, 0.4);
      return blank;
    }
    set.offTicks = 0;
    const wanted =
      (set.budget / TICKS_PER_DAY) *
      (HOUR_WEIGHT[tick % TICKS_PER_DAY] ?? 1) *
      (WEEKDAY[Math.floor(tick / TICKS_PER_DAY) % 7] ?? 1) *
      Math.exp(0.05 * random.normal());
    const pressure = set.budget / set.reference;
    const price =
      set.price *
      this.day.price *
      Math.exp(this.drift) *
      pressure ** set.priceExponent *
      (1 + 0.6 * set.unlearned) *
      (this.shockAt('price')?.size ?? 1);
    const weights = ads.map(
      (ad) => ((ad.clicked + 24) / (ad.shown + 2000)) ** 1.3 * Math.exp((0.1 + 0.5 * set.unlearned) * random.normal()),
    );
    const sum = weights.reduce((a, b) => a + b, 0);
    let events = 0;
    for (const [at, ad] of ads.entries()) {
      const spend = Math.round((wanted * (weights[at] ?? 0)) / sum);
      const impressions = random.poisson((spend / price) * 1000);
      const fresh = (1 + ad.creative.seen / set.audience) ** -ad.creative.wear;
      const clickRate = ad.creative.ctr * fresh * this.day.ctr;
      const clicks = random.poisson(impressions * clickRate);
      ad.creative.seen = ad.creative.seen * 0.9945 + impressions;
      ad.shown = ad.shown * 0.995 + impressions;
      ad.clicked = ad.clicked * 0.995 + clicks;
      const broken = this.shockAt('site') ?? this.shockAt('checkout');
      const saleRate = broken
        ? 0
        : Math.min(0.5, set.cvr * ad.creative.cvr * this.day.cvr * pressure ** -set.rateExponent);
      const sales = random.poisson(clicks * saleRate);
      events += sales;
      // Profit is counted by expectation: the luck of single orders would only blur the comparison.
      this.profit += this.margin * this.value * (spend / price) * 1000 * clickRate * saleRate;
      this.account(ad.key, spend, clicks, sales, random);
      const row = blank.find((one) => one.adKey === ad.key);
      if (row)
        Object.assign(row, {
          impressions,
          clicks,
          spendMinor: spend,
          landingPageViews: this.shockAt('site')
            ? 0
            : this.shockAt('tracking')?.size === 1
              ? 0
              : Math.round(clicks * 0.82),
        });
    }
    set.unlearned *= Math.min(0.985, 1 - events / 50);
    return blank;
  }

  private account(adKey: string, spend: number, clicks: number, sales: number, random: Random): void {
    const { tick } = this;
    this.spend += spend;
    this.profit -= spend;
    this.clicksAt.set(`${tick}:${adKey}`, clicks);
    for (const kind of ['site', 'checkout', 'tracking'] as const) if (this.shockAt(kind)) this.damage[kind] += spend;
    for (let sale = 0; sale < sales; sale += 1) {
      const value = this.value * Math.exp(0.7 * random.normal() - 0.245);
      this.sales += 1;
      const delay = arrivalDelay(random.uniform());
      if (delay >= 0 && !this.shockAt('tracking'))
        this.pending.push({ due: tick + delay, clickTick: tick, adKey, creativeTick: tick, value });
    }
  }

  private arrive(rows: TickRow[]): void {
    const due = this.pending.filter((one) => one.due <= this.tick);
    this.pending = this.pending.filter((one) => one.due > this.tick);
    for (const one of due) {
      // Reports that fall into lost tracking never come back.
      if (this.shockAt('tracking')) continue;
      this.reported.push(one);
      const row = rows.find((candidate) => candidate.adKey === one.adKey);
      if (row) {
        row.results += 1;
        row.valueMinor += Math.round(one.value);
      }
    }
  }

  private restated(from: number, to: number): RestatedRow[] {
    const byAd = new Map<string, RestatedRow>();
    const rowOf = (adKey: string) => {
      const row = byAd.get(adKey) ?? { adKey, clicks: 0, results: 0, valueMinor: 0 };
      byAd.set(adKey, row);
      return row;
    };
    for (const set of this.sets)
      for (const ad of set.ads)
        for (let tick = from; tick <= to; tick += 1)
          rowOf(ad.key).clicks += this.clicksAt.get(`${tick}:${ad.key}`) ?? 0;
    for (let at = this.reported.length - 1; at >= 0; at -= 1) {
      const one = this.reported[at];
      if (!one || one.clickTick < from - 60) break;
      if (one.clickTick < from || one.clickTick > to) continue;
      const row = rowOf(one.adKey);
      row.results += 1;
      row.valueMinor += Math.round(one.value);
    }
    return [...byAd.values()];
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
      this.unlearn(set, 0.25);
    }
  }

  private setBudget(set: MarketSet, wanted: number): void {
    const others = this.sets.reduce((sum, one) => sum + (one === set ? 0 : one.budget), 0);
    const next = Math.max(300, Math.min(Math.round(wanted), this.total - others));
    const step = Math.abs(next / set.budget - 1);
    this.unlearn(set, step > 0.2001 ? 0.5 : 0.15 * step);
    set.budget = next;
  }

  private unlearn(set: MarketSet, amount: number): void {
    if (this.options.learning !== false) set.unlearned = Math.min(0.6, set.unlearned + amount);
  }

  private ask(): void {
    if (this.answerDue) return;
    const answer =
      (this.shockAt('site') ?? this.shockAt('checkout'))
        ? 'site-broken'
        : this.shockAt('tracking')
          ? 'tracking-broken'
          : 'all-fine';
    this.answerDue = { tick: this.tick + 1 + Math.floor(this.random.uniform() * 6), answer };
  }

  /** True results per money of an ad set at its present budget, for the clairvoyant. */
  trueRate(set: MarketSet): number {
    const ads = set.ads.filter((ad) => ad.on);
    const best = ads.map(
      (ad) => ad.creative.ctr * ad.creative.cvr * (1 + ad.creative.seen / set.audience) ** -ad.creative.wear,
    );
    const pressure = set.budget / set.reference;
    return (
      ((best.reduce((a, b) => a + b, 0) / Math.max(1, best.length)) *
        1000 *
        set.cvr *
        pressure ** -(set.priceExponent + set.rateExponent)) /
      set.price
    );
  }
}
