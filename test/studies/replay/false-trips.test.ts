import { describe, expect, test } from 'vitest';
import type { FillRecord } from '../../../src/model/fill.ts';
import {
  type FundingRow,
  missedBy,
  type Settlement,
  type Taken,
  type Without,
} from '../../../src/studies/replay/false-trips.ts';

/** A fill of the other run: of trade 7, long, unless told. */
function fillOf(fill: Partial<FillRecord> & Pick<FillRecord, 'time' | 'qty' | 'price'>): FillRecord {
  return {
    account: 0,
    symbol: 0,
    position: 1,
    opening: false,
    cause: 'exit',
    order: null,
    pnl: 0,
    fee: 0,
    left: 0,
    shares: [{ trade: 7, qty: fill.qty }],
    ...fill,
  };
}

const opens = (time: number, qty: number, more: Partial<FillRecord> = {}) =>
  fillOf({ time, qty, price: 100, opening: true, ...more });
const closes = (time: number, qty: number, price: number, more: Partial<FillRecord> = {}) =>
  fillOf({ time, qty, price, ...more });

type Other = {
  readonly funding?: readonly (FundingRow & { readonly symbol?: number })[];
  readonly settlement?: Partial<Settlement>;
  readonly start?: number;
  readonly endMark?: number;
};

function otherRun(
  fills: readonly FillRecord[],
  { funding = [], settlement, start = 0, endMark = 90 }: Other = {},
) {
  const without: Without = {
    fillsOf: (trade) => fills.filter(({ shares }) => shares.some((share) => share.trade === trade)),
    endMarks: [endMark],
    end: 1000,
    fundingOf: (symbol, from, to) =>
      funding.filter((one) => (one.symbol ?? 0) === symbol && one.time >= from && one.time <= to),
    settlementOf: () => ({ contract: 'linear', venue: 0, coin: false, ...settlement }),
    startQty: () => start,
  };
  return without;
}

/** Two of trade 7 closed at 95 at time 50, unless told. */
function takenOf(taken: Partial<Taken> = {}): Taken {
  return {
    account: 0,
    symbol: 0,
    side: 1,
    decision: 'reaction 0',
    time: 50,
    price: 95,
    shares: [{ trade: 7, qty: 2 }],
    refused: false,
    fee: 0,
    allowed: 0,
    ...taken,
  };
}

const stamp = (time: number, rate: number, mark: number, venue = -1): FundingRow => ({
  time,
  rate,
  mark,
  venue,
});

