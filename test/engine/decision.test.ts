/** Whom a decision is about: a desk that reads "adverse-move" must see which of its positions moved. */
import { expect, test } from 'vitest';
import { configTree } from '../../src/commands/config-tree.ts';
import type { GuardName } from '../../src/engine/decision.ts';
import { configureGuards } from '../../src/engine/guards.ts';
import { loadConfig } from '../../src/io/config.ts';
import { engineScene, tellLine } from '../support/engine-scene.ts';
import { bookOf, positionOf } from '../support/venue-scene.ts';

const symbols = ['BTCUSDT', 'ETHUSDT'];
const { values } = loadConfig(configTree, { cwd: process.cwd(), file: null, overrides: [] });

type Margin = 'isolated' | 'cross';

/** What one guard says of a book of two longs at 100, of 1 each at 10x, as `rule account/symbol`. */
function subjects(guard: GuardName, margin: Margin, ...lines: string[]): string[] {
  const held = symbols.map((symbol) =>
    positionOf({
      symbol,
      qty: '1',
      entry: '100',
      leverage: 10,
      ...(margin === 'cross' ? { marginMode: margin } : {}),
    }),
  );
  const scene = engineScene({
    book: bookOf(held, { balance: margin === 'cross' ? '20' : '1000' }),
    marks: [100, 100],
    symbols,
    moments: symbols.map(() => ({ atr: 1, barVolatility: 0.01, volatility24h: 0.02, close: 100, end: 0 })),
    guards: configureGuards(values.guards, [guard]),
  });
  return lines
    .flatMap((line) => tellLine(scene, line))
    .map(({ rule, about }) => {
      const symbol = about.symbol === null ? '*' : symbols[about.symbol];
      return `${rule} ${about.account ?? '*'}/${symbol}`;
    });
}

test('a flag is about its position, the hint about the whole book', () => {
  // S4: 15 % adverse; unrealised losses of 16 on an equity of 984 are below 4 %.
  expect(subjects('flags', 'isolated', '0:01 mark ETHUSDT 84')).toContain('adverse-move 0/ETHUSDT');
});

test('a rung of an isolated position is about it, one of a cross account about the account', () => {
  // 10 % of margin: at 95 half of it remains; in cross 20 - 10 of 20.
  expect(subjects('margin-ladder', 'isolated', '0:01 mark ETHUSDT 95')).toEqual(['monitor-at-0.5 0/ETHUSDT']);
  expect(subjects('margin-ladder', 'cross', '0:01 mark ETHUSDT 90')).toEqual(['monitor-at-0.5 0/*']);
});

test('a price that cannot be right, and a market that is too wild, are about their symbol', () => {
  expect(subjects('circuit-breakers', 'isolated', '0:01 mark ETHUSDT 112')).toContain(
    'data-sanity */ETHUSDT',
  );
  const wild = subjects('circuit-breakers', 'isolated', '1:00 bar ETHUSDT volatility24h=0.31');
  expect(wild).toContain('volatility */ETHUSDT');
});

test('a loss of the day is about the whole book', () => {
  // 30.1 of 1000.
  expect(subjects('session-limits', 'isolated', '0:01 mark ETHUSDT 69.9')).toContain('daily-loss */*');
});
