/**
 * Parity: each solved shock against the engine and the venue themselves. The engine sees the book at rest, then the prices just
 * inside or just beyond the shock: the decision of the rule is absent, or there.
 */
import { describe, expect, test } from 'vitest';
import type { Decision } from '../../../src/engine/decision.ts';
import { step } from '../../../src/engine/step.ts';
import type { Book } from '../../../src/model/book.ts';
import { bracketTable } from '../../../src/risk/brackets.ts';
import { outcomesOf } from '../../../src/studies/stress/reverse-outcomes.ts';
import { stand } from '../../../src/studies/stress/reverse-standing.ts';
import type { Move, Uniform } from '../../../src/studies/stress/reverse-uniform.ts';
import { liquidateBroken } from '../../../src/venue/liquidate.ts';
import { guardsOff, guardsOn } from '../../support/guard-settings.ts';
import { type ReverseSetting, reverseScene, solved } from '../../support/reverse-scene.ts';
import { venueAt } from '../../support/still-venue.ts';
import { bookOf, positionOf } from '../../support/venue-scene.ts';

const tiers = bracketTable([
  { cap: 50_000, rate: 0.004, maxLeverage: 125 },
  { cap: 600_000, rate: 0.005, maxLeverage: 100 },
  { cap: 3_000_000, rate: 0.0065, maxLeverage: 75 },
  { cap: 12_000_000, rate: 0.01, maxLeverage: 50 },
]);

const symbols = ['BTCUSDT', 'ETHUSDT', 'BTCUSD'];
const marks = [50_000, 2500, 50_000];
const moments = symbols.map(() => ({ barVolatility: 0.004, atr: 400, end: 0 }));
const closing = { action: 'close-and-halt' } as const;
const breakers = guardsOn['circuit-breakers'];
/** Breakers far enough out to come between rungs and liquidation as well. */
const guards = {
  ...guardsOn,
  'emergency-stop': { ...guardsOn['emergency-stop'], drawdown: 0.6 },
  'circuit-breakers': { ...breakers, drawdown: { ...breakers.drawdown, ...closing, limit: 0.3 } },
};

const cross = (side: 1 | -1) =>
  bookOf(
    [
      positionOf({ qty: String(12 * side), entry: '50000', leverage: 8, marginMode: 'cross' }),
      positionOf({
        symbol: 'ETHUSDT',
        qty: String(-40 * side),
        entry: '2400',
        leverage: 5,
        marginMode: 'cross',
      }),
    ],
    {
      marginMode: 'cross',
      collateral: [
        { asset: 'USDT', qty: '60000', haircut: 0, price: null },
        { asset: 'BTC', qty: '0.2', haircut: 0.1, price: null },
      ],
    },
  );

const isolated = (side: 1 | -1) =>
  bookOf([
    positionOf({ qty: String(2 * side), entry: '51000', leverage: 10 }),
    positionOf({
      symbol: 'ETHUSDT',
      qty: String(300 * side),
      entry: '2450',
      leverage: 20,
      addedMargin: '5000',
    }),
  ]);

const coin = (side: 1 | -1) =>
  bookOf(
    [
      positionOf({
        symbol: 'BTCUSD',
        contract: 'inverse',
        qty: String(400_000 * side),
        entry: String(50_000 - 1000 * side),
        leverage: 8,
        marginMode: 'cross',
      }),
    ],
    { marginMode: 'cross', collateral: [{ asset: 'BTC', qty: '1.5', haircut: 0, price: null }] },
  );

const books: readonly (readonly [string, Book, Move])[] = [
  ['a cross hedge with coin as margin, long', cross(1), 'fall'],
  ['a cross hedge with coin as margin, short', cross(-1), 'rise'],
  ['isolated longs', isolated(1), 'fall'],
  ['isolated shorts', isolated(-1), 'rise'],
  ['a long in coin', coin(1), 'fall'],
  // Its margin in coin only grows with the coin's price, so that it fears a rise at more than 1x.
  ['a short in coin', coin(-1), 'rise'],
];

