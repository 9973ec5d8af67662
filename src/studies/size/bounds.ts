/** Every rule of sizing as a bound: Kelly of a stated bet and of trades, of the market, and the caps beside them. */
import { type Allowed, allowedShare, type SizingReason } from '../../risk/sizing/allowed.ts';
import { binaryKelly } from '../../risk/sizing/binary-kelly.ts';
import type { SizingBound } from '../../risk/sizing/binding-bound.ts';
import { volatilityCap, worstFallCap } from '../../risk/sizing/caps.ts';
import { cautiousOutcomes } from '../../risk/sizing/cautious-outcomes.ts';
import { continuousKelly, type Drift } from '../../risk/sizing/continuous-kelly.ts';
import { DYNAMIC_BASE, dynamicRisk } from '../../risk/sizing/dynamic-risk.ts';
import { literalKelly } from '../../risk/sizing/literal-kelly.ts';
import { logKelly } from '../../risk/sizing/log-kelly.ts';
import { type Bet, type Outcomes, outcomesOfBet, outcomesOfSample } from '../../risk/sizing/outcomes.ts';
import { riskConstrainedKelly } from '../../risk/sizing/risk-constrained-kelly.ts';
import { signalLimits, signalSize } from '../../risk/sizing/signal-size.ts';
import type { BoundName } from './bound-names.ts';
import type { SizeTree } from './inputs.ts';
import { DAYS_A_YEAR, driftOf, type MarketMeasures } from './market-measures.ts';
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

/** All of them, in the order in which the first of equal ones binds. */
export function boundsOf(known: Known): NamedBound[] {
  const beside = known.trades !== null || known.bet !== null;
  const held = kellyOfMarket(known);
  return [
    ...kellyOfBet(known),
    ...kellyOfTrades(known),
    ...(beside ? held.map(standBeside) : held),
    ...caps(known),
  ];
}

/**
 * The drift of a market is no evidence against trades that go in and out of it, and on a year of days it is noise: where there
 * is better evidence it is told and does not bind.
 */
function standBeside(bound: NamedBound): NamedBound {
  return bound.fraction === null ? bound : { ...bound, reason: 'other-bet' };
}

export function mayBind({ reason }: Pick<NamedBound, 'reason'>): boolean {
  return reason !== 'other-bet';
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
  const { trades, bet, tree } = known;
  const { share, fallLevel: alpha, fallProbability: beta } = tree.studies.size;
  const { atRisk, averageLoss } = trades?.kelly ?? { atRisk: none('no-journal'), averageLoss: null };
  const whole = outcomesOf(trades);
  // A stated bet has no distribution but its own.
  const bounded = trades === null && bet !== null ? outcomesOfBet(bet) : whole;
  const constrained =
    bounded === null || beta === null ? null : riskConstrainedKelly(bounded, { alpha, beta });
  const caution = bounded === whole ? atRisk.reason : null;
  return [
    ofRisk('kelly-trades', atRisk, averageLoss),
    ofNotional('kelly-trades-literal', trades === null ? atRisk : literalOf(trades, share)),
    ofNotional(
      'kelly-trades-log',
      whole === null ? atRisk : kellyAllowed(logKelly(whole), share, atRisk.reason),
    ),
    ofNotional(
      'kelly-risk-constrained',
      beta === null ? none('off') : bounded === null ? atRisk : kellyAllowed(constrained, 1, caution),
    ),
  ];
}

/** The trades as a distribution with the win rate that is sized by; null where there is none. */
export function outcomesOf(trades: TradeEvidence | null): Outcomes | null {
  const { winRate, averageLoss } = trades?.kelly ?? { winRate: null, averageLoss: null };
  if (trades === null || winRate === null || averageLoss === null) return null;
  return cautiousOutcomes(trades.returns, { winRate, loss: averageLoss });
}

/** S2's function gives 0 where no trade was lost, which is no judgement: the rule sets no bound there. */
function literalOf({ kelly }: TradeEvidence, share: number): Allowed {
  const { winRate, averageWin, averageLoss, atRisk } = kelly;
  if (winRate === null || averageWin === null || averageLoss === null) return atRisk;
  const literal = literalKelly({ winRate, averageWin, averageLoss, share });
  return literal.reason === null ? { ...literal, reason: atRisk.reason } : literal;
}

function kellyAllowed(full: number | null, share: number, caution: SizingReason | null = null): Allowed {
  return full === null ? none('no-losing-return') : allowedShare(full, share, caution);
}

function kellyOfMarket({ market, side, tree }: Known): NamedBound[] {
  if (market === null || side === null) {
    const absent = none(market === null ? 'no-bars' : 'no-side');
    return [ofNotional('kelly-continuous', absent), ofNotional('kelly-log', absent)];
  }
  const { share, riskFree } = tree.studies.size;
  const daily = market.returns.map((one) => side * one - riskFree / DAYS_A_YEAR);
  return [
    ofNotional('kelly-continuous', continuous(driftOf(market, side, riskFree), share)),
    ofNotional('kelly-log', kellyAllowed(logKelly(outcomesOfSample(daily)), share)),
  ];
}

function continuous(drift: Drift, share: number): Allowed {
  // Without volatility too: what does not move has no edge.
  if (!(drift.mean > drift.riskFree)) return { fraction: 0, reason: 'no-edge' };
  const full = continuousKelly(drift);
  return full === null ? none('no-volatility') : allowedShare(full, share);
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
  const recent = trades?.recentWinRate ?? bet?.winRate ?? null;
  if (market === null) return none('no-bars');
  if (recent === null) return none('no-performance');
  const base = tree.guards['trade-limits'].maxRisk ?? DYNAMIC_BASE;
  return { fraction: dynamicRisk(recent, market.volatility24h, base).limit, reason: null };
}
