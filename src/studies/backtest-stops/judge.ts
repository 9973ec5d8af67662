/** Every trade against the whole grid, once. */
import type { BareTrade, Trade } from '../../market/journal.ts';
import { regimeAt } from '../../market/regime.ts';
import type { Ticks } from '../../market/ticks.ts';
import { locate, type SkipReason, type TradePath } from '../../market/trade-path.ts';
import type { StudyContext } from '../../model/study.ts';
import { utcDay } from '../../model/time.ts';
import { adaptiveStopFraction, type Regime } from '../../risk/stop.ts';
import { addFixedStop } from './fixed-stop.ts';
import { bestPrice } from './horizon.ts';
import type { BacktestStopsTree, StopType } from './inputs.ts';
import { createLevelSums, type LevelSums } from './level-sums.ts';
import type { Judged } from './levels.ts';
import { describe, type Selection, type Skipped } from './select-trades.ts';
import { createSeries, rowsOf, type Series } from './series.ts';
import { signTrade, unitOf } from './sign-trade.ts';
import { type PriceRows, returnOf, type SignedTrade, type StopRule, type TradeFate } from './signed-trade.ts';
import { tickRows } from './tick-rows.ts';
import { addTrailingStop, type TrailUnits } from './trailing-stop.ts';

export type JudgedTrade = {
  readonly trade: Trade | BareTrade;
  readonly signed: SignedTrade;
  readonly fate: TradeFate;
  /** Largest favourable excursion in units of the stop, >= 0; null where the path is not known. */
  readonly favourable: number | null;
  /** The return without a stop, a fraction after fees. */
  readonly unstopped: number;
  readonly regime: Regime | null;
  readonly rows: PriceRows;
  readonly units: TrailUnits;
};

export type Judgement = {
  readonly type: StopType;
  readonly rule: StopRule;
  readonly sums: LevelSums;
  readonly judged: Judged;
  readonly trades: readonly JudgedTrade[];
  readonly skipped: readonly Skipped[];
  readonly gapsInside: number;
  readonly bare: number;
  readonly overlapping: boolean;
};

export type JudgeRequest = {
  readonly tree: BacktestStopsTree;
  readonly ticks: readonly Ticks[];
  /** Ascending, without repeats. */
  readonly multipliers: readonly number[];
  readonly ctx: StudyContext;
};

type Court = JudgeRequest & {
  readonly rule: StopRule;
  readonly sums: LevelSums;
  readonly selection: Selection;
};

export function judge(selection: Selection, request: JudgeRequest): Judgement {
  const { trigger, intrabar } = request.tree.studies['backtest-stops'];
  const multipliers = Float64Array.from(request.multipliers);
  const sums = createLevelSums(multipliers);
  const court = { ...request, rule: { trigger, intrabar, multipliers }, sums, selection };
  const trades: JudgedTrade[] = [];
  const skipped: Skipped[] = [];
  let gapsInside = 0;
  let done = 0;
  const total = selection.groups.reduce((sum, group) => sum + group.trades.length, 0);
  const step = Math.max(1, Math.ceil(total / 100));
  for (const group of selection.groups) {
    if (group.trades.length === 0) continue;
    const series = createSeries(group.bars, {
      ...request.tree.guards.stops,
      maxGap: request.tree.data.maxGap,
      needsRegime: needsRegime(request.tree),
    });
    const prints = request.ticks.find(({ symbol }) => symbol === group.bars.symbol);
    for (const trade of group.trades) {
      const fate = judgeTrade(court, series, trade, prints);
      if (typeof fate === 'string') skipped.push({ reason: fate, example: describe(trade) });
      else {
        trades.push(fate.judged);
        if (fate.bridged) gapsInside += 1;
      }
      done += 1;
      if (done % step === 0) request.ctx.progress(done, total);
    }
  }
  for (const trade of selection.bare) {
    const judged = judgeBare(court, trade);
    if (typeof judged === 'string') skipped.push({ reason: judged, example: describe(trade) });
    else trades.push(judged);
  }
  return {
    type: request.tree.guards.stops.type,
    rule: court.rule,
    sums,
    judged: columnsOf(trades),
    trades,
    skipped,
    gapsInside,
    bare: selection.bare.length,
    overlapping: selection.groups.some((group) => overlaps(group.trades)),
  };
}

function judgeTrade(
  court: Court,
  series: Series,
  trade: Trade,
  prints: Ticks | undefined,
): { readonly judged: JudgedTrade; readonly bridged: boolean } | SkipReason {
  const path = locate(series.gapped, trade);
  if (typeof path === 'string') return path;
  const regime = regimeOf(court, series, path);
  const unit = unitOf(court.tree, { atr: series.atr[path.atrRow] ?? Number.NaN, trade, regime });
  if (typeof unit === 'string') return unit;
  const signed = signTrade(court, trade, unit);
  const printed = prints === undefined ? null : tickRows(series, path, trade, prints);
  const rows = printed?.rows ?? rowsOf(series, path, signed.side);
  const units = printed?.units ?? series.atrBefore;
  return { judged: addTrade(court, { trade, signed, rows, units, regime }), bridged: path.bridged };
}

