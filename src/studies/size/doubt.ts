/** What the size does to wealth: growth and ruin over the trades with their doubt, and over the drift of the market. */
import { continuousGrowth, continuousKelly, type Drift } from '../../risk/sizing/continuous-kelly.ts';
import { everFallProbability } from '../../risk/sizing/ever-fall.ts';
import { growthRate } from '../../risk/sizing/growth.ts';
import { type GrowthDoubt, type GrowthDoubtOptions, growthDoubt } from '../../risk/sizing/growth-doubt.ts';
import { logKelly } from '../../risk/sizing/log-kelly.ts';
import { type Outcomes, outcomesOfBet, outcomesOfSample, ruinBound } from '../../risk/sizing/outcomes.ts';
import { cautiousWinRate } from '../../risk/sizing/win-rate.ts';
import type { SizeConfig } from '../size-config.ts';
import type { SizeResult } from '../size-result.ts';
import { type Known, outcomesOf } from './bounds.ts';
import type { DoubtReason } from './doubt-reasons.ts';
import { driftOf } from './market-measures.ts';
import type { TradeEvidence } from './trade-evidence.ts';

type Growth = SizeResult['growth'];
type Ruin = SizeResult['ruin'];

/** Below it days say too little (RULES 1.10). */
const DAYS_MIN = 20;
/** Points of the curve beside its beginning. */
const STEPS = 16;
/** How near to the size that the worst trade ruins the curve goes. */
const NEARLY_RUINED = 0.99;

/** @param size  notional over equity */
export function doubtOf(
  known: Known,
  { size, seed }: { readonly size: number; readonly seed: number },
): { readonly growth: Growth; readonly ruin: Ruin } {
  const { tree, trades } = known;
  const { ruinLevel: level, ruinHorizon: horizon } = tree.studies.size;
  if (trades !== null && trades.returns.length > 1 && cautionOf(trades) !== null)
    return cautiously(trades, known, size);
  const reason = reasonOf(known, size);
  const drawn = trades !== null && trades.returns.length > 1 ? trades : null;
  const options = drawn === null ? null : optionsOf(drawn, tree.studies.size, { size, seed });
  const doubt = options === null || drawn === null || size === 0 ? null : growthDoubt(drawn.returns, options);
  const fastest = drawn === null ? null : logKelly(outcomesOfSample(drawn.returns));
  return {
    growth: {
      perTrade: size === 0 ? 0 : doubt === null ? growthOfBet(known, size) : doubt.growth,
      perTradeInterval: doubt?.growthInterval ?? null,
      shrinks: doubt?.shrinks ?? null,
      annual: annualGrowth(known, size),
      curve: drawn === null || options === null ? [] : curveOf(drawn, options, fastest),
      fastest,
      reason,
    },
    ruin: { level, horizon, ...(size === 0 ? never : ruinOf(doubt)), ever: everFall(known, size), reason },
  };
}

/** Why the size rests on a lower bound of the win rate; null where it rests on the observed one. */
function cautionOf({ kelly: { winners, losers } }: TradeEvidence): 'few-trades' | 'no-loser' | null {
  return winners + losers === 0 ? null : cautiousWinRate(winners, losers).reason;
}

/**
 * Worlds drawn from so few trades, or from ones without a loser, would rest on the very rate that the size does not trust: growth
 * is of the distribution that is sized by, and what would have to be drawn is not told.
 */
function cautiously(
  trades: TradeEvidence,
  known: Known,
  size: number,
): { readonly growth: Growth; readonly ruin: Ruin } {
  const { ruinLevel: level, ruinHorizon: horizon } = known.tree.studies.size;
  const outcomes = outcomesOf(trades);
  const reason = reasonOf(known, size);
  const fastest = outcomes === null ? null : logKelly(outcomes);
  // The distribution is of trades that were won or lost; the others change nothing.
  const decided = 1 - trades.kelly.flat / trades.returns.length;
  const growthAt = (at: number): number | null => {
    const rate = outcomes === null ? null : growthRate(outcomes, at);
    return rate === null ? null : decided * rate;
  };
  const growth: Growth = {
    perTrade: size === 0 ? 0 : growthAt(size),
    perTradeInterval: null,
    shrinks: null,
    annual: null,
    curve: curveSizes(outcomes, fastest).map((at) => ({
      size: at,
      growth: growthAt(at),
      low: null,
      high: null,
    })),
    fastest,
    reason,
  };
  return { growth, ruin: { level, horizon, ...(size === 0 ? never : ruinOf(null)), ever: null, reason } };
}

