/** The returns that a VaR rests on: which horizon, which window, what of it is missing or lent. */
import { intervalText } from '../../market/gate/interval.ts';
import { DataError, InputError } from '../../model/errors.ts';
import type { Fidelity } from '../../model/fidelity.ts';
import { MS_PER_DAY, MS_PER_HOUR, parseDuration } from '../../model/time.ts';
import { utcText } from '../../model/utc-text.ts';
import type { VarConfig } from '../var-config.ts';
import type { Factor } from './factors.ts';
import {
  type CommonMoves,
  commonMoves,
  holesOf,
  lastMoves,
  type Moves,
  overlappingMoves,
} from './periods.ts';

/** Fewer common returns than this are no window, however it was shortened. */
const LEAST = 30;
const LONGEST_DAYS = 10;

export type Horizon = {
  readonly ms: number;
  /** Of one period: the horizon, or a day where it is longer. */
  readonly step: number;
  /** Periods in the horizon: 1 up to a day. */
  readonly periods: number;
};

export type Window = {
  readonly horizon: Horizon;
  /** Of the horizon: overlapping where it is longer than a day. */
  readonly moves: Moves;
  /** Of one period each, as many; the same moves up to a day. */
  readonly single: Moves;
  /** All that the data have of the horizon: what a backtest goes through. */
  readonly history: Moves;
  readonly dropped: number;
  readonly fidelity: readonly Fidelity[];
  readonly warnings: readonly string[];
};

/** @throws InputError CONFIG_VALUE  where the horizon is not a divisor of a day or 1 to 10 whole days, from an hour on */
export function horizonOf(text: string): Horizon {
  const ms = parseDuration(text) ?? Number.NaN;
  const isPart = ms >= MS_PER_HOUR && MS_PER_DAY % ms === 0;
  const isDays = ms % MS_PER_DAY === 0 && ms <= LONGEST_DAYS * MS_PER_DAY;
  if (!isPart && !isDays) {
    throw new InputError({
      code: 'CONFIG_VALUE',
      message: `studies.var.horizon must be a divisor of a day from 1h on, or 1 to ${LONGEST_DAYS} whole days, was ${text}`,
      remedy: 'Write 1h, 4h, 12h, 1d or 10d',
    });
  }
  const step = Math.min(ms, MS_PER_DAY);
  return { ms, step, periods: ms / step };
}

/**
 * The last returns of the window. A symbol with a shorter history shortens the window of all, which is said and flagged; where
 * no symbol fills it the data are too short.
 *
 * @throws DataError SERIES_SHORT, INTERVAL
 */
export function windowOf(factors: readonly Factor[], { horizon: text, window, backtest }: VarConfig): Window {
  const horizon = horizonOf(text);
  const common = commonMoves(factors, horizon.step);
  const moves = horizon.periods === 1 ? common : overlappingMoves(common, horizon.periods);
  const had = moves.time.length;
  // What overlaps costs the first days of a series.
  const most = Math.max(...common.counts) - horizon.periods + 1;
  if (had < LEAST || (had < window && most < window)) throw short(horizon, window, { had, factors, common });
  const used = lastMoves(moves, window);
  const from = used.time[0]!;
  const lent = factors.map((_, i) => [...(common.lent[i] ?? [])].filter((time) => time >= from).length);
  const isLent = lent.some((count) => count > 0);
  const old = ended(factors, common);
  return {
    horizon,
    moves: used,
    single: horizon.periods === 1 ? used : lastMoves(common, window),
    history: moves,
    dropped: common.dropped.reduce((sum, one) => sum + one, 0),
    fidelity: [
      ...(had < window || isLent || old !== null ? (['proxy-history'] as const) : []),
      ...(horizon.periods > 1 ? (['overlapping'] as const) : []),
    ],
    warnings: [
      ...(had < window ? [shortened(factors, common, { had, window })] : []),
      ...(old === null ? [] : [old]),
      ...factors.flatMap(({ symbol, proxy }, i) =>
        lent[i] === 0 || proxy === null
          ? []
          : [`${symbol} takes ${lent[i]} of its moves from ${proxy.symbol}, which stands in for it`],
      ),
      ...twins(factors),
      ...joined(backtest ? moves : used, horizon.step),
    ],
  };
}

/** What holds the window back, where the moves of a factor end before those of another one. */
function ended(factors: readonly Factor[], { ends }: CommonMoves): string | null {
  const latest = Math.max(...ends);
  const early = factors.flatMap(({ symbol }, i) => {
    const end = ends[i] ?? latest;
    return end < latest ? [`${symbol} has no moves after ${utcText(end)}`] : [];
  });
  if (early.length === 0) return null;
  return `the window ends before the data do, at ${utcText(latest)}: ${early.join(', ')}; --proxy lends moves of another symbol`;
}

/** What follows upon a hole counts as the next period. */
function joined(moves: Moves, step: number): string[] {
  const { holes, missing } = holesOf(moves, step);
  if (holes === 0) return [];
  const where = holes === 1 ? 'a hole' : `${holes} holes`;
  return [
    `the returns have ${where}, ${missing} missing in all: ewma, garch, fhs and a backtest take what lies on either side as consecutive`,
  ];
}

/** Factors that have one series between them: what one offsets of the other is assumed, and its risk is not in the figures. */
function twins(factors: readonly Factor[]): string[] {
  const source = ({ bars, proxy }: Factor) => bars?.symbol ?? proxy?.symbol ?? '';
  return [...new Set(factors.map(source))].flatMap((name) => {
    const held = factors.filter((one) => source(one) === name).map(({ symbol }) => symbol);
    if (held.length < 2) return [];
    return [`${held.join(' and ')} move as one, by the bars of ${name}: the risk between them is left out`];
  });
}

function shortened(
  factors: readonly Factor[],
  { counts }: CommonMoves,
  { had, window }: { readonly had: number; readonly window: number },
): string {
  const few = factors.filter((_, i) => (counts[i] ?? 0) < window).map(({ symbol }) => symbol);
  const who =
    few.length > 0
      ? `${few.join(', ')} ${few.length === 1 ? 'has' : 'have'} a shorter history`
      : 'not all symbols have the same periods';
  return `the window is ${had} returns where ${window} were asked for: ${who}; --proxy lends moves of another symbol`;
}

function short(
  { ms, step }: Horizon,
  window: number,
  of: { readonly had: number; readonly factors: readonly Factor[]; readonly common: CommonMoves },
): DataError {
  const each = of.factors.map(({ symbol }, i) => `${symbol} ${of.common.counts[i] ?? 0}`).join(', ');
  const needed = of.common.counts.some((count) => count >= window) ? LEAST : window;
  const closes = needed + ms / step;
  return new DataError({
    code: 'SERIES_SHORT',
    message: `a window must have ${needed} returns of ${intervalText(ms)} in common (${closes} closes), was ${of.had}; returns of ${intervalText(step)}: ${each}`,
    remedy: 'Give longer bars, a shorter --window or --horizon, or a --proxy for the symbol that lacks them',
  });
}