describe('a close', () => {
  test('missed what its quantity earned up to its exit, less the fee of that, and its own fee', () => {
    const other = otherRun([opens(10, 2), closes(80, 2, 100, { fee: 0.2 })]);
    // 2 x (100 - 95) - 0.2, and 0.19 that need not have been paid.
    expect(missedBy(takenOf({ fee: 0.19 }), other)).toBeCloseTo(9.99, 12);
  });

  test('was right where going on would have lost more', () => {
    const other = otherRun([opens(10, 2), closes(80, 2, 90, { fee: 0.18 })]);
    // 2 x (90 - 95) - 0.18 + 0.19.
    expect(missedBy(takenOf({ fee: 0.19 }), other)).toBeCloseTo(-9.99, 12);
  });

  test('of a short is the mirror', () => {
    const fills = [opens(10, 2, { position: -1 }), closes(80, 2, 90, { position: -1 })];
    expect(missedBy(takenOf({ side: -1 }), otherRun(fills))).toBeCloseTo(10, 12);
    // A long of the same trade is none of its business.
    expect(missedBy(takenOf(), otherRun(fills))).toBeNull();
  });

  test('goes on to several exits as the other run does, and to the mark of the end with what is left', () => {
    const fills = [opens(10, 4), closes(60, 1, 97), closes(70, 1, 101)];
    // The other run ends 4 as 1 at 97, 1 at 101 and 2 at 90: a mean of 94.5, half a point below 95, twice.
    expect(missedBy(takenOf(), otherRun(fills))).toBeCloseTo(-1, 12);
    expect(missedBy(takenOf(), otherRun(fills, { endMark: 96 }))).toBeCloseTo(2 * (97.5 - 95), 12);
  });

  test('counts exits of its own moment and none from before', () => {
    const fills = [opens(10, 4), closes(49, 2, 200), closes(50, 2, 99)];
    expect(missedBy(takenOf(), otherRun(fills))).toBeCloseTo(8, 12);
  });

  test('counts no more than the other run still holds', () => {
    const fills = [opens(10, 2), closes(20, 1.5, 98), closes(80, 0.5, 101)];
    // Half a coin goes on from 95 to 101; a quarter of the fee of 0.2 is its own.
    expect(missedBy(takenOf({ fee: 0.2 }), otherRun(fills))).toBeCloseTo(3.05, 12);
  });

  test('was of nothing where the other run has left before, or never was in', () => {
    expect(missedBy(takenOf(), otherRun([opens(10, 2), closes(40, 2, 80)]))).toBeNull();
    expect(missedBy(takenOf(), otherRun([opens(51, 2), closes(80, 2, 120)]))).toBeNull();
    expect(missedBy(takenOf(), otherRun([]))).toBeNull();
  });

  test('follows each trade of the position to its own exit', () => {
    const fills = [
      opens(10, 2),
      opens(20, 1, { shares: [{ trade: 8, qty: 1 }] }),
      closes(60, 2, 99),
      closes(70, 1, 85, { shares: [{ trade: 8, qty: 1 }] }),
      // One that enters later is another story.
      opens(65, 5, { shares: [{ trade: 9, qty: 5 }] }),
      closes(90, 5, 300, { shares: [{ trade: 9, qty: 5 }] }),
    ];
    const shares = [
      { trade: 7, qty: 2 },
      { trade: 8, qty: 1 },
    ];
    // 2 x (99 - 95) + 1 x (85 - 95), and the fee of 0.3 once.
    expect(missedBy(takenOf({ shares, fee: 0.3 }), otherRun(fills))).toBeCloseTo(-1.7, 12);
  });

  test('shares a close of several trades by what is of its own', () => {
    const both = [
      { trade: 7, qty: 1 },
      { trade: 8, qty: 3 },
    ];
    const fills = [opens(10, 1), closes(60, 4, 99, { shares: both, fee: 0.4 })];
    // One coin from 95 to 99, with a quarter of the fee.
    expect(missedBy(takenOf({ shares: [{ trade: 7, qty: 1 }] }), otherRun(fills))).toBeCloseTo(3.9, 12);
  });

  test('of the book goes on from what the book holds at its start', () => {
    const shares = [{ trade: -1, qty: 2 }];
    const own = { shares };
    expect(missedBy(takenOf(own), otherRun([], { start: 2, endMark: 101 }))).toBeCloseTo(12, 12);
    const cut = closes(30, 1, 98, { shares: [{ trade: -1, qty: 1 }] });
    expect(missedBy(takenOf(own), otherRun([cut], { start: 2, endMark: 101 }))).toBeCloseTo(6, 12);
    expect(missedBy(takenOf(), otherRun([], { start: 2 }))).toBeNull();
  });

  test('would have paid the funding after it, up to and with that of its exit', () => {
    const fills = [opens(10, 2), closes(80, 2, 100)];
    const funding = [stamp(49, 1, 100), stamp(50, 1, 100), stamp(60, 0.01, 100), stamp(80, 0.02, 50)];
    const later = stamp(81, 1, 100);
    // 2 x (5 - 0.01 x 100 - 0.02 x 50).
    expect(missedBy(takenOf(), otherRun(fills, { funding: [...funding, later] }))).toBeCloseTo(6, 12);
    const short = [opens(10, 2, { position: -1 }), closes(80, 2, 100, { position: -1 })];
    // A short loses 5 and receives the 2.
    expect(missedBy(takenOf({ side: -1 }), otherRun(short, { funding }))).toBeCloseTo(-6, 12);
  });

  test('pays the funding of its own venue and symbol alone', () => {
    const fills = [opens(10, 2), closes(80, 2, 100)];
    const funding = [stamp(60, 0.01, 100, 0), stamp(60, 0.5, 100, 1), { ...stamp(60, 0.5, 100), symbol: 1 }];
    expect(missedBy(takenOf(), otherRun(fills, { funding }))).toBeCloseTo(8, 12);
    expect(missedBy(takenOf(), otherRun(fills, { funding, settlement: { venue: 1 } }))).toBeCloseTo(-90, 12);
  });

  test('of an inverse contract misses coin, worth what it is at the exit', () => {
    const fills = [opens(10, 200), closes(80, 200, 100)];
    const shares = [{ trade: 7, qty: 200 }];
    const funding = [stamp(60, 0.01, 80)];
    const contract = 'inverse' as const;
    const taken = takenOf({ shares, price: 80 });
    // 200 dollars from 80 to 100: 200 / 80 - 200 / 100 = 0.5 coin, less funding of 0.01 x 200 / 80 = 0.025.
    const inCoin = otherRun(fills, { funding, settlement: { contract } });
    expect(missedBy(taken, inCoin)).toBeCloseTo(0.475, 12);
    const inDollars = otherRun(fills, { funding, settlement: { contract, coin: true } });
    expect(missedBy(taken, inDollars)).toBeCloseTo(47.5, 10);
    const short = takenOf({ shares, price: 80, side: -1 });
    const shorts = fills.map((one) => ({ ...one, position: -1 as const }));
    expect(missedBy(short, otherRun(shorts, { settlement: { contract } }))).toBeCloseTo(-0.5, 12);
  });
});

describe('a refused entry', () => {
  const refused = { decision: 'entry 7', time: 10, price: 100, refused: true };

  test('missed its own result after both of its fees', () => {
    const fills = [opens(10, 2, { fee: 0.2 }), closes(80, 2, 103, { fee: 0.206 })];
    // 2 x 3 - 0.206 - 0.2.
    expect(missedBy(takenOf(refused), otherRun(fills))).toBeCloseTo(5.594, 12);
  });

  test('would have paid the funding of its own instant: entries come before it', () => {
    const fills = [opens(10, 2), closes(80, 2, 103)];
    const funding = [stamp(9, 1, 100), stamp(10, 0.01, 100)];
    expect(missedBy(takenOf(refused), otherRun(fills, { funding }))).toBeCloseTo(4, 12);
  });

  test('that was made smaller missed the part that was left out', () => {
    const fills = [opens(10, 3, { fee: 0.3 }), closes(80, 3, 103, { fee: 0.309 })];
    const shrunk = takenOf({ ...refused, allowed: 1 });
    // Two thirds of 9 - 0.309 - 0.3.
    expect(missedBy(shrunk, otherRun(fills))).toBeCloseTo(5.594, 12);
    // Where another guard lets in 1.5 without this one, a half is what this one took.
    const less = [opens(10, 1.5), closes(80, 1.5, 103)];
    expect(missedBy(shrunk, otherRun(less))).toBeCloseTo(1.5, 12);
    // And nothing where the others let in no more than it did.
    expect(missedBy(shrunk, otherRun([opens(10, 1), closes(80, 1, 103)]))).toBeNull();
  });

  test('that others refuse as well missed nothing', () => {
    expect(missedBy(takenOf(refused), otherRun([]))).toBeNull();
  });
});
