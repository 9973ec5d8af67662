/** A run from its start to its report. */

import type { DecisionKind } from '../engine/decision.ts';
import { createPriceBounds } from '../engine/watch.ts';
import type { Book } from '../model/book.ts';
import { type Money, money, moneyText, roundAgainst, scaleOf, zero } from '../model/money.ts';
import { lowestLevel, readMargin } from '../risk/read-margin.ts';
import { accountMoney } from '../venue/account-equity.ts';
import { createVenueState } from '../venue/create-venue.ts';
import { beginDay } from '../venue/daily-loss.ts';
import type { Ledger } from '../venue/ledger.ts';
import { type Prices, type Venue, venueOf } from '../venue/venue.ts';
import type { VenueWorld } from '../venue/venue-world.ts';
import { points } from './downsample.ts';
import { drive } from './drive.ts';
import type { Path } from './path.ts';
import type { Protection } from './protection.ts';
import { createRecorder } from './recorder.ts';
import type { RunResult } from './run-result.ts';
import { copyRow, type Legs, observeRun, type Run } from './run-state.ts';
import type { Timeline } from './timeline.ts';
import { createTradeStates, tradeState } from './trade-states.ts';

export type RunPlan = {
  readonly world: VenueWorld;
  readonly book: Book;
  readonly path: Path;
  readonly timeline: Timeline;
  readonly legs: Legs;
  /** How many points of equity the report keeps. */
  readonly points: number;
  /** Whether the margin level over time is kept as well. */
  readonly withLevels: boolean;
  /** Puts the engine beside a venue at its start; null runs without protection. */
  readonly protect: ((venue: Venue) => Protection) | null;
};

/** A run at its start: the book at the first prices of the path, nothing done yet. */
export function createRun(plan: RunPlan): Run {
  const { world, book, path, timeline, legs, points: kept, withLevels, protect } = plan;
  const prices = emptyPrices(path.symbols.length);
  if (path.time.length > 0) copyRow(path, 0, prices);
  const venue = venueOf(world, createVenueState(world, book, path.time[0] ?? 0), prices);
  const run: Run = {
    path,
    timeline,
    venue,
    recorder: createRecorder(path.time.length, kept, withLevels),
    trades: createTradeStates(timeline.entries.length),
    legs,
    equity: new Float64Array(book.accounts.length),
    target: emptyPrices(path.symbols.length),
    bounds: createPriceBounds(path.symbols.length),
    place: { instant: 0, happening: 0, row: -1 },
    fills: [],
    protection: protect === null ? null : protect(venue),
  };
  observeRun(run, 0);
  beginDay(venue, run.equity);
  return run;
}

function emptyPrices(symbols: number): Prices {
  return {
    last: new Float64Array(symbols).fill(Number.NaN),
    mark: new Float64Array(symbols).fill(Number.NaN),
  };
}

/** Drives a run from its start to its end and reports it. */
export function completeRun(plan: RunPlan): RunResult {
  const run = createRun(plan);
  const start = moneyOf(run.venue);
  drive(run);
  return reportRun(run, start);
}

export type BookMoney = { readonly cash: Money; readonly unrealised: Money; readonly collateral: Money };

/** Cash, unrealised PnL and collateral of all accounts at the prices of the moment, each rounded once. */
export function moneyOf(venue: Venue): BookMoney {
  const scale = scaleOf(currencyOf(venue));
  const parts = venue.state.accounts.map((account) => accountMoney(venue, account));
  const total = (part: keyof BookMoney) =>
    roundAgainst(
      parts.reduce((sum, one) => sum.plus(one[part]), zero),
      scale,
    );
  return { cash: total('cash'), unrealised: total('unrealised'), collateral: total('collateral') };
}

/** The currency that a book is reported in: that of its accounts. */
function currencyOf({ state }: Venue): string {
  return state.accounts[0]?.currency ?? 'USDT';
}

