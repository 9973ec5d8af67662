/** Every rule of sizing as a bound: Kelly of a stated bet and of trades, of the market, and the caps beside them. */
import { type Allowed, allowedShare, type SizingReason } from '../../risk/sizing/allowed.ts';
import { binaryKelly } from '../../risk/sizing/binary-kelly.ts';
import type { SizingBound } from '../../risk/sizing/binding-bound.ts';
import { volatilityCap, worstFallCap } from '../../risk/sizing/caps.ts';
import { cautiousOutcomes } from '../../risk/sizing/cautious-outcomes.ts';
import { continuousKelly } from '../../risk/sizing/continuous-kelly.ts';
import { DYNAMIC_BASE, dynamicRisk } from '../../risk/sizing/dynamic-risk.ts';
import { literalKelly } from '../../risk/sizing/literal-kelly.ts';
import { logKelly } from '../../risk/sizing/log-kelly.ts';
import { type Bet, outcomesOfBet, outcomesOfSample } from '../../risk/sizing/outcomes.ts';
import { riskConstrainedKelly } from '../../risk/sizing/risk-constrained-kelly.ts';
import { signalLimits, signalSize } from '../../risk/sizing/signal-size.ts';
import type { BoundName } from '../size-result.ts';
import type { SizeTree } from './inputs.ts';
import type { MarketMeasures } from './market-measures.ts';
import type { Side } from './position-terms.ts';
import type { TradeEvidence } from './trade-evidence.ts';

export type Known = {
  readonly tree: SizeTree;
  readonly side: Side | null;
  readonly stopDistance: number;
  /** The stated bet, in fractions of notional; null where none was. */
  readonly bet: Bet | null;
  readonly trades: TradeEvidence | null;
  readonly market: MarketMeasures | null;
};

export type NamedBound = SizingBound & { readonly name: BoundName };

export function boundsOf(known: Known): NamedBound[] {
  return [...kellyOfBet(known), ...kellyOfTrades(known), ...kellyOfMarket(known), ...caps(known)];
}

const none = (reason: SizingReason): Allowed => ({ fraction: null, reason });
const off = (limit: number | null): Allowed =>
  limit === null ? none('off') : { fraction: limit, reason: null };

function ofNotional(name: BoundName, allowed: Allowed): NamedBound {
  return { name, of: 'notional', loss: null, ...allowed };
}

function ofRisk(name: BoundName, allowed: Allowed, loss: number | null): NamedBound {
  return { name, of: 'risk', loss, ...allowed };
}

/** RULES 4.6: Kelly is a fraction at risk; S2's own function takes the same for the position. Both stand, the smaller sizes. */
function kellyOfBet({ bet, tree }: Known): NamedBound[] {
  const { share } = tree.studies.size;
  if (bet === null) {
    const absent = none('not-stated');
    return [ofRisk('kelly-stated', absent, null), ofNotional('kelly-stated-literal', absent)];
  }
  const { winRate, win, loss } = bet;
  const full = binaryKelly({ winRate, win: win / loss, loss: 1 });
  const literal = literalKelly({ winRate, averageWin: win, averageLoss: loss, share });
  return [
    ofRisk('kelly-stated', allowedShare(full, share), loss),
    ofNotional('kelly-stated-literal', literal),
  ];
}

function kellyOfTrades(known: Known): NamedBound[] {
  const { trades } = known;
  if (trades === null) {
    const absent = none('no-journal');
    return [
      ofRisk('kelly-trades', absent, null),
      ofNotional('kelly-trades-literal', absent),
      ofNotional('kelly-risk-constrained', constrained(known)),
    ];
  }
  const { atRisk, averageLoss } = trades.kelly;
  return [
    ofRisk('kelly-trades', atRisk, averageLoss),
    ofNotional('kelly-trades-literal', literalOf(trades, known.tree.studies.size.share)),
    ofNotional('kelly-risk-constrained', constrained(known)),
  ];
}

/** S2's function gives 0 where no trade was lost, which is no judgement: the rule sets no bound there. */
function literalOf({ kelly }: TradeEvidence, share: number): Allowed {
  const { winRate, averageWin, averageLoss, atRisk } = kelly;
  if (winRate === null || averageWin === null || averageLoss === null) return atRisk;
  const literal = literalKelly({ winRate, averageWin, averageLoss, share });
  return literal.reason === null ? { ...literal, reason: atRisk.reason } : literal;
}

