import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Bars } from '../../src/market/bars.ts';
import { InvariantError } from '../../src/model/errors.ts';
import { buildPath, type PathInput } from '../../src/replay/build-path.ts';
import type { Exposure, Path } from '../../src/replay/path.ts';
import { plainPath } from '../support/plain-path.ts';
import { type BarRow, barsOf, ticksOf } from '../support/small-bars.ts';

const ALL: PathInput = {
  symbols: ['A'],
  ohlcv: [],
  mark: [],
  ticks: [],
  exposures: [],
  policy: 'pessimistic',
  from: Number.NEGATIVE_INFINITY,
  to: Number.POSITIVE_INFINITY,
};

/** An instant a row: its time (a string after a jump), then the last price of each symbol. */
function rows({ symbols, time, jump, last }: Path): (number | string)[][] {
  return Array.from(time, (at, i) => [
    jump[i] === 1 ? `jump ${at}` : at,
    ...last.subarray(i * symbols.length, (i + 1) * symbols.length),
  ]);
}

describe('buildPath', () => {
  it('passes open, low, high and close, and jumps to the next open', () => {
    const a = barsOf('A', 30, [
      [0, 10, 14, 8, 12],
      [30, 13, 15, 11, 11],
    ]);
    const path = buildPath({ ...ALL, ohlcv: [a] });
    expect(rows(path)).toEqual([
      [0, 10],
      [10, 8],
      [20, 14],
      [30, 12],
      ['jump 30', 13],
      [40, 11],
      [50, 15],
      [60, 11],
    ]);
    expect(path.mark).toBe(path.last);
    expect([...path.marked]).toEqual([0]);
  });

  it('interpolates a symbol where another has a point, and lets one that begins later step out of nothing', () => {
    const a = barsOf('A', 60, [[0, 10, 30, 8, 20]]);
    const b = barsOf('B', 30, [
      [30, 100, 101, 99, 100],
      [60, 100, 101, 99, 100],
    ]);
    // A: 0 10, 20 8, 40 30, 60 20: half of the way from 8 to 30 at 30, half of the way to 20 at 50.
    expect(rows(buildPath({ ...ALL, symbols: ['A', 'B'], ohlcv: [b, a] }))).toEqual([
      [0, 10, Number.NaN],
      [20, 8, Number.NaN],
      [30, 19, Number.NaN],
      ['jump 30', 19, 100],
      [40, 30, 99],
      [50, 25, 101],
      [60, 20, 100],
      [70, 20, 99],
      [80, 20, 101],
      [90, 20, 100],
    ]);
  });

  it('has marks of their own where a file gives them, and the last price where none does', () => {
    const a = barsOf('A', 30, [[0, 10, 14, 8, 12]]);
    const marks = barsOf('A', 30, [[0, 10.5, 13, 9, 12]]);
    const b = barsOf('B', 30, [[0, 1, 2, 0.5, 1]]);
    const path = buildPath({ ...ALL, symbols: ['A', 'B', 'C'], ohlcv: [a, b], mark: [marks] });
    const n = Number.NaN;
    expect([...path.last]).toEqual([10, 1, n, 8, 0.5, n, 14, 2, n, 12, 1, n]);
    expect([...path.mark]).toEqual([10.5, 1, n, 9, 0.5, n, 13, 2, n, 12, 1, n]);
    expect([...path.marked]).toEqual([1, 0, 0]);
  });

  it('takes prints of a symbol with bars and of one without', () => {
    const a = barsOf('A', 30, [[0, 10, 14, 8, 12]]);
    const ticks = [
      ticksOf('A', [
        [0, 10],
        [15, 9],
        [30, 12],
      ]),
      ticksOf('B', [
        [0, 5],
        [15, 6],
        [15, 7],
        [20, 7],
      ]),
    ];
    expect(rows(buildPath({ ...ALL, symbols: ['A', 'B'], ohlcv: [a], ticks }))).toEqual([
      [0, 10, 5],
      [15, 10, 5],
      ['jump 15', 9, 6],
      ['jump 15', 9, 7],
      [30, 9, 7],
      ['jump 30', 12, 7],
    ]);
  });

  it('keeps bars that prints do not cover, and marks beside prints', () => {
    const a = barsOf('A', 30, [[0, 10, 14, 8, 12]]);
    const ticks = [ticksOf('A', [[5, 99]])];
    expect(rows(buildPath({ ...ALL, ohlcv: [a], ticks }))).toEqual(rows(buildPath({ ...ALL, ohlcv: [a] })));
    const covering = [
      ticksOf('A', [
        [0, 10],
        [20, 9],
        [30, 9],
      ]),
    ];
    const path = buildPath({ ...ALL, ohlcv: [a], mark: [a], ticks: covering });
    expect([...path.time]).toEqual([0, 10, 20, 20, 30]);
    expect([...path.last]).toEqual([10, 10, 10, 9, 9]);
    expect([...path.mark]).toEqual([10, 8, 14, 14, 12]);
  });

  it('begins and ends inside of a leg where it is told to', () => {
    const a = barsOf('A', 30, [[0, 10, 14, 8, 12]]);
    expect(rows(buildPath({ ...ALL, ohlcv: [a], from: 5, to: 25 }))).toEqual([
      [5, 9],
      [10, 8],
      [20, 14],
      [25, 13],
    ]);
    expect(rows(buildPath({ ...ALL, ohlcv: [a], from: 12, to: 15 }))).toEqual([
      [12, 9.2],
      [15, 11],
    ]);
  });

  it('leaves out series of symbols that it does not have', () => {
    const a = barsOf('A', 30, [[0, 10, 14, 8, 12]]);
    const other = barsOf('B', 7, [[1, 1, 2, 0.5, 1]]);
    const ticks = [ticksOf('B', [[3, 5]])];
    const path = buildPath({ ...ALL, ohlcv: [a, other], mark: [other], ticks });
    expect(rows(path)).toEqual(rows(buildPath({ ...ALL, ohlcv: [a] })));
    expect(path.mark).toBe(path.last);
  });

  it('is empty without data', () => {
    expect(buildPath(ALL).time).toHaveLength(0);
  });

  it('refuses two series of one symbol', () => {
    const a = barsOf('A', 30, [[0, 10, 14, 8, 12]]);
    expect(() => buildPath({ ...ALL, ohlcv: [a, a] })).toThrow(InvariantError);
  });
});

