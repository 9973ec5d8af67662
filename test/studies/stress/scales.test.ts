/** Insolvency by runs, by one move and by the verdict: one definition. And what the scales name. */
import { describe, expect, test } from 'vitest';
import { isInsolvent } from '../../../src/studies/stress/insolvency.ts';
import { hours, smallScenario, statedAsset } from '../../support/small-scenario.ts';
import { type Given, stressOf } from '../../support/stress-study.ts';

const none = ['engine.guards=[]'];

/** BTC falls by 15 % in one step at the first hour, and stays. */
const gap = smallScenario({
  stated: [statedAsset('BTC', hours([-48, 100], [1, 100], [1, 85], [24, 85]))],
  shocks: [
    { asset: 'BTC', move: -0.15 },
    { asset: 'DEFAULT', move: -0.2 },
  ],
});

function reversed(given: Given, scenario = gap) {
  const { result } = stressOf([scenario], {
    ...given,
    set: ['studies.stress.reverse=true', ...(given.set ?? [])],
  });
  const [own] = result.scenarios;
  const scales = new Map(result.reverse?.scales[0]?.outcomes.map(({ name, scale }) => [name, scale]));
  const fall = new Map(result.reverse?.fall.map(({ name, shock }) => [name, shock]));
  return { verdict: own?.verdict, unprotected: own?.unprotected, scales, fall };
}

/** The scale at which a step of 15 % is one to a price, of 100. */
const scaleTo = (price: number) => Math.log(price / 100) / Math.log(0.85);

describe('insolvency', () => {
  test('of an isolated position with money beside it: where its margin is gone, in the run and under one move', () => {
    // 10 BTC at 100 and 10x: 100 of margin of 1,000, gone at 90; liquidated at 100 + 10 (P - 100) = 0.1 P.
    const book = `account: { balance: 1000, venue: test, marginMode: isolated }
positions:
  - { symbol: BTCUSDT, qty: 10, entry: 100, leverage: 10 }
`;
    const { verdict, unprotected, scales, fall } = reversed({ book, set: none });
    expect(verdict).toBe('insolvent');
    // 900 beside the position are left; 150 were lost against 100.
    expect(unprotected).toMatchObject({ endEquity: '900', shortfall: '50' });
    // The low is what the venue leaves, not the 850 of a moment that nobody is charged for.
    expect([unprotected?.lowEquity, unprotected?.maxDrawdown]).toEqual([900, expect.closeTo(0.1, 12)]);
    expect(fall.get('insolvency')).toBeCloseTo(-0.1, 12);
    expect(scales.get('insolvency')).toBeCloseTo(scaleTo(90), 5);
    expect(scales.get('first-liquidation')).toBeCloseTo(scaleTo(900 / 9.9), 5);
  });

  test('of one account is not paid by another', () => {
    // 5 BTC at 100 on 50 of cash: gone at 90. The other account has 10,000.
    const book = `accounts:
  - { id: a, venue: test, currency: USDT, balance: 50, marginMode: cross }
  - { id: b, venue: test, currency: USDT, balance: 10000, marginMode: cross }
positions:
  - { symbol: BTCUSDT, qty: 5, entry: 100, leverage: 10, account: a }
  - { symbol: ETHUSDT, qty: 1, entry: 10, leverage: 10, account: b }
`;
    const { verdict, unprotected, scales, fall } = reversed({ book, set: none });
    expect(verdict).toBe('insolvent');
    expect(unprotected?.shortfall).toBe('25');
    expect(fall.get('insolvency')).toBeCloseTo(-0.1, 12);
    expect(scales.get('insolvency')).toBeCloseTo(scaleTo(90), 5);
  });

  test('of a run: nothing left, or something unpaid', () => {
    expect(isInsolvent({ endEquity: '0.01', shortfall: '0' })).toBe(false);
    expect(isInsolvent({ endEquity: '0', shortfall: '0' })).toBe(true);
    expect(isInsolvent({ endEquity: '1000', shortfall: '0.01' })).toBe(true);
  });
});

test('a rule that the book at rest knows nothing of is named with the scale at which it trips', () => {
  // Without bars the standing book has no ATR and so no stop; the history of the scenario has one.
  const waves = hours([-48, 100], [-36, 110], [-24, 100], [-12, 110], [0, 100], [24, 70]);
  const scenario = smallScenario({ stated: [statedAsset('BTC', waves)] });
  const book = `account: { balance: 1000, venue: test, marginMode: isolated }
positions:
  - { symbol: BTCUSDT, qty: 1, entry: 100, leverage: 2 }
`;
  const { scales, fall } = reversed({ book }, scenario);
  expect(fall.has('stop')).toBe(false);
  expect(scales.get('stop')).toBeGreaterThan(0);
  expect(scales.get('stop')).toBeLessThan(1);
  expect([...scales.keys()].some((name) => name.startsWith('stops/'))).toBe(false);
});

test('a rung that only tells is met where it tells', () => {
  // 200 of margin on 10 at 100: half of it is left at 90, 0.8 to the power of the scale.
  const set = ['engine.guards=["margin-ladder"]'];
  const { scales } = reversed({ set }, smallScenario());
  expect(scales.get('margin-ladder/monitor-at-0.5')).toBeCloseTo(Math.log(0.9) / Math.log(0.8), 5);
  // 0.3 of it at 86.
  expect(scales.get('margin-ladder/reduce-25-at-0.3')).toBeCloseTo(Math.log(0.86) / Math.log(0.8), 5);
});
