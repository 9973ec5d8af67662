import { describe, expect, test } from 'vitest';
import type { Bars } from '../../src/market/bars.ts';
import { fundingReplay } from '../../src/studies/funding-replay.ts';
import golden from '../golden/funding.json' with { type: 'json' };
import { flatTable } from '../support/flat-table.ts';
import { ctx, fundedInputs, fundedTree, ratesOf } from '../support/funding-study.ts';
import { type BarRow, barsOf } from '../support/small-bars.ts';
import { venueOfTable } from '../support/venue-scene.ts';

const HOUR = 3_600_000;
const EIGHT = 8 * HOUR;

const free = ['venue.fees.taker=0', 'venue.slippage.halfSpreadBps=0'];

function replay(rates: readonly number[], rows: readonly BarRow[], ...settings: string[]) {
  const bars: Bars = barsOf('AAAUSDT', EIGHT, rows);
  const inputs = fundedInputs({ funding: [ratesOf(rates)], ohlcv: rows.length > 0 ? [bars] : [] });
  const tree = fundedTree(...free, ...settings);
  return fundingReplay.run({ ...inputs, curvePoints: Number.POSITIVE_INFINITY }, tree, ctx);
}

const rates = [0.001, -0.0005, 0.002];
const rows: readonly BarRow[] = [
  [0, 100, 112, 99, 110],
  [EIGHT, 110, 111, 104, 105],
  [2 * EIGHT, 105, 106, 104, 106],
];

/** Equity of 1 at a constant leverage: the mark moves, the rate is paid on the mark of the stamp, the leverage is set anew. */
function equityOnPath(marks: readonly number[], rate: number, leverage: number, inverse: boolean): number {
  let equity = 1;
  let before = 100;
  for (const mark of marks) {
    const ratio = mark / before;
    const gain = inverse ? 1 - 1 / ratio : ratio - 1;
    const paid = inverse ? rate / ratio : rate * ratio;
    equity *= 1 + leverage * (gain - paid);
    before = mark;
  }
  return equity;
}

describe('a position of 100 base at 100, 5x, over three settlements', () => {
  test('keeps the two P&Ls apart, on both sides', () => {
    // 10,000 x 0.1 %, then 11,000 x -0.05 %, then 10,500 x 0.2 %; from 100 to 105.
    const { result, fidelity } = replay(rates, rows, 'studies.funding.direction=both');
    const [long, short] = result.runs;
    expect(result).toMatchObject({ asset: 'USDT', entry: 100, from: 0, to: 2 * EIGHT, marks: 'last' });
    expect(long).toMatchObject({
      settlements: 3,
      margin: '2000',
      markPnl: '500',
      funding: '-25.5',
      cost: '0',
      endEquity: '2474.5',
      liquidation: null,
    });
    expect(long?.fundingOfNotional).toBeCloseTo(-0.00255, 12);
    expect(long?.fundingOfMargin).toBeCloseTo(-0.01275, 12);
    expect(long?.fundingShare).toBeCloseTo(25.5 / 525.5, 12);
    expect(long?.breakEvenPrice).toBeCloseTo(100.255, 9);
    expect(long?.breakEvenDrift).toBeCloseTo(0.00255, 12);
    // Three payments of eight hours are those of a day.
    expect(long?.breakEvenDriftPerDay).toBeCloseTo(0.00255, 12);
    expect(long?.firstLiquidationPrice).toBeCloseTo(80 / 0.995, 9);
    expect(long?.lastLiquidationPrice).toBeCloseTo(80.255 / 0.995, 9);
    expect(short).toMatchObject({ markPnl: '-500', funding: '25.5', endEquity: '1525.5' });
    expect(short?.breakEvenPrice).toBeCloseTo(100.255, 9);
    expect(short?.lastLiquidationPrice).toBeCloseTo(120.255 / 1.005, 9);
    expect(long?.curve.map(({ funding, markPnl }) => [funding, markPnl])).toEqual([
      [0, 0],
      [-10, 0],
      [-4.5, 1000],
      [-25.5, 500],
    ]);
    expect(fidelity).toEqual(['brackets-default', 'last-as-mark']);
  });

  test('pays in coin where it is inverse', () => {
    // 10,000 quote are 100 coin at 100, and 10,000 / 105 at the end.
    const { result } = replay(rates, rows, 'studies.funding.inverse=true');
    const paid = 100 * 0.001 - (10_000 / 110) * 0.0005 + (10_000 / 105) * 0.002;
    const [run] = result.runs;
    expect(result.asset).toBe('AAA');
    expect(Number(run?.funding)).toBeCloseTo(-paid, 9);
    expect(Number(run?.markPnl)).toBeCloseTo(100 - 10_000 / 105, 9);
    expect(run?.breakEvenPrice).toBeCloseTo(1 / (1 / 100 - paid / 10_000), 9);
  });

  test('says what the breaker would have done, and what acting cost', () => {
    // It leaves after the first, comes back after the second, leaves after the third: it misses 1,000 of the mark and 5.5 that it would have got.
    const { result } = replay(
      rates,
      rows,
      'venue.fees.taker=0.001',
      'guards.funding-breaker.maxRate8h=0.0009',
      'guards.funding-breaker.settlements=1',
    );
    expect(result.runs[0]?.breaker).toEqual({
      threshold: 0.0009,
      periods: 1,
      action: 'close',
      triggers: 2,
      settlementsAway: 1,
      fundingSaved: '-5.5',
      markPnlMissed: '1000',
      exitCost: '20.5',
      reentryCost: '11',
      net: '-1037',
      netOfNotional: expect.closeTo(-0.1037, 12),
      awayAtLiquidation: null,
      acts: [
        { left: 0, back: EIGHT },
        { left: 2 * EIGHT, back: null },
      ],
    });
    const flipped = replay(
      rates,
      rows,
      'guards.funding-breaker.maxRate8h=0.0009',
      'guards.funding-breaker.settlements=1',
      'guards.funding-breaker.action=flip',
    );
    expect(flipped.result.runs[0]?.breaker).toMatchObject({ fundingSaved: '-11', markPnlMissed: '2000' });
    const off = replay(rates, rows, 'guards.funding-breaker.maxRate8h=null');
    expect(off.result.runs[0]?.breaker).toBeNull();
  });

  test('is liquidated by a price between two settlements, and ends there', () => {
    const fall: readonly BarRow[] = [[0, 100, 101, 70, 90], ...rows.slice(1)];
    const { result } = replay(
      rates,
      fall,
      'guards.funding-breaker.maxRate8h=0.0009',
      'guards.funding-breaker.settlements=1',
    );
    const [run] = result.runs;
    const price = 80.1 / 0.995;
    expect(run).toMatchObject({ settlements: 1, funding: '-10', liquidationFee: '0' });
    expect(run?.liquidation).toMatchObject({ time: 0, cause: 'price' });
    expect(run?.liquidation?.price).toBeCloseTo(price, 9);
    expect(Number(run?.markPnl)).toBeCloseTo(100 * (price - 100), 7);
    // What is left is the maintenance at that price.
    expect(Number(run?.endEquity)).toBeCloseTo(0.005 * 100 * price, 7);
    // The breaker had left at the first settlement: it misses that loss.
    expect(run?.breaker).toMatchObject({ awayAtLiquidation: true, triggers: 1 });
    expect(Number(run?.breaker?.markPnlMissed)).toBeCloseTo(100 * (price - 100), 7);
    // A fee of more than that takes what is left, and the venue bears nothing.
    const all = replay(rates, fall, 'venue.fees.liquidation=0.01').result.runs[0];
    expect(all).toMatchObject({ endEquity: '0', shortfall: '0', liquidationFee: run?.endEquity });
    const charged = replay(rates, fall, 'venue.fees.liquidation=0.004').result.runs[0];
    expect(Number(charged?.liquidationFee)).toBeCloseTo(0.004 * 100 * price, 7);
    expect(Number(charged?.endEquity)).toBeCloseTo(0.001 * 100 * price, 7);
  });
});

