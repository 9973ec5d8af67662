/**
 * Circuit breakers: what halts trading when a day, a drawdown, a market, our own orders or the data go wrong.
 *
 * Source  S0 (CircuitBreaker: loss -5 %, 100 trades, volatility 0.30; production -3 %, 50), S1 (circuit breakers, safety
 * mechanisms: execution failures, data quality; auto-recovery in development, manual in production), S4 (drawdown from the
 * peak); RULES 1.12, 3.6, 3.7, 3.9; PEERS 3.17: equity with unrealised results
 */
import { MS_PER_DAY, MS_PER_HOUR } from '../../model/time.ts';
import { compareShare } from '../../risk/compare.ts';
import type { Bounds } from '../bounds.ts';
import type { Finding } from '../decision.ts';
import { agrees, doubtOf, lateness } from '../feed-sanity.ts';
import type { Guard, Say } from '../guard.ts';
import { createLimit, followCount, followLimit, type LimitState, nextShares } from '../limit-alerts.ts';
import { createLossLimit, type LossLimit, lookAtLoss, lossOf, offText, watchLoss } from '../loss-limit.ts';
import { highestVolatility, volatilityOf } from '../measures.ts';
import { isHalted, type View } from '../view.ts';
import type { CircuitBreakersConfig } from './circuit-breakers-config.ts';

type Breaker = Exclude<keyof CircuitBreakersConfig, 'dataSanity'>;

type CircuitBreakersState = {
  readonly config: CircuitBreakersConfig;
  readonly dailyLoss: LossLimit;
  readonly drawdown: LossLimit;
  /** Of the other limits: what has been announced. */
  readonly shares: Readonly<Record<'volatility' | 'tradeCount' | 'executionFailures', LimitState>>;
  /** When the halt for volatility may end, if the market is calm by then; null while there is none. */
  calmFrom: number | null;
  day: number;
  /** Opening fills of the day, or since the halt that the last of them brought. */
  trades: number;
  /** The last orders, the newest last: whether each was rejected. */
  outcomes: boolean[];
  /** Symbols whose feed cannot be right, by index. */
  insane: number[];
};

const names: Readonly<Record<Breaker, string>> = {
  dailyLoss: 'daily-loss',
  drawdown: 'drawdown',
  volatility: 'volatility',
  tradeCount: 'trade-count',
  executionFailures: 'execution-failures',
};

export const circuitBreakers: Guard<CircuitBreakersConfig, CircuitBreakersState> = {
  name: 'circuit-breakers',
  init: (config, { view, alertShares }) => ({
    config,
    dailyLoss: createLossLimit(names.dailyLoss, 'dailyLoss', config.dailyLoss.limit, alertShares),
    drawdown: createLossLimit(names.drawdown, 'drawdown', config.drawdown.limit, alertShares),
    shares: {
      volatility: createLimit(alertShares),
      tradeCount: createLimit(alertShares),
      executionFailures: createLimit(alertShares),
    },
    calmFrom: null,
    day: dayOf(view.time),
    trades: 0,
    outcomes: [],
    insane: [],
  }),
  watch: (own, view, bounds) => {
    watchLoss(own.dailyLoss, bounds);
    watchLoss(own.drawdown, bounds);
    watchMarket(own, view, bounds);
  },
  on: {
    marks: (view, own, _, say) => {
      lookAtLosses(view, own, say);
      lookAtFeeds(view, own, say);
    },
    clock: (view, own, _, say) => {
      lookAtLosses(view, own, say);
      calmDown(view, own, say);
    },
    transfer: (view, own, _, say) => lookAtLosses(view, own, say),
    'bar-close': (view, own, { symbol }, say) => {
      lookAtVolatility(view, own, symbol, say);
      calmDown(view, own, say);
      trustAgain(view, own, symbol, say);
    },
    order: (view, own, { order: { symbol } }, say) => judge(view, own, symbol, say),
    'order-state': (view, own, { state }, say) => {
      if (state === 'rejected') countOutcome(view, own, true, say);
    },
    fill: (view, own, { fill }, say) => {
      if (fill.opening) countTrade(view, own, say);
      if (fill.cause === 'order' || fill.cause === 'engine') countOutcome(view, own, false, say);
    },
    operator: (view, own, { action, of }, say) => {
      if (action === 'halt') return;
      // Losses are measured anew from here on.
      lookAtLosses(view, own, say);
      const isMeant = of === undefined || (of.guard === 'circuit-breakers' && of.rule === names.volatility);
      if (!isMeant || own.config.volatility.resume !== 'manual') return;
      own.calmFrom = null;
      say.on(names.volatility, false);
    },
  },
  rules: ({ config }) => [
    ...(['dailyLoss', 'drawdown', 'volatility', 'tradeCount', 'executionFailures'] as const).map((key) => {
      return { rule: names[key], dead: offText(config[key].limit) };
    }),
    { rule: 'data-sanity', dead: offText(sanityOf(config)) },
  ],
};

