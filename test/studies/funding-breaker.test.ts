import { describe, expect, test } from 'vitest';
import { breakerOutcome, paysAbove } from '../../src/risk/funding/breaker-history.ts';
import { heldHistory } from '../../src/risk/funding/held-history.ts';
import { fundingBreaker } from '../../src/studies/funding-breaker.ts';
import { ctx, fundedInputs, fundedTree, ratesOf } from '../support/funding-study.ts';
import { type BarRow, barsOf } from '../support/small-bars.ts';

const EIGHT = 8 * 3_600_000;
const free = ['venue.fees.taker=0', 'venue.slippage.halfSpreadBps=0'];
const grid = 'studies.funding.breaker';

function study(rates: readonly number[], prices: readonly number[], ...settings: string[]) {
  const rows = prices.map((price, i): BarRow => [i * EIGHT, price, price + 1, price - 1, price]);
  const inputs = fundedInputs({ funding: [ratesOf(rates)], ohlcv: [barsOf('AAAUSDT', EIGHT, rows)] });
  return fundingBreaker.run(inputs, fundedTree(...free, ...settings), ctx).result;
}

/** Every tenth day pays 0.2 % three times, and the price falls by 1 % at each of them; the other days are quiet. */
const rates = Array.from({ length: 900 }, (_, i) => (i % 30 < 3 ? 0.002 : 0.0001));
const prices = Array.from(
  { length: 900 },
  (_, i) => 100 * 0.99 ** (3 * Math.floor(i / 30) + Math.min(3, i % 30)),
);

