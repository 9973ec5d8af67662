/** From bars to the moves that all factors of a book have in common, period by period from 00:00 UTC (RULES 4.4). */
import type { Bars } from '../../market/bars.ts';
import { intervalText } from '../../market/gate/interval.ts';
import { DataError } from '../../model/errors.ts';
import { MS_PER_DAY } from '../../model/time.ts';
import type { Factor } from './factors.ts';

export type Moves = {
  /** When each period ends, UTC ms, ascending. */
  readonly time: Float64Array;
  /** One column a factor: the price at the end of the period over that at its start. */
  readonly ratios: readonly Float64Array[];
};

export type CommonMoves = Moves & {
  /** Periods of each factor between its first and its last that have no move of their own: they or those before miss bars. */
  readonly dropped: readonly number[];
  /** The ends of the periods in which its proxy lent each factor a move. */
  readonly lent: readonly ReadonlySet<number>[];
  /** Moves of each factor, its own and lent ones. */
  readonly counts: readonly number[];
  /** The end of the last move of each factor, its own or a lent one; -Infinity for none. */
  readonly ends: readonly number[];
};

/**
 * The moves of the periods that every factor has. A period counts where all its bars are there and the close before it is known.
 *
 * @param step  length of a period, ms: a divisor of a day
 * @throws DataError INTERVAL  where the bars are longer than a period, or do not lie inside one
 */
export function commonMoves(factors: readonly Factor[], step: number): CommonMoves {
  const own = factors.map(({ bars, proxy }) => {
    const known = bars === null ? { moves: new Map<number, number>(), dropped: 0 } : movesOf(bars, step);
    if (proxy === null) return { ...known, lent: new Set<number>() };
    const others = movesOf(proxy, step).moves;
    const lent = new Set([...others.keys()].filter((time) => !known.moves.has(time)));
    return { moves: new Map([...others, ...known.moves]), dropped: known.dropped, lent };
  });
  const [first, ...others] = own;
  const times = [...(first?.moves.keys() ?? [])].filter((time) =>
    others.every(({ moves }) => moves.has(time)),
  );
  const time = Float64Array.from(times).sort();
  return {
    time,
    ratios: own.map(({ moves }) => time.map((one) => moves.get(one) ?? Number.NaN)),
    dropped: own.map(({ dropped }) => dropped),
    lent: own.map(({ lent }) => lent),
    counts: own.map(({ moves }) => moves.size),
    ends: own.map(({ moves }) =>
      [...moves.keys()].reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY),
    ),
  };
}

/** The moves of one series by the end of their period. */
function movesOf(
  { symbol, interval, time, close }: Bars,
  step: number,
): { readonly moves: Map<number, number>; readonly dropped: number } {
  if (interval > step || step % interval !== 0) {
    throw new DataError({
      code: 'INTERVAL',
      message: `${symbol}: periods of ${intervalText(step)} must be a multiple of the bars, were bars of ${intervalText(interval)}`,
      remedy: 'Give finer bars, or ask for a longer --horizon',
    });
  }
  const whole = step / interval;
  const moves = new Map<number, number>();
  let last = { end: Number.NaN, close: Number.NaN };
  for (let from = 0; from < time.length; ) {
    const start = Math.floor(time[from]! / step) * step;
    let next = from;
    while (next < time.length && time[next]! < start + step) next += 1;
    const end = time[next - 1]! + interval;
    if (end > start + step) throw straddling(symbol, interval, step);
    if (next - from === whole && last.end === start) moves.set(start + step, close[next - 1]! / last.close);
    last = { end, close: close[next - 1]! };
    from = next;
  }
  return { moves, dropped: periodsBetween(time, interval, step) - moves.size };
}

/** From the period that the first bar lies in to the last one that is over. */
function periodsBetween(time: Float64Array, interval: number, step: number): number {
  if (time.length === 0) return 0;
  const first = Math.floor(time[0]! / step);
  const over = Math.floor((time[time.length - 1]! + interval) / step) - 1;
  return Math.max(0, over - first);
}

function straddling(symbol: string, interval: number, step: number): DataError {
  return new DataError({
    code: 'INTERVAL',
    message: `${symbol}: bars must lie inside periods of ${intervalText(step)} from 00:00 UTC, was one of ${intervalText(interval)} across two`,
    remedy: 'Give finer bars, or say how far their stamps are ahead of UTC with --time-offset',
  });
}

/** Moves over several days in a row, one that ends on each day: neighbours share all but one of their days. */
export function overlappingMoves({ time, ratios }: Moves, days: number): Moves {
  const rows: number[] = [];
  for (let i = days - 1; i < time.length; i += 1)
    if (time[i]! - time[i - days + 1]! === (days - 1) * MS_PER_DAY) rows.push(i);
  return {
    time: Float64Array.from(rows, (row) => time[row]!),
    ratios: ratios.map((column) =>
      Float64Array.from(rows, (row) => {
        let product = 1;
        for (let i = row - days + 1; i <= row; i += 1) product *= column[i]!;
        return product;
      }),
    ),
  };
}

/** How often moves do not follow upon each other, and how many periods are missing there in all. */
export function holesOf({ time }: Moves, step: number): { readonly holes: number; readonly missing: number } {
  let holes = 0;
  let missing = 0;
  for (let i = 1; i < time.length; i += 1) {
    const left = Math.round((time[i]! - time[i - 1]!) / step) - 1;
    if (left > 0) holes += 1;
    missing += left;
  }
  return { holes, missing };
}

/** The last moves. */
export function lastMoves({ time, ratios }: Moves, count: number): Moves {
  const from = Math.max(0, time.length - count);
  return { time: time.subarray(from), ratios: ratios.map((column) => column.subarray(from)) };
}