/** What a run has come to, against the money that it began with. */
export function reportRun(run: Run, start: BookMoney): RunResult {
  const { venue, recorder, path } = run;
  const { state } = venue;
  copyEnd(run);
  const end = moneyOf(venue);
  const sums = ledgerSums(venue);
  const lostCollateral = state.accounts.reduce((sum, one) => sum.plus(one.lostCollateral), zero);
  const flows = sums.realised.plus(sums.funding).minus(sums.fees).plus(sums.transfers).minus(sums.lost);
  return {
    currency: currencyOf(venue),
    startCash: moneyText(start.cash),
    endCash: moneyText(end.cash),
    startUnrealised: moneyText(start.unrealised),
    endUnrealised: moneyText(end.unrealised),
    startCollateral: moneyText(start.collateral),
    endCollateral: moneyText(end.collateral),
    startEquity: moneyText(start.cash.plus(start.unrealised).plus(start.collateral)),
    endEquity: moneyText(end.cash.plus(end.unrealised).plus(end.collateral)),
    realisedPnl: moneyText(sums.realised),
    fundingPnl: moneyText(sums.funding),
    fees: moneyText(sums.fees),
    transfers: moneyText(sums.transfers),
    revaluation: moneyText(end.cash.minus(start.cash).minus(flows)),
    counterpartyLoss: moneyText(sums.lost.plus(lostCollateral)),
    lostCollateral: moneyText(lostCollateral),
    shortfall: moneyText(sums.shortfall),
    maxDrawdown: recorder.maxDrawdown,
    minMarginLevel: finite(recorder.minMarginLevel),
    endMarginLevel: endLevel(venue),
    minMarginRemaining: finite(recorder.minMarginRemaining),
    liquidations: state.liquidations.map((one) => told(one, path)),
    adl: state.adl.map((one) => told(one, path)),
    trades: tradesOf(run),
    orders: {
      ...state.counts,
      allowed: countOf(run, 'allow'),
      resized: countOf(run, 'resize'),
      denied: countOf(run, 'deny') + (run.protection?.state.faults.denied ?? 0),
      onTheWay: run.protection?.state.queue.length ?? 0,
      reasons: state.rejections.map((one) => ({ ...one })),
    },
    slippage: { ...state.slippage },
    decisions: decisionsOf(run),
    ledgers: state.accounts.flatMap(({ id, wallets }) =>
      wallets.map(({ ledger }) => ({ account: id, ...ledgerRow(ledger) })),
    ),
    equity: rounded(points(recorder.curve)),
    marginLevel: recorder.levels === null ? [] : rounded(points(recorder.levels)),
  };
}

/** A record as reports carry it: whole milliseconds, and the name of its symbol. */
function told<T extends { readonly time: number; readonly symbol: number }>(record: T, { symbols }: Path) {
  return { ...record, time: Math.round(record.time), symbol: symbols[record.symbol] ?? '' };
}

function rounded(curve: readonly (readonly [number, number])[]): [number, number][] {
  return curve.map(([time, value]) => [Math.round(time), value]);
}

function countOf({ protection }: Run, kind: DecisionKind): number {
  return protection?.state.log.filter((one) => one.kind === kind).length ?? 0;
}

/** By guard and kind, in the order in which each was first said. */
function decisionsOf({ protection }: Run): RunResult['decisions'] {
  const found = new Map<string, { guard: string; kind: string; count: number; firstTime: number }>();
  for (const { guard, kind, time } of protection?.state.log ?? []) {
    const one = found.get(`${guard} ${kind}`);
    if (one === undefined)
      found.set(`${guard} ${kind}`, { guard, kind, count: 1, firstTime: Math.round(time) });
    else one.count += 1;
  }
  return [...found.values()];
}

/** A run that ended silently has its last prices in the path alone. */
function copyEnd({ path, venue, place }: Run): void {
  if (place.row >= 0) copyRow(path, place.row, venue.prices);
}

type Sums = Record<'realised' | 'funding' | 'fees' | 'transfers' | 'lost' | 'shortfall', Money>;

/** The sums of all ledgers in the book's currency; a coin's at the mark of the end. */
function ledgerSums(venue: Venue): Sums {
  const { state, prices } = venue;
  const scale = scaleOf(currencyOf(venue));
  const wallets = state.accounts.flatMap((account) => account.wallets);
  const total = (kind: keyof Sums) =>
    wallets.reduce((sum, { ledger, symbol }) => {
      const amount = money(ledger[kind]);
      if (symbol < 0 || amount.isZero()) return sum.plus(amount);
      return sum.plus(roundAgainst(amount.times(money(prices.mark[symbol]!)), scale));
    }, zero);
  return {
    realised: total('realised'),
    funding: total('funding'),
    fees: total('fees'),
    transfers: total('transfers'),
    lost: total('lost'),
    shortfall: total('shortfall'),
  };
}

function ledgerRow({ cash, ...ledger }: Ledger) {
  const { asset, start, realised, funding, fees, transfers, lost, shortfall } = ledger;
  return { asset, start, end: cash, realised, funding, fees, transfers, lost, shortfall };
}

function tradesOf({ trades, venue, timeline }: Run): RunResult['trades'] {
  const { accounts, knownExits } = venue.state;
  const owners = accounts.flatMap(({ positions }) => positions.flatMap((one) => one.owners));
  const held = new Set(owners.map(({ trade }) => trade));
  const entered = timeline.entries.filter((_, index) => trades.state[index] === tradeState.open);
  const open = entered.filter(({ trade }) => held.has(trade)).length;
  const closed = knownExits.length;
  const wins = knownExits.filter(({ pnl }) => pnl > 0).length;
  return {
    entered: entered.length,
    closed,
    wins,
    losses: closed - wins,
    gone: entered.length - closed - open,
    open,
    refused: trades.state.filter((state) => state === tradeState.refused).length,
    denied: trades.state.filter((state) => state === tradeState.denied).length,
  };
}

/** The lowest margin level at the prices of the end. */
function endLevel({ view, prices }: Venue): number | null {
  readMargin(view, prices.mark, 0);
  return lowestLevel(view, null);
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