describe('at a flat mark', () => {
  const flat = 'studies.funding.flat="100"';

  test('finds the worst 7 and 30 days, or says why there are none', () => {
    const year = Array.from({ length: 120 }, (_, i) => (i >= 40 ? 0.0001 : -0.0001));
    const { result } = replay(year, [], flat, 'studies.funding.direction=both');
    const [long, short] = result.runs;
    expect(long?.worst7d).toMatchObject({
      funding: '-21',
      ofNotional: -0.0021,
      from: 40 * EIGHT,
      to: 60 * EIGHT,
    });
    // 80 of 90 settlements are paid, and 10 received.
    expect(long?.worst30d).toMatchObject({ funding: '-70', from: 30 * EIGHT, to: 119 * EIGHT });
    expect(short?.worst7d).toMatchObject({ funding: '-21', from: 0, to: 20 * EIGHT });
    const brief = replay(year.slice(0, 30), [], flat).result.runs[0];
    expect(brief).toMatchObject({
      worst7d: null,
      worst7dReason: 'paid in no 7 days on balance',
      worst30d: null,
    });
    expect(brief?.worst30dReason).toBe('needs 30 days of settlements, lived 10');
  });

  test.each(golden.constant_leverage_rebalanced.rows)(
    'keeps (1 - L r)^90 of the margin after 30 days at a constant $L x',
    ({ L, r, equity_after_30d }) => {
      const settings = [
        flat,
        'studies.funding.sizing=constant-leverage',
        `studies.funding.replay.leverage=${L}`,
      ];
      const { result } = replay(new Array(90).fill(r), [], ...settings);
      const [run] = result.runs;
      expect(Number(run?.endEquity) / Number(run?.margin)).toBeCloseTo(equity_after_30d, 9);
      expect(run?.liquidation).toBeNull();
      expect(run?.breakEvenDrift).toBeCloseTo(Math.expm1(-90 * Math.log1p(-r)), 9);
    },
  );

  test.each([
    ['linear', false, 1 / (1 - 0.004)],
    ['inverse', true, 1 + 0.004],
  ])('keeps the equity of a constant leverage on its break-even drift, %s', (_, inverse, step) => {
    // Entered at 100 one interval before the first of twenty settlements of 0.4 %.
    const closes = Array.from({ length: 20 }, (__, i) => {
      let price = 100;
      for (let k = 0; k <= i; k += 1) price *= step;
      return price;
    });
    expect(equityOnPath(closes, 0.004, 3, inverse)).toBeCloseTo(1, 12);
    const settings = [flat, 'studies.funding.sizing=constant-leverage', 'studies.funding.replay.leverage=3'];
    const contract = `studies.funding.inverse=${inverse}`;
    const [run] = replay(new Array(20).fill(0.004), [], ...settings, contract).result.runs;
    expect(run?.breakEvenDrift).toBeCloseTo((closes.at(-1) ?? 0) / 100 - 1, 12);
  });

  test('tells of a notional that no bracket of the venue holds, and of none that the last one does', () => {
    const table = { ...flatTable(0.005), cap: Float64Array.of(20_000) };
    const warningsAt = (notional: number) => {
      const inputs = { ...fundedInputs({ funding: [ratesOf(rates)] }), venue: venueOfTable(table) };
      const settings = [...free, flat, `studies.funding.replay.notional="${notional}"`];
      return fundingReplay
        .run({ ...inputs, curvePoints: 10 }, fundedTree(...settings), ctx)
        .warnings.join('\n');
    };
    expect(warningsAt(20_001)).toContain('the last bracket of the venue ends at 20000 USDT');
    expect(warningsAt(20_000)).not.toContain('the last bracket');
  });

  test('loses no more than its margin: the venue bears what a settlement takes beyond it', () => {
    const { result } = replay([0.02, 0.02], [], flat, 'studies.funding.replay.leverage=100');
    // 1 % of margin, 2 % of funding.
    expect(result.runs[0]).toMatchObject({
      funding: '-200',
      shortfall: '100',
      endEquity: '0',
      liquidationFee: '0',
    });
    expect(result.runs[0]?.liquidation).toMatchObject({ time: 0, cause: 'funding' });
  });

  test('a constant rate of 0 brings 0, and says so', () => {
    const [run] = replay(new Array(30).fill(0), [], flat).result.runs;
    expect(run).toMatchObject({ markPnl: '0', funding: '0', fundingShare: null, breakEvenDrift: 0 });
  });

  test('tells sums by month, extremes, cap and changes of the interval', () => {
    const time = Float64Array.from([0, 8, 16, 20, 24, 28].map((hour) => hour * HOUR));
    const funding = {
      symbol: 'AAAUSDT',
      time,
      rate: Float64Array.of(0.001, 0.003, 0.003, -0.002, 0.001, 0.002),
      interval: Float64Array.from([8, 8, 8, 4, 4, 4].map((hour) => hour * HOUR)),
    };
    const inputs = { ...fundedInputs({ funding: [funding] }), curvePoints: 10 };
    const { rates: told } = fundingReplay.run(inputs, fundedTree(...free, flat), ctx).result;
    expect(told.sum).toBeCloseTo(0.008, 12);
    expect(told.mean8h).toBeCloseTo(0.008 / 4.5, 12);
    expect(told).toMatchObject({
      settlements: 6,
      lowest: { rate: -0.002, count: 1 },
      highest: { rate: 0.003, count: 2 },
      cap: null,
      atCap: null,
      capReason: 'test/1970-01-01 states no cap of it',
      interval: EIGHT,
      intervalChanges: [{ time: 20 * HOUR, from: EIGHT, to: 4 * HOUR }],
      months: [{ month: '1970-01', settlements: 6 }],
    });
  });
});