const UNIT = 6;
const SYMBOLS = ['A', 'B', 'C'];

/** Bars of some interval from some offset, with holes; prices with many digits. */
function barsFrom(symbol: string): fc.Arbitrary<Bars> {
  const price = fc.integer({ min: 1000, max: 9999 }).map((cents) => cents / 97);
  const row = fc.tuple(
    fc.boolean(),
    fc.boolean(),
    fc.tuple(price, price, price, price).map((four) => four.sort((a, b) => a - b)),
    fc.boolean(),
  );
  return fc
    .record({
      interval: fc.constantFrom(1, 2, 5),
      offset: fc.nat(3),
      rows: fc.array(row, { minLength: 1, maxLength: 6 }),
    })
    .map(({ interval, offset, rows: drawn }) => {
      const written: BarRow[] = [];
      for (const [i, [present, joined, [low, a, b, high], rising]] of drawn.entries()) {
        if (!present && i > 0) continue;
        const close = written.at(-1)?.[4] ?? 0;
        const inner = rising ? [a, b] : [b, a];
        const open = joined && low! <= close && close <= high! ? close : inner[0]!;
        written.push([(offset + i * interval) * UNIT, open, high!, low!, inner[1]!]);
      }
      return barsOf(symbol, interval * UNIT, written);
    });
}

const exposure: fc.Arbitrary<Exposure> = fc
  .record({
    symbol: fc.constantFrom(...SYMBOLS),
    qty: fc.constantFrom(-2, -1, 1, 3),
    from: fc.integer({ min: -10, max: 150 }),
    length: fc.constantFrom(3, 20, 1000),
  })
  .map(({ symbol, qty, from, length }) => ({ symbol, qty, from, to: from + length }));

const inputs: fc.Arbitrary<PathInput> = fc
  .record({
    ohlcv: fc.tuple(...SYMBOLS.map(barsFrom)),
    marks: fc.tuple(...SYMBOLS.map((symbol) => fc.option(barsFrom(symbol)))),
    exposures: fc.array(exposure, { maxLength: 4 }),
    policy: fc.constantFrom('pessimistic' as const, 'optimistic' as const),
  })
  .map(({ marks, ...rest }) => ({
    ...ALL,
    symbols: SYMBOLS,
    ...rest,
    mark: marks.filter((bars) => bars !== null),
  }));

/** All columns but the prices as they are; a row of prices an instant. */
function plain({ symbols, time, jump, last, mark }: Path) {
  const matrix = (cells: Float64Array) =>
    Array.from(time, (_, i) => [...cells.subarray(i * symbols.length, (i + 1) * symbols.length)]);
  return { time: [...time], jump: [...jump], last: matrix(last), mark: matrix(mark) };
}