describe('the breaker over a history', () => {
  const settings = [
    'studies.funding.sizing=constant-leverage',
    `${grid}.thresholds=[0.001, 0.0019, 0.003]`,
    `${grid}.periods=[1, 2]`,
  ];

  test('counts what each cell saves, misses and pays, of the notional', () => {
    const [run] = study(rates, prices, ...settings, 'venue.fees.taker=0.0005').runs;
    // At once: of three settlements the first is paid, two are not; it is away over the three falls but the last, and sees the fourth settlement.
    expect(run?.cells[0]).toMatchObject({ threshold: 0.001, periods: 1, triggers: 30, settlementsAway: 90 });
    expect(run?.cells[0]?.fundingSaved).toBeCloseTo(30 * (0.002 + 0.002 + 0.0001), 12);
    expect(run?.cells[0]?.markPnlMissed).toBeCloseTo(-30 * 3 * 0.01, 10);
    expect(run?.cells[0]?.exitCost).toBeCloseTo(30 * 0.0005, 12);
    expect(run?.cells[0]?.reentryCost).toBeCloseTo(30 * 0.0005, 12);
    expect(run?.cells[0]?.net).toBeCloseTo(30 * (0.0041 + 0.03 - 0.001), 10);
    // The first two are paid, and one fall is felt.
    expect(run?.cells[1]?.net).toBeCloseTo(30 * (0.0021 + 0.02 - 0.001), 10);
    // 0.2 % is above 0.19 % as of 8 hours, and not above 0.3 %.
    expect(run?.cells.map(({ triggers }) => triggers)).toEqual([30, 30, 30, 30, 0, 0]);
    expect(run?.best).toMatchObject({ threshold: 0.001, periods: 1 });
  });

  test('holds the best cell against no breaker, its neighbours and the configured one', () => {
    const [run] = study(rates, prices, ...settings).runs;
    expect(run?.comparisons.map(({ against, threshold, periods }) => [against, threshold, periods])).toEqual([
      ['none', null, null],
      ['neighbour', 0.001, 2],
      ['neighbour', 0.0019, 1],
      ['configured', 0.001, 3],
    ]);
    for (const {
      difference,
      differenceInterval: [low, high],
    } of run?.comparisons ?? []) {
      expect(low).toBeLessThanOrEqual(difference);
      expect(high).toBeGreaterThanOrEqual(difference);
    }
    // The twin acts at the same settlements: nothing tells them apart.
    expect(run?.comparisons[2]).toMatchObject({ difference: 0, differenceInterval: [0, 0], pValue: 1 });
    expect(run?.comparisons[0]?.distinguishable).toBe(true);
    expect(run?.verdict).toBe('better-than-none');
    expect(run?.reason).toMatch(
      /^the best cell is distinguishable from \d of its 2 neighbours, and from no breaker; it lies at the edge of the thresholds: widen them$/,
    );
  });

  test('agrees with the kernel on both sides, in coin, at constant size, by flip', () => {
    const { runs } = study(
      rates.map((rate, i) => (i % 7 === 0 ? -rate : rate)),
      prices,
      'studies.funding.direction=both',
      'studies.funding.sizing=both',
      'studies.funding.inverse=true',
      'guards.funding-breaker.action=flip',
      `${grid}.thresholds=[0.001]`,
      `${grid}.periods=[1]`,
    );
    expect(runs.map(({ direction, sizing }) => `${direction} ${sizing}`)).toEqual([
      'long constant-size',
      'short constant-size',
      'long constant-leverage',
      'short constant-leverage',
    ]);
    const rate = Float64Array.from(rates, (one, i) => (i % 7 === 0 ? -one : one));
    for (const { direction, sizing, cells } of runs) {
      const side = direction === 'long' ? 1 : -1;
      const held = heldHistory({ contract: 'inverse', side, sizing }, rate, Float64Array.from(prices));
      const above = paysAbove(side, rate, new Float64Array(900).fill(EIGHT), 0.001);
      const {
        gain: _,
        acted: __,
        returned: ___,
        ...cell
      } = breakerOutcome(held, above, {
        periods: 1,
        action: 'flip',
        tradeCost: 0,
      });
      expect(cells).toEqual([{ threshold: 0.001, periods: 1, ...cell }]);
    }
  });

  test('never acts, gains nothing, or has too few settlements to tell', () => {
    const flat = new Array(900).fill(100);
    expect(
      study(
        rates.map(() => 0),
        flat,
      ).runs[0],
    ).toMatchObject({
      verdict: 'never-acts',
      best: null,
      comparisons: [],
      held: { markPnl: 0, funding: 0, pnl: 0 },
    });
    const dear = ['venue.fees.taker=0.05', ...settings];
    // The neighbour that never acts is the best of those that lose.
    const [loses] = study(rates, flat, ...dear, `${grid}.thresholds=[0.001]`).runs;
    expect(loses?.verdict).toBe('no-gain');
    const [brief] = study(rates.slice(0, 100), prices.slice(0, 100), ...settings).runs;
    expect(brief).toMatchObject({
      verdict: 'too-short',
      reason: 'needs 10 blocks of 21 settlements, the history has 4.7',
    });
  });

  test('reads its grid as a range, and every key of it changes some result', () => {
    expect(study(rates, prices).thresholds).toHaveLength(28);
    const base = study(rates, prices, ...settings);
    for (const change of [
      `${grid}.thresholds=[0.0015]`,
      `${grid}.periods=[2]`,
      `${grid}.blockDays=2`,
      `${grid}.replicates=200`,
      `${grid}.intervalLevel=0.9`,
    ])
      expect(study(rates, prices, ...settings, change).runs).not.toEqual(base.runs);
  });
});

test.each([
  [`${grid}.thresholds=[0.002, 0.001]`, 'thresholds must ascend from above 0, was 0.001 after 0.002'],
  [`${grid}.thresholds="0:0.001:0.0005"`, 'thresholds must ascend from above 0, was 0'],
  [`${grid}.periods=[2, 2]`, 'periods must ascend from above 0, was 2 after 2'],
  [`${grid}.periods=[900]`, '900 settlements in a row need a history of at least 901, was 900'],
])('refuses %s', (setting, message) => {
  expect(() => study(rates, prices, setting)).toThrow(message);
});