type Case = {
  readonly trade: Trade | BareTrade;
  readonly signed: SignedTrade;
  readonly rows: PriceRows;
  readonly units: TrailUnits;
  readonly regime: Regime | null;
};

function addTrade(court: Court, { trade, signed, rows, units, regime }: Case): JudgedTrade {
  const { rule, sums } = court;
  const fate = addStop(court.tree.guards.stops.type, { signed, rows, units }, rule, sums);
  const { horizon } = fate;
  const favourable = (bestPrice(signed, rows, horizon) - signed.entry) / signed.unit;
  return { trade, signed, fate, favourable, unstopped: returnOf(signed, horizon.end), regime, rows, units };
}

function addStop(
  type: StopType,
  { signed, rows, units }: Pick<JudgedTrade, 'signed' | 'rows' | 'units'>,
  rule: StopRule,
  sums: LevelSums,
): TradeFate {
  if (type !== 'trailing-atr' && type !== 'chandelier') return addFixedStop(signed, rows, rule, sums);
  return addTrailingStop(signed, rows, { ...rule, units: type === 'chandelier' ? units : null }, sums);
}

/** The return of one trade under one multiplier: a fraction of the entry price after fees. */
export function returnAt({ type, rule }: Judgement, trade: JudgedTrade, multiplier: number): number {
  const multipliers = Float64Array.of(multiplier);
  const sums = createLevelSums(multipliers);
  addStop(type, trade, { ...rule, multipliers }, sums);
  return sums.returnBase[0]! + multiplier * sums.returnSlope[0]!;
}

function needsRegime({ guards, studies }: BacktestStopsTree): boolean {
  return guards.stops.type === 'adaptive' || studies['backtest-stops'].by.includes('regime');
}

function regimeOf(court: Court, series: Series, path: TradePath): Regime | null {
  if (!needsRegime(court.tree) || path.atrRow < 0) return null;
  return regimeAt(series.bars, series.volatility, path.atrRow);
}

/** A bare trade is one row: its extremes, and an open that is its entry, so that a stop fills at itself (RULES 1.9). */
function judgeBare(court: Court, trade: BareTrade): JudgedTrade | SkipReason {
  const { type, adaptive } = court.tree.guards.stops;
  if (type === 'trailing-atr' || type === 'chandelier') return 'no-path';
  const { confidence } = court.tree.studies['backtest-stops'];
  if (type === 'adaptive' && confidence === null) return 'no-confidence';
  const distance = adaptiveStopFraction(confidence ?? 1, null, adaptive);
  const unit = type === 'atr' ? trade.atr : (type === 'percent' ? 0.01 : distance) * trade.entryPrice;
  const dated: Trade = {
    ...trade,
    entryTime: trade.entryTime ?? 0,
    exitTime: trade.entryTime ?? 0,
    exitSlack: 0,
    exitKind: 'unknown',
  };
  const rows: PriceRows = {
    open: Float64Array.of(trade.entryPrice),
    high: Float64Array.of(trade.high),
    low: Float64Array.of(trade.low),
    close: Float64Array.of(trade.exitPrice),
    from: 0,
    to: 1,
    entryPartial: false,
    partialFrom: 1,
    nextWorse: null,
    nextBetter: null,
    prints: null,
  };
  return addTrade(court, { trade, signed: signTrade(court, dated, unit), rows, units: null, regime: null });
}

function overlaps(trades: readonly Trade[]): boolean {
  const sorted = [...trades].sort((a, b) => a.entryTime - b.entryTime);
  let until = Number.NEGATIVE_INFINITY;
  for (const { entryTime, exitTime, exitSlack } of sorted) {
    if (entryTime < until) return true;
    until = Math.max(until, exitTime + exitSlack);
  }
  return false;
}

function columnsOf(trades: readonly JudgedTrade[]): Judged {
  const clusters = new Map<number | string, number>();
  const cluster = Int32Array.from(trades, ({ trade }, i) => {
    const key = trade.entryTime === undefined ? `undated ${i}` : utcDay(trade.entryTime);
    const known = clusters.get(key) ?? clusters.size;
    clusters.set(key, known);
    return known;
  });
  const mean = (value: (trade: JudgedTrade) => number) =>
    trades.reduce((sum, trade) => sum + value(trade), 0) / trades.length;
  return {
    reached: Int32Array.from(trades, ({ fate }) => fate.reached),
    excursion: Float64Array.from(trades, ({ fate }) => fate.excursion),
    censored: Uint8Array.from(trades, ({ signed, fate }) =>
      signed.censored && !fate.horizon.endsAtTarget ? 1 : 0,
    ),
    cluster,
    clusters: clusters.size,
    days: [...clusters.keys()].filter((key) => typeof key === 'number').length,
    meanUnit: mean(({ signed }) => signed.unit / (signed.side * signed.entry)),
    meanReturnUnstopped: mean(({ unstopped }) => unstopped),
    hasLeverage: trades.some(({ signed }) => signed.liquidation !== null),
  };
}
