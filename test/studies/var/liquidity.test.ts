import { expect, it } from 'vitest';
import { barsOfReturns, someReturns, varOf } from '../../support/var-study.ts';

const returns = someReturns(300, 3);
const costs = (book: string, symbol: string, volume: number) =>
  varOf([barsOfReturns(symbol, returns, { last: 50_000, volume })], { book }).result.liquidity;

const linear = `account: { balance: 100000, venue: test, marginMode: cross }
positions: [{ symbol: BTCUSDT, qty: 1, entry: 50000, leverage: 1 }]
`;
const inverse = `account: { currency: BTC, balance: 2, venue: test, marginMode: cross }
positions: [{ symbol: BTCUSD, qty: 50000, entry: 50000, leverage: 1, contract: inverse }]
`;

it('tells the impact where volume is known', () => {
  const { positions, reason } = costs(linear, 'BTCUSDT', 10_000);
  expect(Number(positions[0]?.impact)).toBeGreaterThan(0);
  expect(reason).toBeNull();
  expect(costs(linear, 'BTCUSDT', 0).positions[0]?.impact).toBeNull();
});

it('tells no impact of an inverse market, whose files do not say in what they count', () => {
  const { positions, reason, exitCost } = costs(inverse, 'BTCUSD', 10_000);
  expect(positions[0]?.impact).toBeNull();
  expect(reason).toContain('not its unit');
  // Half a spread and a fee of one coin's worth; dollars over coins would be many times as much.
  expect(Number(exitCost)).toBeLessThan(0.002);
});
