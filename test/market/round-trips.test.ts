import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Fill } from '../../src/market/fill.ts';
import { foldFills } from '../../src/market/round-trips.ts';

const MINUTE = 60_000;

/** `time side size@price from start` in one line, the rest filled in. */
function fill(id: number, text: string, more: Partial<Fill> = {}): Fill {
  const [time, side, deal, , start] = text.split(' ');
  const [size, price] = (deal ?? '').split('@');
  return {
    id,
    account: 'a',
    coin: 'BTC',
    time: Number(time) * MINUTE,
    price: Number(price),
    size: Number(size),
    side: side === 'buy' ? 1 : -1,
    start: Number(start),
    closedPnl: 0,
    fee: 0,
    exitKind: 'unknown',
    ...more,
  };
}

function fold(...lines: readonly string[]) {
  return foldFills(
    lines.map((line, i) => fill(i + 1, line)),
    MINUTE,
  );
}

describe('foldFills', () => {
  it('makes one trip of a position that is built in steps and sold in parts, at average prices', () => {
    // Bought 1 @ 100 and 1 @ 120: cost 220. Sold 0.5 @ 110 and 1.5 @ 130: 250. So 2 at 110 -> 125, profit 30.
    const { trips, skipped, breaks } = fold(
      '0 buy 1@100 from 0',
      '5 sell 0.5@110 from 1',
      '7 buy 1@120 from 0.5',
      '9 sell 1.5@130 from 1.5',
    );
    expect(trips).toHaveLength(1);
    expect(trips[0]?.trade).toEqual({
      id: 1,
      symbol: 'BTC',
      direction: 'long',
      entryTime: 0,
      entryPrice: 110,
      entrySpan: 8 * MINUTE,
      exitTime: 9 * MINUTE,
      exitSlack: MINUTE,
      exitPrice: 125,
      exitSpan: 4 * MINUTE,
      exitKind: 'unknown',
      qty: 2,
      feeEntry: 0,
      feeExit: 0,
    });
    expect(trips[0]?.pnl).toBe(30);
    expect([skipped, breaks]).toEqual([[], []]);
  });

  it('gives a trip of two fills exact prices without a span', () => {
    const { trips } = fold('0 sell 2@100 from 0', '5 buy 2@90 from -2');
    expect(trips[0]?.trade).toMatchObject({ direction: 'short', entryPrice: 100, exitPrice: 90, qty: 2 });
    expect(trips[0]?.trade).not.toHaveProperty('entrySpan');
    expect(trips[0]?.trade).not.toHaveProperty('exitSpan');
    expect(trips[0]?.pnl).toBe(20);
  });

  it('ends one trip and begins the next where a fill flips the position, and shares its fee by quantity', () => {
    const { trips } = foldFills(
      [
        fill(1, '0 buy 1@100 from 0', { fee: 1 }),
        fill(2, '5 sell 4@110 from 1', { fee: 8, closedPnl: 10 }),
        fill(3, '9 buy 3@90 from -3', { fee: 3, closedPnl: 60 }),
      ],
      MINUTE,
    );
    expect(trips.map(({ trade }) => [trade.id, trade.direction, trade.qty, trade.entryPrice])).toEqual([
      [1, 'long', 1, 100],
      [2, 'short', 3, 110],
    ]);
    expect(trips.map((trip) => [trip.pnl, trip.reportedPnl, trip.fills])).toEqual([
      [10, 10, 2],
      [60, 60, 2],
    ]);
    // The flip's fee of 8: a quarter closes (2 of 110), three quarters open (6 of 330).
    expect(trips[0]?.trade.feeEntry).toBe(1 / 100);
    expect(trips[0]?.trade.feeExit).toBe(2 / 110);
    expect(trips[1]?.trade.feeEntry).toBe(6 / 330);
    expect(trips[1]?.trade.feeExit).toBe(3 / 270);
  });

  it('keeps accounts and coins apart', () => {
    const { trips } = foldFills(
      [
        fill(1, '0 buy 1@100 from 0'),
        fill(2, '0 sell 1@100 from 0', { account: 'b' }),
        fill(3, '1 sell 5@10 from 0', { coin: 'SOL' }),
        fill(4, '2 sell 1@101 from 1'),
        fill(5, '2 buy 1@99 from -1', { account: 'b' }),
        fill(6, '3 buy 5@9 from -5', { coin: 'SOL' }),
      ],
      MINUTE,
    );
    expect(trips.map(({ trade, pnl }) => [trade.id, trade.symbol, trade.direction, pnl])).toEqual([
      [1, 'BTC', 'long', 1],
      [2, 'BTC', 'short', 1],
      [3, 'SOL', 'short', 5],
    ]);
  });

  it('puts fills of one minute in the order in which their start positions follow', () => {
    const { trips, breaks } = fold('0 buy 1@100 from 1', '0 buy 1@100 from 0', '3 sell 2@101 from 2');
    expect(breaks).toEqual([]);
    expect(trips[0]?.trade).toMatchObject({ id: 2, qty: 2 });
  });

  it('reads a file that runs from new to old, and says so', () => {
    const folded = fold(
      '9 sell 1@110 from 1',
      '5 buy 1@100 from 0',
      '2 buy 2@90 from -2',
      '1 sell 2@95 from 0',
    );
    expect(folded.newestFirst).toBe(true);
    expect(folded.trips.map(({ trade, pnl }) => [trade.id, pnl])).toEqual([
      [4, 10],
      [2, 10],
    ]);
  });

  it('leaves out a trip in which fills are missing, and goes on at the next flat', () => {
    const { trips, skipped, breaks } = fold(
      '0 buy 1@100 from 0',
      '5 sell 1@110 from 3',
      '6 sell 2@111 from 2',
      '8 buy 1@90 from 0',
      '9 sell 1@95 from 1',
    );
    expect(breaks.map((b) => b.id)).toEqual([2]);
    expect(skipped).toEqual([{ reason: 'missing-fills', id: 1 }]);
    expect(trips.map(({ trade }) => trade.id)).toEqual([4]);
  });

  it('begins anew where the missing fills closed the position', () => {
    const { trips, skipped } = fold('0 buy 1@100 from 0', '5 sell 1@110 from 0', '6 buy 1@100 from -1');
    expect(skipped).toEqual([{ reason: 'missing-fills', id: 1 }]);
    expect(trips.map(({ trade }) => [trade.id, trade.direction])).toEqual([[2, 'short']]);
  });

  it('leaves out a position whose opening lies in missing fills', () => {
    const { trips, skipped } = fold(
      '0 buy 1@100 from 0',
      '5 sell 1@110 from 1',
      '6 sell 1@100 from 2',
      '7 sell 1@99 from 1',
    );
    expect(skipped).toEqual([{ reason: 'missing-fills', id: 3 }]);
    expect(trips).toHaveLength(1);
  });

  it('leaves out positions that were open before the file and at its end', () => {
    const { trips, skipped } = fold('0 sell 1@100 from 2', '1 sell 1@100 from 1', '2 sell 1@100 from 0');
    expect(trips).toEqual([]);
    expect(skipped).toEqual([
      { reason: 'opened-before-file', id: 1 },
      { reason: 'still-open', id: 3 },
    ]);
  });

  it('knows the entry of a trip that a flip opens, even where the position before it is unknown', () => {
    const { trips, skipped } = fold('0 sell 3@100 from 2', '1 buy 1@90 from -1');
    expect(skipped).toEqual([{ reason: 'opened-before-file', id: 1 }]);
    expect(trips[0]?.trade).toMatchObject({ id: 1, direction: 'short', qty: 1, entryPrice: 100 });
  });

  it('takes the reason of the exit from the fill that names one', () => {
    const { trips } = foldFills(
      [fill(1, '0 buy 1@100 from 0'), fill(2, '5 sell 1@60 from 1', { exitKind: 'liquidation' })],
      MINUTE,
    );
    expect(trips[0]?.trade.exitKind).toBe('liquidation');
  });

  it('takes positions that differ only in their last digits for the same', () => {
    const { trips, breaks } = fold(
      '0 buy 0.1@100 from 0',
      '1 buy 0.2@100 from 0.1',
      '2 sell 0.3@100 from 0.3',
    );
    expect(breaks).toEqual([]);
    expect(trips).toHaveLength(1);
  });

  it('accounts for all of the money of any walk of fills that ends flat', () => {
    const steps = fc.array(fc.tuple(fc.integer({ min: -5, max: 5 }), fc.integer({ min: 90, max: 110 })), {
      minLength: 1,
      maxLength: 30,
    });
    fc.assert(
      fc.property(steps, (moves) => {
        const fills: Fill[] = [];
        let position = 0;
        let cash = 0;
        for (const [change, price] of [...moves, [Number.NaN, 100] as const]) {
          const step = Number.isNaN(change) ? -position : change;
          if (step === 0) continue;
          const line = `${fills.length} ${step > 0 ? 'buy' : 'sell'} ${Math.abs(step)}@${price} from ${position}`;
          fills.push(fill(fills.length + 1, line));
          position += step;
          cash -= step * price;
        }
        const { trips, skipped } = foldFills(fills, MINUTE);
        expect(skipped).toEqual([]);
        // A walk from flat to flat earns what its cash flows add up to, however it is cut into trips.
        expect(trips.reduce((sum, trip) => sum + trip.pnl, 0)).toBeCloseTo(cash, 9);
      }),
      { seed: 7, numRuns: 300 },
    );
  });
});