/** The instants before a time. */
function startOf(path: Path, cut: number): ReturnType<typeof plain> {
  const all = plain(path);
  const keep = all.time.filter((at) => at < cut).length;
  return {
    time: all.time.slice(0, keep),
    jump: all.jump.slice(0, keep),
    last: all.last.slice(0, keep),
    mark: all.mark.slice(0, keep),
  };
}

function completedBy(bars: Bars, cut: number): Bars {
  const rowsKept = bars.time.filter((at) => at + bars.interval <= cut).length;
  const of = (column: Float64Array) => column.slice(0, rowsKept);
  const { time, open, high, low, close, volume } = bars;
  return {
    ...bars,
    time: of(time),
    open: of(open),
    high: of(high),
    low: of(low),
    close: of(close),
    volume: of(volume),
  };
}

describe('every path', () => {
  it('agrees with the rules written out plainly: mixed intervals, offsets, holes, marks', () => {
    fc.assert(
      fc.property(inputs, (input) => {
        expect(plain(buildPath(input))).toEqual(plainPath(input));
      }),
      { seed: 11, numRuns: 500 },
    );
  });

  it('ascends, repeats a time only by a jump, and passes every price of every bar to the bit', () => {
    fc.assert(
      fc.property(inputs, (input) => {
        const path = plain(buildPath(input));
        for (const [i, at] of path.time.entries()) {
          const before = path.time[i - 1] ?? Number.NEGATIVE_INFINITY;
          expect(at === before ? path.jump[i] : at > before && 1 - path.jump[i]!).toBe(1);
        }
        for (const [all, matrix] of [
          [input.ohlcv, path.last],
          [input.mark, path.mark],
        ] as const) {
          for (const { symbol, time, interval, open, high, low, close } of all) {
            const s = SYMBOLS.indexOf(symbol);
            const prices = (at: number) =>
              matrix.filter((_, i) => path.time[i] === at).map((instant) => instant[s]!);
            for (const [row, at] of time.entries()) {
              expect(prices(at).at(-1)).toBe(open[row]);
              const inner = [prices(at + interval / 3)[0]!, prices(at + (2 * interval) / 3)[0]!];
              expect(inner.sort((a, b) => a - b)).toEqual([low[row], high[row]]);
              expect(prices(at + interval)[0]).toBe(close[row]);
            }
          }
        }
      }),
      { seed: 12, numRuns: 200 },
    );
  });

  it('is the beginning of the path of longer data, as far as all series are completed', () => {
    let compared = 0;
    fc.assert(
      fc.property(inputs, fc.integer({ min: 0, max: 25 }), (input, units) => {
        const cut = units * UNIT;
        const known = {
          ...input,
          ohlcv: input.ohlcv.map((bars) => completedBy(bars, cut)),
          mark: input.mark.map((bars) => completedBy(bars, cut)),
        };
        // Nothing differs until the first bar that was cut away begins.
        const gone = [...input.ohlcv, ...input.mark].flatMap(({ time, interval }) =>
          [...time].filter((at) => at + interval > cut),
        );
        const same = Math.min(...gone, cut);
        expect(startOf(buildPath(known), same)).toEqual(startOf(buildPath(input), same));
        compared += startOf(buildPath(input), same).time.length;
      }),
      { seed: 13, numRuns: 300 },
    );
    expect(compared).toBeGreaterThan(1000);
  });

  it('is put together again from two windows of it', () => {
    fc.assert(
      fc.property(inputs, fc.integer({ min: -5, max: 200 }), (input, cut) => {
        const whole = plain(buildPath(input));
        const earlier = plain(buildPath({ ...input, to: cut }));
        const later = plain(buildPath({ ...input, from: cut }));
        for (const key of ['last', 'mark'] as const) {
          const first = earlier.time.map((at, i) => [at, earlier.jump[i], ...earlier[key][i]!]);
          const second = later.time.map((at, i) => [at, later.jump[i], ...later[key][i]!]);
          const all = whole.time.map((at, i) => [at, whole.jump[i], ...whole[key][i]!]);
          expect(first.filter(([at]) => at! < cut)).toEqual(all.filter(([at]) => at! < cut));
          expect(second.filter(([at]) => at! > cut)).toEqual(all.filter(([at]) => at! > cut));
          // Both windows have the instants of the cut; where the path has none there, one that lies on the leg.
          expect(first.filter(([at]) => at === cut)).toEqual(second.filter(([at]) => at === cut));
        }
      }),
      { seed: 14, numRuns: 300 },
    );
  });
});