function dayOf(time: number): number {
  return Math.floor(time / MS_PER_DAY) * MS_PER_DAY;
}

/** Any of the limits on data; null where all are off. */
function sanityOf({ dataSanity }: CircuitBreakersConfig): number | null {
  return dataSanity.moveSigmas ?? dataSanity.markGap ?? dataSanity.silenceSeconds;
}

function watchMarket(own: CircuitBreakersState, view: View, bounds: Bounds): void {
  const { insane, calmFrom } = own;
  const { dataSanity } = own.config;
  if (calmFrom !== null && calmFrom > view.time) bounds.wake(calmFrom);
  for (let symbol = 0; symbol < view.symbols.length; symbol += 1) {
    watchVolatility(own, view, symbol, bounds);
    if (insane.includes(symbol)) {
      bounds.everyBar(symbol);
      continue;
    }
    if (dataSanity.moveSigmas !== null) bounds.moveAbove(symbol, dataSanity.moveSigmas);
    if (dataSanity.markGap !== null) bounds.gapAbove(symbol, dataSanity.markGap);
  }
}

/** Watches the next share of the limit on either side, and the limit itself. */
function watchVolatility(own: CircuitBreakersState, view: View, symbol: number, bounds: Bounds): void {
  const { limit } = own.config.volatility;
  if (limit === null) return;
  const { up, down } = nextShares(own.shares.volatility);
  if (up !== null) bounds.volatilityAbove(symbol, up * limit);
  // What is below already takes nothing back, and would be told of every bar.
  if (down !== null && volatilityOf(view, symbol) >= down * limit)
    bounds.volatilityBelow(symbol, down * limit);
  if (own.calmFrom === null) bounds.volatilityAbove(symbol, limit);
  else if (own.calmFrom <= view.time) bounds.volatilityBelow(symbol, limit);
}

/** Halts as a breaker is configured to, and closes where it is. */
function trip(view: View, { config, day }: CircuitBreakersState, { key, finding }: Tripped, say: Say): void {
  if (isHalted(view, 'circuit-breakers', names[key])) return;
  const { action, resume, cooldownHours } = config[key];
  if (action === 'close-and-halt') for (const position of view.positions) say.close(position, finding);
  if (resume === 'manual') say.halt(finding, null, true);
  // A calm market is part of the resume of volatility: the guard itself ends that halt.
  else if (key === 'volatility') say.halt(finding, null, false);
  else
    say.halt(finding, resume === 'day' ? day + MS_PER_DAY : view.time + cooldownHours * MS_PER_HOUR, false);
}

type Tripped = { readonly key: Breaker; readonly finding: Finding };

function turnDay(view: View, own: CircuitBreakersState, say: Say): void {
  if (dayOf(view.time) === own.day) return;
  own.day = dayOf(view.time);
  own.trades = 0;
  followTrades(view, own, say);
}

function lookAtLosses(view: View, own: CircuitBreakersState, say: Say): void {
  turnDay(view, own, say);
  for (const key of ['dailyLoss', 'drawdown'] as const) {
    const finding = lookAtLoss(own[key], view, say);
    if (finding !== null) trip(view, own, { key, finding }, say);
  }
}

function lookAtVolatility(view: View, own: CircuitBreakersState, symbol: number, say: Say): void {
  const { limit, resume, cooldownHours } = own.config.volatility;
  if (limit === null) return;
  const highest = highestVolatility(view);
  const compare = (bound: number) => compareShare(highest, 1, bound);
  const about = { rule: names.volatility, measure: 'volatility24h', observed: highest };
  followLimit(own.shares.volatility, { ...about, limit, compare, time: view.time }, say);
  const observed = volatilityOf(view, symbol);
  if (observed <= limit || own.calmFrom !== null) return;
  turnDay(view, own, say);
  own.calmFrom = resume === 'cooldown' ? view.time + cooldownHours * MS_PER_HOUR : own.day + MS_PER_DAY;
  say.on(names.volatility, true);
  const finding: Finding = { ...volatilityFinding(observed, limit), about: { account: null, symbol } };
  trip(view, own, { key: 'volatility', finding }, say);
}

function volatilityFinding(observed: number, threshold: number): Finding {
  return { rule: names.volatility, severity: 'critical', measure: 'volatility24h', observed, threshold };
}

