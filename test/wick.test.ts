/** One print that nobody else saw: a last price 72 % below the index for seconds must trip nothing that looks at the mark. */
import { expect, test } from 'vitest';
import { loadScenario } from '../src/io/scenario-files.ts';
import { loadVenue } from '../src/io/venue-files.ts';
import { resultOf } from './support/stress-study.ts';

test('wick-2025-12: no liquidation, no ladder, no level, no breaker of equity; a stop on the last price does fire', async () => {
  const { scenario } = await loadScenario('wick-2025-12', process.cwd());
  const venues = [await loadVenue('binance')];
  const book = (order: string) => `account: { balance: 10000, venue: binance, marginMode: isolated }
positions:
  - { symbol: BTCUSDT, qty: 1, entry: 87000, leverage: 20 }
${order}`;
  const given = {
    venues,
    set: [
      'engine.guards=["account-levels","margin-ladder","circuit-breakers","session-limits","emergency-stop"]',
    ],
  };
  const { unprotected, protected: guarded, decisions } = resultOf(scenario, { ...given, book: book('') });
  expect(unprotected.liquidations).toEqual([]);
  expect(guarded.liquidations).toEqual([]);
  // The gap between mark and last is what the sanity of data looks at, and nothing else acts.
  expect(new Set(decisions.map(({ rule }) => rule))).toEqual(new Set(['data-sanity']));
  expect(guarded.endEquity).toBe(unprotected.endEquity);
  const orders = 'orders:\n  - { symbol: BTCUSDT, kind: stop-market, price: 80000 }\n';
  const stopped = resultOf(scenario, { ...given, book: book(orders) });
  expect(stopped.unprotected.orders.filled).toBe(1);
});
