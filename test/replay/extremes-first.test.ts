import { describe, expect, it } from 'vitest';
import { highFirst, type Series } from '../../src/replay/extremes-first.ts';
import type { Exposure, PathPolicy } from '../../src/replay/path.ts';
import { type BarRow, barsOf } from '../support/small-bars.ts';

const HELD = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY };

function last(symbol: string, rows: readonly BarRow[], interval = 30): Series {
  return { kind: 'last', bars: barsOf(symbol, interval, rows) };
}

function mark(symbol: string, rows: readonly BarRow[], interval = 30): Series {
  return { kind: 'mark', bars: barsOf(symbol, interval, rows) };
}

/** L or H for each bar of each series. */
function order(series: readonly Series[], exposures: readonly Exposure[], policy: PathPolicy): string[] {
  return highFirst(series, exposures, policy).map((column) => [...column].map((high) => 'LH'[high]).join(''));
}

/** 10 down, 10 up: worth the same to a long and a short of one size. */
const bar: BarRow = [0, 100, 110, 90, 100];

describe('highFirst', () => {
  it('goes against what is held, and the optimistic path the other way', () => {
    for (const [qty, worse, better] of [
      [1, 'L', 'H'],
      [-1, 'H', 'L'],
    ] as const) {
      const exposures = [{ symbol: 'A', qty, ...HELD }];
      expect(order([last('A', [bar])], exposures, 'pessimistic')).toEqual([worse]);
      expect(order([last('A', [bar])], exposures, 'optimistic')).toEqual([better]);
    }
  });

  it('goes low first where nobody holds anything, and the mirror high first', () => {
    expect(order([last('A', [bar])], [], 'pessimistic')).toEqual(['L']);
    expect(order([last('A', [bar])], [], 'optimistic')).toEqual(['H']);
    const other = [{ symbol: 'B', qty: -1, ...HELD }];
    expect(order([last('A', [bar])], other, 'pessimistic')).toEqual(['L']);
  });

  it('has fixed orders that look at no book', () => {
    const exposures = [{ symbol: 'A', qty: -1, ...HELD }];
    expect(order([last('A', [bar])], exposures, 'ohlc')).toEqual(['H']);
    expect(order([last('A', [bar])], exposures, 'olhc')).toEqual(['L']);
  });

  it('goes to the extreme that is nearer the open, low first where both are as near', () => {
    const rows: BarRow[] = [
      [0, 104, 110, 90, 100],
      [30, 96, 110, 90, 100],
      [60, 100, 110, 90, 100],
    ];
    expect(order([last('A', rows)], [], 'nearest-extreme')).toEqual(['HLL']);
  });

  it('lets marks go with the nearest extreme of the trades, and by themselves where a bar has none', () => {
    const marks: BarRow[] = [
      [0, 96, 110, 90, 100],
      [30, 104, 110, 90, 100],
    ];
    const trades: BarRow[] = [[0, 104, 110, 90, 100]];
    expect(order([last('A', trades), mark('A', marks)], [], 'nearest-extreme')).toEqual(['H', 'HH']);
    expect(order([last('B', trades), mark('A', marks)], [], 'nearest-extreme')).toEqual(['H', 'LH']);
  });

  it('decides once for all symbols of a bar, by what the whole book is worth', () => {
    // At the lows: 2 x -10 + (-1) x -30 = +10. At the highs: 2 x 10 - 1 x 5 = +15. The lows are worse.
    const b: BarRow = [0, 100, 105, 70, 100];
    const book = [
      { symbol: 'A', qty: 2, ...HELD },
      { symbol: 'B', qty: -1, ...HELD },
    ];
    expect(order([last('A', [bar]), last('B', [b])], book, 'pessimistic')).toEqual(['L', 'L']);
    // With 3 of the short: lows +70, highs +5. The highs are worse, for the long as well.
    const short = [
      { symbol: 'A', qty: 2, ...HELD },
      { symbol: 'B', qty: -3, ...HELD },
    ];
    expect(order([last('A', [bar]), last('B', [b])], short, 'pessimistic')).toEqual(['H', 'H']);
    expect(order([last('A', [bar]), last('B', [b])], short, 'optimistic')).toEqual(['L', 'L']);
    expect(order([last('A', [bar]), last('B', [b])], short, 'each-worst')).toEqual(['L', 'H']);
  });

  it('goes low first on a tie', () => {
    const book = [
      { symbol: 'A', qty: 1, ...HELD },
      { symbol: 'B', qty: -1, ...HELD },
    ];
    expect(order([last('A', [bar]), last('B', [bar])], book, 'pessimistic')).toEqual(['L', 'L']);
    expect(order([last('A', [bar]), last('B', [bar])], book, 'optimistic')).toEqual(['H', 'H']);
  });

  it('counts who holds at the open of a bar: [from, to)', () => {
    const rows: BarRow[] = [0, 30, 60, 90].map((time): BarRow => [time, 100, 110, 90, 100]);
    const short = [{ symbol: 'A', qty: -1, from: 30, to: 90 }];
    expect(order([last('A', rows)], short, 'pessimistic')).toEqual(['LHHL']);
  });

  it('counts who comes in inside of a bar only where nobody holds anything at its open', () => {
    const rows: BarRow[] = [0, 30].map((time): BarRow => [time, 100, 110, 90, 100]);
    const inside = { symbol: 'A', qty: -1, from: 1, to: 20 };
    expect(order([last('A', rows)], [inside], 'pessimistic')).toEqual(['HL']);
    const long = { symbol: 'A', qty: 0.5, from: -10, to: 10 };
    expect(order([last('A', rows)], [inside, long], 'pessimistic')).toEqual(['LL']);
    expect(order([last('A', rows)], [{ ...inside, from: 0, to: 1 }], 'pessimistic')).toEqual(['HL']);
    expect(order([last('A', rows)], [{ ...inside, from: 9 }], 'each-worst')).toEqual(['HL']);
  });

  it('lets who comes in after the second point meet the extreme against it at the third', () => {
    const rows: BarRow[] = [0, 30].map((time): BarRow => [time, 100, 110, 90, 100]);
    const long = (from: number) => [{ symbol: 'A', qty: 1, from, to: 30 }];
    // Points at 10 and 20: before the first of them the low comes first, between them second, after them it is over.
    expect([9, 10, 19, 20].map((from) => order([last('A', rows)], long(from), 'pessimistic'))).toEqual([
      ['LL'],
      ['HL'],
      ['HL'],
      ['LL'],
    ]);
    expect(order([last('A', rows)], long(15), 'optimistic')).toEqual(['LH']);
  });

  it('leaves nothing of quantities that cancel', () => {
    const rows: BarRow[] = [0, 30, 60].map((time): BarRow => [time, 100, 110, 90, 100]);
    // 0.1 + 0.2 - 0.1 - 0.2 is 2.8e-17 in doubles: no long. A short that comes in inside decides.
    const exposures = [
      { symbol: 'A', qty: 0.1, from: 0, to: 30 },
      { symbol: 'A', qty: 0.2, from: 0, to: 60 },
      { symbol: 'A', qty: -1, from: 65, to: 80 },
    ];
    expect(order([last('A', rows)], exposures, 'pessimistic')).toEqual(['LLH']);
  });

  it('takes a small position for one, however small', () => {
    expect(order([last('A', [bar])], [{ symbol: 'A', qty: -1e-9, ...HELD }], 'pessimistic')).toEqual(['H']);
  });

  it('counts a symbol with trades and marks once', () => {
    const book = [
      { symbol: 'A', qty: -1, ...HELD },
      { symbol: 'B', qty: 1, ...HELD },
    ];
    const b: BarRow = [0, 100, 112, 85, 100];
    const series = [last('A', [bar]), mark('A', [[0, 100, 101, 80, 100]]), last('B', [b])];
    // Trades: lows +10 - 15, highs -10 + 12. The marks, which fall by 20, would make the lows the better side.
    expect(order(series, book, 'pessimistic')).toEqual(['L', 'L', 'L']);
  });

  it('lets marks follow the trades of their symbol where both have the bar', () => {
    // The marks alone would say high first: they rise by 5 and fall by 1 under a short.
    const book = [
      { symbol: 'A', qty: -1, ...HELD },
      { symbol: 'B', qty: 1, ...HELD },
    ];
    const b: BarRow = [0, 100, 120, 70, 100];
    const series = [last('A', [bar]), last('B', [b]), mark('A', [[0, 100, 105, 99, 100]])];
    // Trades: lows +10 - 30, highs -10 + 20.
    expect(order(series, book, 'pessimistic')).toEqual(['L', 'L', 'L']);
  });

  it('judges marks of another interval by themselves', () => {
    const book = [{ symbol: 'A', qty: -1, ...HELD }];
    const long = [{ symbol: 'A', qty: 1, from: 5, to: 60 }];
    const trades = last('A', [bar, [30, 100, 110, 90, 100]]);
    const marks = mark('A', [bar], 60);
    expect(order([trades, marks], book, 'pessimistic')).toEqual(['HH', 'H']);
    // Nobody holds at 0; the long comes in inside of the bar of marks.
    expect(order([trades, marks], long, 'pessimistic')).toEqual(['LL', 'L']);
    expect(order([trades, marks], long, 'optimistic')).toEqual(['HH', 'H']);
  });

  it('counts a symbol by its marks where only they have a bar of the group', () => {
    const book = [{ symbol: 'B', qty: -1, ...HELD }];
    const series = [last('A', [bar]), mark('B', [bar]), last('B', [bar], 15)];
    expect(order(series, book, 'pessimistic')).toEqual(['H', 'H', 'H']);
  });
});
