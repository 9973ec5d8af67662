/** Which move the instantaneous shock gives an asset: its own, that of its own line as margin, that of whom it follows. */
import { describe, expect, test } from 'vitest';
import type { Scenario } from '../../../src/model/scenario.ts';
import { hours, smallScenario } from '../../support/small-scenario.ts';
import { resultOf } from '../../support/stress-study.ts';

const none = ['engine.guards=[]'];

describe('assets that stand as margin', () => {
  const book = `account: { currency: USDT, venue: test, marginMode: cross, collateral: [{ asset: USDT, qty: 1000 }, { asset: WBETH, qty: 10, price: 4690 }, { asset: BNSOL, qty: 10, price: 235 }] }
positions:
  - { symbol: BTCUSDT, qty: 1, entry: 100, leverage: 3 }
`;
  const collateral = [
    { asset: 'WBETH', points: hours([0, 4690], [9, 430], [24, 4147]) },
    { asset: 'BNSOL', points: hours([0, 235], [9, 34.9], [24, 200]) },
  ];
  const left = (more: Partial<Scenario>) =>
    Number(resultOf(smallScenario(more), { book, set: none }).shock.equityAfter);

  test('fall as far as their own lines do: 4,690 to 430, 235 to 34.9', () => {
    // 1,000 + 10 x 430 + 10 x 34.9 - 100 x 0.2 = 5,629
    expect(left({ collateral })).toBeCloseTo(5629, 6);
  });

  test('take the shock that names them before that, and DEFAULT without a line', () => {
    const shocks = [
      { asset: 'BTC', move: -0.2 },
      { asset: 'WBETH', move: -0.5 },
      { asset: 'DEFAULT', move: -0.3 },
    ];
    // 1,000 + 10 x 2,345 + 349 - 20 = 24,779; without lines 1,000 + (46,900 + 2,350) x 0.7 - 20 = 35,455.
    expect(left({ collateral, shocks })).toBeCloseTo(24_779, 6);
    expect(left({})).toBeCloseTo(35_455, 6);
  });

  test('fall by less at a smaller scale', () => {
    // 1,000 + 46,900 x sqrt(430 / 4,690) + 2,350 x sqrt(34.9 / 235) + 100 x (sqrt(0.8) - 1)
    const half = resultOf(smallScenario({ collateral }), {
      book,
      set: [...none, 'studies.stress.scale=0.5'],
    });
    const own = 46_900 * Math.sqrt(430 / 4690) + 2350 * Math.sqrt(34.9 / 235);
    expect(Number(half.shock.equityAfter)).toBeCloseTo(1000 + own + 100 * (Math.sqrt(0.8) - 1), 4);
  });
});

describe('an asset that is shifted', () => {
  const scenario = smallScenario({
    linked: [
      { asset: 'ETH', by: 'beta', of: 'BTC', beta: 1.37 },
      { asset: 'SOL', by: 'beta', of: 'BTC', beta: 1.58 },
      { asset: 'AVAX', by: 'proxy', of: 'SOL', beta: 1 },
      { asset: 'DEFAULT', by: 'beta', of: 'BTC', beta: 2 },
    ],
    shocks: [
      { asset: 'BTC', move: -0.15 },
      { asset: 'ETH', move: -0.2 },
      { asset: 'SOL', move: -0.226 },
      { asset: 'AVAX', move: -0.24 },
      { asset: 'DEFAULT', move: -0.278 },
    ],
  });
  const shocked = (symbol: string, shift: readonly string[]) => {
    const book = `account: { balance: 20000, venue: test, marginMode: cross }
positions:
  - { symbol: ${symbol}, qty: 1.3, entry: 50000, leverage: 5 }
`;
    const set = [...none, `studies.stress.shift=${JSON.stringify(shift)}`];
    return resultOf(scenario, { book, set });
  };
  const shockOf = (symbol: string, ...shift: readonly string[]) =>
    shocked(symbol, shift).shock.positions[0]?.shock;

  test('takes the shock of whom it follows, of an asset with prices and of one that is linked', () => {
    expect(shockOf('SOLUSDT')).toBe(-0.226);
    expect(shockOf('SOLUSDT', 'SOL=ETH')).toBe(-0.2);
    expect(shockOf('SOLUSDT', 'SOL=AVAX')).toBe(-0.24);
    expect(shockOf('SOLUSDT', 'SOL=BTC')).toBe(-0.15);
    expect(shockOf('PEPEUSDT')).toBe(-0.278);
    expect(shockOf('PEPEUSDT', 'PEPE=ETH')).toBe(-0.2);
  });

  test('and so does what the venue makes of it', () => {
    // 20,000 - 65,000 x 0.226 = 5,310
    expect(shocked('BTCUSDT', ['BTC=SOL']).shock.equityAfter).toBe('5310');
  });
});