/** The largest fraction of notional that keeps the bound on a fall; of the trades, else of the stated bet. */
function constrained({ tree, trades, bet }: Known): Allowed {
  const { fallLevel: alpha, fallProbability: beta } = tree.studies.size;
  if (beta === null) return none('off');
  if (trades === null) {
    if (bet === null) return none('no-journal');
    return kellyAllowed(riskConstrainedKelly(outcomesOfBet(bet), { alpha, beta }), 1);
  }
  const { winRate, averageLoss, atRisk } = trades.kelly;
  if (winRate === null || averageLoss === null) return atRisk;
  const outcomes = cautiousOutcomes(trades.returns, { winRate, loss: averageLoss });
  return kellyAllowed(riskConstrainedKelly(outcomes, { alpha, beta }), 1, atRisk.reason);
}

function kellyAllowed(full: number | null, share: number, caution: SizingReason | null = null): Allowed {
  return full === null ? none('no-losing-return') : allowedShare(full, share, caution);
}

function kellyOfMarket({ market, side, tree }: Known): NamedBound[] {
  const absent = market === null ? none('no-bars') : side === null ? none('no-side') : null;
  if (market === null || side === null || absent !== null) {
    const nothing = absent ?? none('no-bars');
    return [ofNotional('kelly-continuous', nothing), ofNotional('kelly-log', nothing)];
  }
  const { share, riskFree } = tree.studies.size;
  const drift = { mean: side * market.meanAnnual, riskFree, volatility: market.volatilityAnnual };
  const continuous = continuousKelly(drift);
  const daily = market.returns.map((one) => side * one - riskFree / 365);
  return [
    ofNotional(
      'kelly-continuous',
      drift.mean - riskFree > 0
        ? continuous === null
          ? none('no-volatility')
          : allowedShare(continuous, share)
        : { fraction: 0, reason: 'no-edge' },
    ),
    ofNotional('kelly-log', kellyAllowed(logKelly(outcomesOfSample(daily)), share)),
  ];
}

function caps(known: Known): NamedBound[] {
  const { tree, market, stopDistance } = known;
  const { leverage, mmr, volatilityTarget } = tree.studies.size;
  const { maxRisk, maxPositionMargin, maxPositionNotional } = tree.guards['trade-limits'];
  return [
    ofNotional('signal', bySignal(known)),
    ofRisk('dynamic-risk', dynamic(known), stopDistance),
    ofRisk('risk-per-trade', off(maxRisk), stopDistance),
    ofNotional(
      'volatility',
      market === null ? none('no-bars') : volatilityCap(volatilityTarget, market.volatilityDaily),
    ),
    ofNotional('worst-fall', market === null ? none('no-bars') : worstFallCap(market.worstFall, mmr)),
    ofNotional('position-margin', off(maxPositionMargin === null ? null : maxPositionMargin * leverage)),
    ofNotional('position-notional', off(maxPositionNotional)),
    ofNotional('leverage', { fraction: leverage, reason: null }),
  ];
}

/** The first term of S0's minimum; its other two, a position and a risk limit, stand beside it as bounds of their own. */
function bySignal({ market, trades, tree }: Known): Allowed {
  const { signal: stated, buffer } = tree.studies.size;
  const signal = stated ?? trades?.confidence ?? null;
  if (market === null) return none('no-bars');
  if (signal === null) return none('no-signal');
  const { bySignal: fraction, reason } = signalSize(signal, market.volatilityAnnual, {
    ...signalLimits,
    buffer,
  });
  return reason === 'no-edge' ? { fraction: 0, reason } : { fraction, reason };
}

function dynamic({ market, trades, bet, tree }: Known): Allowed {
  const performance = trades?.recentWinRate ?? bet?.winRate ?? null;
  if (market === null) return none('no-bars');
  if (performance === null) return none('no-performance');
  const base = tree.guards['trade-limits'].maxRisk ?? DYNAMIC_BASE;
  return { fraction: dynamicRisk(performance, market.volatility24h, base).limit, reason: null };
}