function decisionsAt(setting: ReverseSetting, shock: number): readonly Decision[] {
  const { engine } = reverseScene(setting);
  const hear = (time: number, kind: 'marks' | 'clock') => {
    engine.venue.state.time = time;
    engine.engine.view = engine.viewNow();
    return step(engine.engine, { kind, time });
  };
  hear(0, 'marks');
  for (const [symbol, mark] of marks.entries()) {
    engine.venue.prices.mark[symbol] = mark * (1 + shock);
    engine.venue.prices.last[symbol] = mark * (1 + shock);
    engine.engine.view.moves[symbol] = Math.abs(shock) / 0.004;
  }
  return [...hear(1000, 'marks'), ...hear(1001, 'clock')];
}

/** Whether the rule of an outcome speaks: breakers by their halt, rungs and levels by what they do to their scope. */
function speaks({ row }: Uniform, said: readonly Decision[]): boolean {
  return said.some(({ guard, rule, kind, about }) => {
    if (`${guard}/${rule}` !== row.name) return false;
    if (row.kind === 'breaker') return kind === 'halt';
    return row.symbol === null || about.symbol === symbols.indexOf(row.symbol);
  });
}

describe.each(books)('%s', (_, book, move) => {
  const setting: ReverseSetting = { book, marks, symbols, table: tiers, moments, guards };
  const rows = solved(setting, move);
  const reached = rows.filter(({ row }) => row.shock !== null && row.shock !== 0);

  const rules = reached.filter(({ row }) => row.name.includes('/'));

  test.each(rules.map((one) => [`${one.row.name} ${one.row.symbol ?? ''}`, one] as const))(
    '%s is silent just inside its shock and speaks just beyond',
    (__, one) => {
      const { shock } = one.row;
      expect(speaks(one, decisionsAt(setting, (shock ?? 0) * (1 - 1e-7)))).toBe(false);
      expect(speaks(one, decisionsAt(setting, (shock ?? 0) * (1 + 1e-7)))).toBe(true);
    },
  );

  test('all that belongs to such a book was solved', () => {
    const kinds = new Set(reached.map(({ row }) => row.kind));
    for (const kind of ['breaker', 'rung', 'level', 'deleverage', 'stop', 'liquidation'] as const)
      expect(kinds.has(kind)).toBe(true);
  });

  test('the venue liquidates just beyond the first liquidation, and that scope', () => {
    const first = reached.find(({ row }) => row.name === 'liquidation');
    const at = (shock: number) => {
      const venue = venueAt({ ...setting, marks: marks.map((mark) => mark * (1 + shock)) });
      liquidateBroken(venue);
      return venue.state.liquidations.map(({ symbol }) => symbols[symbol]);
    };
    const shock = first?.row.shock ?? 0;
    expect(at(shock * (1 - 1e-7))).toEqual([]);
    const sold = at(shock * (1 + 1e-7));
    expect(sold.length).toBeGreaterThan(0);
    if (first?.row.symbol !== null) expect(new Set(sold)).toEqual(new Set([first?.row.symbol]));
  });
});

test('a move over several rungs takes the deepest alone', () => {
  const setting: ReverseSetting = { book: isolated(1), marks, symbols, table: tiers, moments, guards };
  const rungs = solved(setting, 'fall').filter(({ row }) => row.kind === 'rung' && row.symbol === 'BTCUSDT');
  const last = rungs.at(-1);
  const said = decisionsAt(setting, (last?.row.shock ?? 0) * (1 + 1e-7));
  const own = rungs.filter((one) => speaks(one, said)).map(({ row }) => row.name);
  expect(own).toEqual(['margin-ladder/close-at-0.15']);
  expect(rungs).toHaveLength(4);
});

test('rules that no move of prices trips are named with the reason', () => {
  const { standing } = reverseScene({
    book: isolated(1),
    marks,
    symbols,
    guards: { ...guardsOff, 'margin-ladder': guardsOn['margin-ladder'] },
    speaking: ['circuit-breakers', 'margin-ladder', 'session-limits', 'account-levels', 'emergency-stop'],
  });
  const { leftOut } = outcomesOf(stand(standing));
  const reasons = new Map(leftOut.map(({ name, reason }) => [name, reason]));
  expect(reasons.get('circuit-breakers/daily-loss')).toBe('it is switched off');
  expect(reasons.get('funding-breaker')).toBe('it does not speak');
  expect(reasons.get('emergency-stop/operator')).toBe('no single move of prices trips it in this book');
  expect([...reasons.keys()].some((name) => name.startsWith('margin-ladder'))).toBe(false);
});
