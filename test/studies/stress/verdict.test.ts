import { expect, test } from 'vitest';
import { verdictOf } from '../../../src/studies/stress/verdict.ts';

const liquidation = {
  time: 0,
  account: 'a',
  symbol: 'BTCUSDT',
  qty: '-1',
  mark: 1,
  price: 1,
  asset: 'USDT',
  fee: '0',
  shortfall: '0',
};
const run = (endEquity: string, { liquidated = false, shortfall = '0' } = {}) => ({
  startEquity: '1000',
  endEquity,
  shortfall,
  liquidations: liquidated ? [liquidation] : [],
});
const verdict = (unprotected: ReturnType<typeof run>, guarded: ReturnType<typeof run>) =>
  verdictOf({ unprotected, protected: guarded });

// RULES 4.1, in its order.
test('a liquidation or a shortfall that only protection brings is harm, whatever the equities', () => {
  expect(verdict(run('900'), run('950', { liquidated: true }))).toBe('harmed-by-protection');
  expect(verdict(run('900'), run('950', { shortfall: '1' }))).toBe('harmed-by-protection');
});

test('costing 0.1 % of the equity at the start is no harm, a cent more is', () => {
  expect(verdict(run('1000'), run('999'))).toBe('survives');
  expect(verdict(run('1000'), run('998.99'))).toBe('harmed-by-protection');
});

test('an end at or below 0, or a shortfall, is insolvency', () => {
  expect(verdict(run('0', { liquidated: true }), run('0'))).toBe('insolvent');
  expect(verdict(run('100', { shortfall: '5' }), run('100', { shortfall: '5' }))).toBe('insolvent');
});

test('a liquidation with protection is one, and one without it alone is a rescue', () => {
  expect(verdict(run('900', { liquidated: true }), run('950', { liquidated: true }))).toBe('liquidated');
  expect(verdict(run('900', { liquidated: true }), run('950'))).toBe('saved-by-protection');
  expect(verdict(run('900'), run('950'))).toBe('survives');
});

test('a book that begins with less than nothing is insolvent, and nobody harmed it', () => {
  const start = { startEquity: '-9000', liquidations: [liquidation], shortfall: '9000' };
  const both = { unprotected: { ...start, endEquity: '0' }, protected: { ...start, endEquity: '0' } };
  expect(verdictOf(both)).toBe('insolvent');
});