/** Of a size of 0. */
const never = {
  probability: 0,
  error: 0,
  bound: null,
  asSampled: 0,
  asSampledError: 0,
  asSampledBound: null,
} as const;

function ruinOf(doubt: GrowthDoubt | null): Omit<Ruin, 'level' | 'horizon' | 'ever' | 'reason'> {
  return {
    probability: doubt?.fall.probability ?? null,
    error: doubt?.fall.error ?? null,
    bound: doubt?.fall.bound ?? null,
    asSampled: doubt?.fallAsSampled.probability ?? null,
    asSampledError: doubt?.fallAsSampled.error ?? null,
    asSampledBound: doubt?.fallAsSampled.bound ?? null,
  };
}

function reasonOf({ trades, bet }: Known, size: number): DoubtReason | null {
  if (trades === null) return bet === null ? 'no-evidence' : 'stated';
  if (trades.returns.length < 2) return 'one-trade';
  const caution = cautionOf(trades);
  if (size > 0 && caution !== null) return caution;
  if (trades.days === null) return 'no-days';
  if (trades.days < DAYS_MIN) return 'few-days';
  return size === 0 ? 'no-size' : null;
}

function optionsOf(
  { day, days }: TradeEvidence,
  config: SizeConfig,
  { size, seed }: { readonly size: number; readonly seed: number },
): GrowthDoubtOptions {
  return {
    size,
    level: config.ruinLevel,
    horizon: config.ruinHorizon,
    replicates: config.replicates,
    paths: config.paths,
    seed,
    confidence: config.intervalLevel,
    // Trades of a single day cannot be drawn by days; the reason `few-days` stands beside what comes of it.
    day: (days ?? 0) > 1 ? day : null,
  };
}

function curveOf(
  { returns }: TradeEvidence,
  options: GrowthDoubtOptions,
  fastest: number | null,
): Growth['curve'] {
  return curveSizes(outcomesOfSample(returns), fastest).map((size) => {
    const { growth, growthInterval } = growthDoubt(returns, { ...options, size, paths: 1, horizon: 1 });
    return { size, growth, ...growthInterval };
  });
}

/** 0 to twice the fastest size, or nearly to the one at which the worst trade leaves nothing. */
function curveSizes(outcomes: Outcomes | null, fastest: number | null): number[] {
  if (outcomes === null || fastest === null || fastest === 0) return [];
  const most = (ruinBound(outcomes) ?? Number.POSITIVE_INFINITY) * NEARLY_RUINED;
  const top = Math.min(2 * fastest, most);
  return Array.from({ length: STEPS + 1 }, (_, k) => (top * k) / STEPS);
}

function growthOfBet({ bet, trades }: Known, size: number): number | null {
  return bet === null || trades !== null ? null : growthRate(outcomesOfBet(bet), size);
}

type Held = {
  readonly drift: Drift /** Of the Kelly fraction; below 0 against the drift. */;
  readonly multiple: number;
};

/** The market held at a size; null where trades or a bet are sized, and without a side, a drift or a volatility. */
function heldAt({ market, side, trades, bet, tree }: Known, size: number): Held | null {
  if (market === null || side === null || trades !== null || bet !== null) return null;
  const drift = driftOf(market, side, tree.studies.size.riskFree);
  const full = continuousKelly(drift);
  return full === null || full === 0 ? null : { drift, multiple: size / full };
}

function annualGrowth(known: Known, size: number): number | null {
  const held = heldAt(known, size);
  return held === null ? null : continuousGrowth(held.drift, held.multiple);
}

/** Against the drift wealth falls to any level for sure. */
function everFall(known: Known, size: number): number | null {
  const held = heldAt(known, size);
  if (held === null) return null;
  return held.multiple < 0 ? 1 : everFallProbability(held.multiple, known.tree.studies.size.ruinLevel);
}