/** Ends the halt for volatility where its time is over and every market is at or below the limit. */
function calmDown(view: View, own: CircuitBreakersState, say: Say): void {
  const { limit, resume } = own.config.volatility;
  if (own.calmFrom === null || limit === null || resume === 'manual' || view.time < own.calmFrom) return;
  const highest = highestVolatility(view);
  if (highest > limit) return;
  own.calmFrom = null;
  say.on(names.volatility, false);
  say.resume({ ...volatilityFinding(highest, limit), severity: 'info' });
}

/** The fills that count against the limit: those before a halt that has ended do not. */
function tradesSoFar(view: View, { config, trades }: CircuitBreakersState): number {
  const { limit } = config.tradeCount;
  const isOver = limit !== null && trades >= limit && !isHalted(view, 'circuit-breakers', names.tradeCount);
  return isOver ? 0 : trades;
}

function followTrades({ time }: View, own: CircuitBreakersState, say: Say): void {
  const { limit } = own.config.tradeCount;
  if (limit === null) return;
  const counted = { rule: names.tradeCount, measure: 'tradesOfDay', observed: own.trades, time };
  followCount(own.shares.tradeCount, counted, limit, say);
  say.on(names.tradeCount, own.trades >= limit);
}

function countTrade(view: View, own: CircuitBreakersState, say: Say): void {
  turnDay(view, own, say);
  own.trades = tradesSoFar(view, own) + 1;
  followTrades(view, own, say);
  const { limit } = own.config.tradeCount;
  if (limit === null || own.trades !== limit) return;
  const finding: Finding = {
    rule: names.tradeCount,
    severity: 'warning',
    measure: 'tradesOfDay',
    observed: own.trades,
    threshold: limit,
  };
  trip(view, own, { key: 'tradeCount', finding }, say);
}

function countOutcome(view: View, own: CircuitBreakersState, failed: boolean, say: Say): void {
  const { limit, window } = own.config.executionFailures;
  if (limit === null) return;
  turnDay(view, own, say);
  own.outcomes = [...own.outcomes, failed].slice(-window);
  if (own.outcomes.length < window) return;
  const failures = own.outcomes.filter((one) => one).length;
  const observed = failures / window;
  const compare = (bound: number) => compareShare(failures, window, bound);
  const about = { rule: names.executionFailures, measure: 'rejectedShare', observed };
  followLimit(own.shares.executionFailures, { ...about, limit, compare, time: view.time }, say);
  const broken = compare(limit) > 0;
  say.on(names.executionFailures, broken);
  if (!broken) return;
  // The count begins anew, so that one bad stretch halts once.
  own.outcomes = [];
  const finding: Finding = { ...about, threshold: limit, severity: 'critical' };
  trip(view, own, { key: 'executionFailures', finding }, say);
}

/** No new risk while a price cannot be right: the halt has no time, the feed itself ends it. */
function lookAtFeeds(view: View, own: CircuitBreakersState, say: Say): void {
  for (let symbol = 0; symbol < view.symbols.length; symbol += 1) {
    if (own.insane.includes(symbol)) continue;
    const doubt = doubtOf(view, symbol, own.config.dataSanity);
    if (doubt === null) continue;
    own.insane.push(symbol);
    say.on('data-sanity', true);
    say.halt(doubt, null, false);
  }
}

function trustAgain(view: View, own: CircuitBreakersState, symbol: number, say: Say): void {
  if (!own.insane.includes(symbol) || !agrees(view, symbol, own.config.dataSanity)) return;
  own.insane = own.insane.filter((one) => one !== symbol);
  if (own.insane.length > 0) return;
  say.on('data-sanity', false);
  const about = { rule: 'data-sanity', severity: 'info', measure: 'close' } as const;
  say.resume({ ...about, observed: view.market.at(symbol, view.time).close, threshold: null });
}

/** Losses and counts halt by themselves; an order is asked how much of them is used, and whether its feed is alive. */
function judge(view: View, own: CircuitBreakersState, symbol: number, say: Say): void {
  turnDay(view, own, say);
  const { volatility, tradeCount, dataSanity } = own.config;
  for (const { rule, measure, limit } of [own.dailyLoss, own.drawdown]) {
    if (limit === null) continue;
    const use = Math.max(0, lossOf(view, measure)) / limit;
    say.use(rule, use, use);
  }
  if (volatility.limit !== null) {
    const use = volatilityOf(view, symbol) / volatility.limit;
    say.use(names.volatility, use, use);
  }
  const trades = tradesSoFar(view, own);
  if (tradeCount.limit !== null)
    say.use(names.tradeCount, (trades + 1) / tradeCount.limit, trades / tradeCount.limit);
  const late = lateness(view, symbol);
  const { silenceSeconds } = dataSanity;
  if (silenceSeconds === null || !(late > silenceSeconds)) return;
  const about = { rule: 'data-sanity', severity: 'warning', measure: 'silenceSeconds' } as const;
  say.deny({ ...about, observed: late, threshold: silenceSeconds });
}
