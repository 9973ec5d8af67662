/** Trades made from bars alone: entries by a rule, exits after a holding time. No look-ahead: a rule sees completed bars. */
import { type Bars, firstAtOrAfter } from '../../market/bars.ts';
import type { Direction, Trade } from '../../market/journal.ts';
import { createRandom, nextBelow } from '../../math/random.ts';
import { InputError } from '../../model/errors.ts';
import { parseDuration } from '../../model/time.ts';

export type EntryRule = {
  /** `every:24h`, `breakout:20` or `random:N`. */
  readonly entries: string;
  readonly direction: Direction | 'both';
  /** Milliseconds from entry to exit. */
  readonly hold: number;
  readonly seed: number;
};

/** A signal whose holding time the series does not cover. */
export type SkippedSignal = { readonly id: number; readonly symbol: string; readonly direction: Direction };

type Signal = { readonly row: number; readonly direction: Direction };

/**
 * One trade for each signal: it enters at the open of the signal's bar and leaves at the first bar open at or after
 * entry + hold, at that open; where the series ends first the signal is skipped.
 *
 * every:D     an entry at every multiple of D since 1970-01-01 00:00 UTC, in each asked direction
 * breakout:N  after a close above the highest high of the N bars before it (long), or below the lowest low (short)
 * random:N    N entries a symbol, drawn without regard to price, in a drawn direction when both are asked
 */
export function generateTrades(
  series: readonly Bars[],
  rule: EntryRule,
): { readonly trades: readonly Trade[]; readonly skipped: readonly SkippedSignal[] } {
  const [kind = '', argument = ''] = rule.entries.split(':');
  const trades: Trade[] = [];
  const skipped: SkippedSignal[] = [];
  for (const [index, bars] of series.entries()) {
    const signals = signalsOf(bars, { kind, argument, rule, seed: rule.seed + index });
    for (const signal of signals) {
      const id = trades.length + skipped.length + 1;
      const trade = tradeOf(bars, signal, rule.hold, id);
      if (trade !== null) trades.push(trade);
      else skipped.push({ id, symbol: bars.symbol, direction: signal.direction });
    }
  }
  return { trades, skipped };
}

type SignalRequest = {
  readonly kind: string;
  readonly argument: string;
  readonly rule: EntryRule;
  readonly seed: number;
};

function signalsOf(bars: Bars, { kind, argument, rule, seed }: SignalRequest): Signal[] {
  const directions: Direction[] = rule.direction === 'both' ? ['long', 'short'] : [rule.direction];
  switch (kind) {
    case 'every':
      return everySignals(bars, parseDuration(argument) ?? Number.NaN, directions);
    case 'breakout':
      return breakoutSignals(bars, Number(argument), directions);
    case 'random':
      return randomSignals(bars, Number(argument), directions, seed);
    default:
      throw new InputError({
        code: 'USAGE',
        message: `entries must be every:24h, breakout:20 or random:N, was "${rule.entries}"`,
      });
  }
}

function everySignals(bars: Bars, step: number, directions: readonly Direction[]): Signal[] {
  const signals: Signal[] = [];
  for (let row = 0; row < bars.time.length; row += 1) {
    if (bars.time[row]! % step === 0) for (const direction of directions) signals.push({ row, direction });
  }
  return signals;
}

function breakoutSignals(bars: Bars, length: number, directions: readonly Direction[]): Signal[] {
  const { high, low, close } = bars;
  const signals: Signal[] = [];
  const long = directions.includes('long');
  const short = directions.includes('short');
  for (let row = length + 1; row < close.length; row += 1) {
    const last = close[row - 1]!;
    let top = Number.NEGATIVE_INFINITY;
    let bottom = Number.POSITIVE_INFINITY;
    for (let i = row - 1 - length; i < row - 1; i += 1) {
      if (high[i]! > top) top = high[i]!;
      if (low[i]! < bottom) bottom = low[i]!;
    }
    if (long && last > top) signals.push({ row, direction: 'long' });
    if (short && last < bottom) signals.push({ row, direction: 'short' });
  }
  return signals;
}

function randomSignals(bars: Bars, count: number, directions: readonly Direction[], seed: number): Signal[] {
  const random = createRandom(seed);
  const signals: Signal[] = [];
  for (let i = 0; i < count && bars.time.length > 0; i += 1) {
    const row = nextBelow(random, bars.time.length);
    const direction = directions[nextBelow(random, directions.length)] ?? 'long';
    signals.push({ row, direction });
  }
  return signals.sort((a, b) => a.row - b.row);
}

function tradeOf(bars: Bars, signal: Signal, hold: number, id: number): Trade | null {
  const { row, direction } = signal;
  const entryTime = bars.time[row]!;
  const exitRow = firstAtOrAfter(bars.time, entryTime + hold);
  if (exitRow === bars.time.length) return null;
  return {
    id,
    symbol: bars.symbol,
    direction,
    entryTime,
    entryPrice: bars.open[row]!,
    exitTime: bars.time[exitRow]!,
    exitSlack: 0,
    exitPrice: bars.open[exitRow]!,
    exitKind: 'signal',
  };
}

/**
 * Journal entries with a holding time instead of the journal's exits: the trade leaves at the first bar open at or
 * after entry + hold. Null where the bars end before that.
 */
export function heldFor(trade: Trade, bars: Bars, hold: number): Trade | null {
  const exitRow = firstAtOrAfter(bars.time, trade.entryTime + hold);
  if (exitRow === bars.time.length) return null;
  return {
    ...trade,
    exitTime: bars.time[exitRow]!,
    exitSlack: 0,
    // The exit price is the bars' own: it cannot speak for the journal (RULES 1.4).
    exitSpan: 0,
    exitPrice: bars.open[exitRow]!,
    exitKind: 'signal',
  };
}