test('thins the curve to so many points, and keeps its ends', () => {
  const inputs = fundedInputs({ funding: [ratesOf(new Array(500).fill(0.00001))] });
  const tree = fundedTree(...free, 'studies.funding.flat="100"');
  const { result } = fundingReplay.run({ ...inputs, curvePoints: 50 }, tree, ctx);
  const curve = result.runs[0]?.curve ?? [];
  expect(curve.length).toBeLessThanOrEqual(52);
  expect(curve.at(-1)?.time).toBe(499 * EIGHT);
  expect(curve[0]).toMatchObject({ time: 0, rate: null, equity: 2000 });
});

test('refuses a position that is at maintenance when opened', () => {
  expect(() => replay(rates, rows, 'studies.funding.replay.leverage=200')).toThrow(
    'must have more than its maintenance when opened',
  );
});

test('refuses a trade that costs the equity that it is to hold', () => {
  const dear = ['venue.fees.taker=0.1', 'studies.funding.replay.leverage=10'];
  expect(() => replay(rates, rows, ...dear, 'studies.funding.sizing=constant-leverage')).toThrow(
    'must cost less than 1 / leverage, was 0.1 of its notional at 10x',
  );
  expect(replay(rates, rows, ...dear).result.runs[0]).toMatchObject({ cost: '0', funding: '-25.5' });
});
