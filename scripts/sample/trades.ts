/**
 * The trader of the sample: breakouts that are held until the channel breaks the other way, and pullbacks in a trend
 * that have a target and little time. Decisions rest on completed bars, fills on minutes, so that every price lies inside its bar.
 */
import { nextBelow, nextUnit, type Random } from '../../src/math/random.ts';
import { type HourBars, isInHole } from './bars.ts';
import { MINUTES } from './minutes.ts';
import { type Coin, HOURS, trader } from './plan.ts';

/** 1 for a long, -1 for a short. */
export type Side = 1 | -1;

export type SampleTrade = {
  readonly coin: Coin;
  readonly side: Side;
  /** Minutes since the start of the sample, and prices in ticks. */
  readonly entry: { readonly minute: number; readonly price: number };
  readonly exit: { readonly minute: number; readonly price: number };
  readonly reason: 'signal' | 'target' | 'time_exit' | 'stop_loss';
  /** In [0, 1]: how far the signal lay beyond its bound, with some noise. */
  readonly confidence: number;
};

type Market = { readonly coin: Coin; readonly minutes: Float64Array; readonly bars: HourBars };
type Signal = { readonly side: Side; readonly strength: number; readonly hasTarget: boolean };
type Position = {
  readonly side: Side;
  readonly minute: number;
  readonly atr: number;
  readonly target: number | null;
};

/** The round trips of one coin, in the order of their entries; what is open at the end is left out. */
export function tradesOf(random: Random, market: Market): SampleTrade[] {
  const trades: SampleTrade[] = [];
  let hour = trader.trend;
  while (hour < HOURS) {
    const signal = signalAt(market.bars, hour);
    const trade =
      signal === null || isInHole(market.coin, hour) ? null : follow(random, market, hour, signal);
    if (trade !== null) trades.push(trade);
    hour = trade === null ? hour + 1 : Math.floor(trade.exit.minute / MINUTES) + trader.pause;
  }
  return trades;
}

/** What the bars before an hour say. */
function signalAt({ high, low, close }: HourBars, hour: number): Signal | null {
  const last = close[hour - 1]!;
  const atr = atrBefore({ high, low, close }, hour);
  const top = Math.max(...high.subarray(hour - 1 - trader.entryChannel, hour - 1));
  const bottom = Math.min(...low.subarray(hour - 1 - trader.entryChannel, hour - 1));
  if (last > top) return { side: 1, strength: (last - top) / atr, hasTarget: false };
  if (last < bottom) return { side: -1, strength: (bottom - last) / atr, hasTarget: false };
  const trend = last - mean(close.subarray(hour - trader.trend, hour));
  const move = last - close[hour - 7]!;
  if (trend > trader.trendAtr * atr && move < -trader.dipAtr * atr)
    return { side: 1, strength: -move / atr - trader.dipAtr, hasTarget: true };
  if (trend < -trader.trendAtr * atr && move > trader.dipAtr * atr)
    return { side: -1, strength: move / atr - trader.dipAtr, hasTarget: true };
  return null;
}

/** Enters on the hour or some minutes later, and goes on to the exit. */
function follow(random: Random, market: Market, hour: number, signal: Signal): SampleTrade | null {
  const late = nextUnit(random) < 0.35 ? 0 : 1 + nextBelow(random, 45);
  const noise = nextUnit(random);
  const minute = hour * MINUTES + late;
  const price = market.minutes[minute]!;
  const atr = atrBefore(market.bars, hour);
  const target = signal.hasTarget ? Math.round(price + signal.side * trader.targetAtr * atr) : null;
  const end = exitOf(market, { side: signal.side, minute, atr, target });
  if (end === null || isInHole(market.coin, Math.floor(end.exit.minute / MINUTES))) return null;
  const confidence = Math.min(0.5 + 0.1 * signal.strength + 0.3 * noise, 0.95);
  return { coin: market.coin, side: signal.side, entry: { minute, price }, ...end, confidence };
}

/** The first of stop, target and end of patience, or stop and a broken channel; null where the sample ends before. */
function exitOf({ minutes, bars }: Market, position: Position): Pick<SampleTrade, 'exit' | 'reason'> | null {
  const { side, atr, target } = position;
  const stop = minutes[position.minute]! - side * trader.stopAtr * atr;
  for (let minute = position.minute + 1; minute < minutes.length; minute += 1) {
    const price = minutes[minute]!;
    const onHour = minute % MINUTES === 0;
    if (side * (price - stop) <= 0) return { exit: { minute, price }, reason: 'stop_loss' };
    if (target === null) {
      if (onHour && isChannelBroken(bars, minute / MINUTES, side))
        return { exit: { minute, price }, reason: 'signal' };
      continue;
    }
    // A resting target fills at its own price, or at the open where the price jumped over it.
    if (side * (price - target) >= 0)
      return { exit: { minute, price: onHour ? price : target }, reason: 'target' };
    if (minute - position.minute >= trader.patience * MINUTES)
      return { exit: { minute, price }, reason: 'time_exit' };
  }
  return null;
}

function isChannelBroken({ high, low, close }: HourBars, hour: number, side: Side): boolean {
  const last = close[hour - 1]!;
  const from = hour - 1 - trader.exitChannel;
  return side === 1
    ? last < Math.min(...low.subarray(from, hour - 1))
    : last > Math.max(...high.subarray(from, hour - 1));
}

function atrBefore({ high, low, close }: Pick<HourBars, 'high' | 'low' | 'close'>, hour: number): number {
  let sum = 0;
  for (let i = hour - trader.atr; i < hour; i += 1) {
    const before = close[i - 1]!;
    sum += Math.max(high[i]!, before) - Math.min(low[i]!, before);
  }
  return sum / trader.atr;
}

function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
