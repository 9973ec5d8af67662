import { describe, expect, test } from 'vitest';
import { bracketTable } from '../../src/risk/brackets.ts';
import { liquidateBroken } from '../../src/venue/liquidate.ts';
import { venueOf } from '../../src/venue/venue.ts';
import golden from '../golden/liquidation.json' with { type: 'json' };
import { flatTable } from '../support/flat-table.ts';
import { venueAt } from '../support/still-venue.ts';
import { bookOf, positionOf } from '../support/venue-scene.ts';

const btc2024 = bracketTable(
  golden.tiers.tables['2024-10-24'].BTC.map(({ cap, mmr, max_leverage }) => ({
    cap,
    rate: mmr,
    maxLeverage: max_leverage,
  })),
);

/** Each case by the profile that it is of; two tiers at a time are also what `tier-step-down` can be told to take. */
const steps = golden.stepdown.flatMap((one) => {
  const tiersPerStep = 'tiers_per_step' in one.args ? Number(one.args.tiers_per_step) : 1;
  const stated = { ...one, tiersPerStep, profile: 'tier-step-down' as const };
  return tiersPerStep === 2 ? [stated, { ...one, tiersPerStep: 1, profile: 'two-tiers' as const }] : [stated];
});

describe('tier-step-down', () => {
  test.each(steps)('$profile: $name', ({ args, steps, result, wallet, qty, profile, tiersPerStep }) => {
    const { WB, q, ep, side, mark, fee } = args;
    const added = WB - (q * ep) / 100;
    const position = positionOf({
      qty: String(q * side),
      entry: String(ep),
      leverage: 100,
      addedMargin: String(added),
    });
    const venue = venueAt({
      book: bookOf([position], { balance: String(WB) }),
      marks: [mark],
      table: btc2024,
      terms: { profile, tiersPerStep, feeRate: fee },
    });
    expect(liquidateBroken(venue)).toBe(result !== 'safe');
    const { liquidations, accounts } = venue.state;
    expect(liquidations).toHaveLength(steps.length - 1);
    const [left] = accounts[0]?.positions ?? [];
    expect(Number(left?.qty) / qty - 1).toBeCloseTo(0, 9);
    expect(Number(left?.margin) / wallet - 1).toBeCloseTo(0, 9);
    // Each step closes from the quantity of one row of the reference to that of the next, at the mark.
    for (const [i, one] of liquidations.entries()) {
      const closed = (steps[i]?.qty ?? 0) - (steps[i + 1]?.qty ?? 0);
      expect(Math.abs(Number(one.qty)) / closed - 1).toBeCloseTo(0, 9);
      expect(one.price).toBe(mark);
      expect(Number(one.fee) / (closed * mark * fee) - 1).toBeCloseTo(0, 8);
    }
  });

  test('closes the whole position where no lower bracket is left', () => {
    const book = bookOf([positionOf({ qty: '1', entry: '100', leverage: 10 })]);
    const venue = venueAt({ book, marks: [90.2], terms: { profile: 'tier-step-down' } });
    expect(liquidateBroken(venue)).toBe(true);
    expect(venue.state.accounts[0]?.positions).toEqual([]);
    expect(venue.state.liquidations).toMatchObject([{ qty: '-1', price: 90.2, shortfall: '0' }]);
  });

  test('of a cross account cuts the largest position first', () => {
    const table = bracketTable([
      { cap: 500, rate: 0.01, maxLeverage: 50 },
      { cap: 10_000, rate: 0.1, maxLeverage: 5 },
    ]);
    const cross = (symbol: string, qty: string) =>
      positionOf({ symbol, qty, entry: '100', marginMode: 'cross' });
    const venue = venueAt({
      book: bookOf([cross('BTCUSDT', '6'), cross('ETHUSDT', '8')], { balance: '50' }),
      marks: [100, 100],
      symbols: ['BTCUSDT', 'ETHUSDT'],
      table,
      terms: { profile: 'tier-step-down' },
    });
    // By hand: maintenance 0.1 x 600 - 45 + 0.1 x 800 - 45 = 50, equity 50: ETH goes to 500, then 15 + 5 = 20 is enough.
    expect(liquidateBroken(venue)).toBe(true);
    expect(venue.state.liquidations).toMatchObject([{ symbol: 1, qty: '-3' }]);
    expect(venue.state.accounts[0]?.positions.map(({ qty }) => qty)).toEqual(['6', '5']);
  });
});

describe('full', () => {
  test('does nothing above maintenance, and closes at it', () => {
    const book = bookOf([positionOf({ qty: '1', entry: '99.2', leverage: 10 })]);
    const at = (mark: number) => liquidateBroken(venueAt({ book, marks: [mark], table: flatTable(0.008) }));
    expect([at(90.0000001), at(90), at(89.9999999)]).toEqual([false, true, true]);
  });

  test('takes its fee from the margin and no more than is left there', () => {
    const book = bookOf([positionOf({ qty: '1', entry: '100', leverage: 10 })]);
    const at = (feeRate: number) => {
      const venue = venueAt({ book, marks: [90.4], terms: { feeRate } });
      liquidateBroken(venue);
      const [one] = venue.state.liquidations;
      return [one?.fee, venue.state.accounts[0]?.wallets[0]?.ledger.cash];
    };
    // 0.4 of the margin are left at 90.4; 0.1 % of 90.4 fits in, 1 % does not.
    expect(at(0.001)).toEqual(['0.0904', '99990.3096']);
    expect(at(0.01)).toEqual(['0.4', '99990']);
  });

  test('leaves exactly nothing where the fee takes the rest, not less by the last digit', () => {
    for (const [entry, mark] of [
      ['99.7', 89.731],
      ['0.333', 0.30037],
      ['61234.5', 55_123.77],
    ] as const) {
      for (const marginMode of ['isolated', 'cross'] as const) {
        const position = positionOf({ qty: '7', entry, leverage: 10, marginMode });
        const book = bookOf([position], { balance: ((7 * Number(entry)) / 10).toFixed(8) });
        const venue = venueAt({ book, marks: [mark], terms: { feeRate: 0.0137 } });
        liquidateBroken(venue);
        expect(venue.state.accounts[0]?.wallets[0]?.ledger).toMatchObject({ cash: '0', shortfall: '0' });
      }
    }
  });

  test('of a cross account takes its fees when all is booked, so that none of them makes a shortfall', () => {
    const cross = (symbol: string, qty: string) =>
      positionOf({ symbol, qty, entry: '100', marginMode: 'cross' });
    const venue = venueAt({
      book: bookOf([cross('BTCUSDT', '1'), cross('ETHUSDT', '-1'), cross('SOLUSDT', '2')], { balance: '41' }),
      marks: [60, 90, 95],
      symbols: ['BTCUSDT', 'ETHUSDT', 'SOLUSDT'],
      terms: { feeRate: 0.005 },
    });
    // 41 + 10 - 10 - 40 = 1 is left: 0.45 for ETH, and 0.55 of the 0.95 for SOL.
    liquidateBroken(venue);
    expect(venue.state.liquidations.map(({ symbol, fee, shortfall }) => [symbol, fee, shortfall])).toEqual([
      [1, '0.45', '0'],
      [2, '0.55', '0'],
      [0, '0', '0'],
    ]);
    expect(venue.state.accounts[0]?.wallets[0]?.ledger).toMatchObject({ cash: '0', fees: '1' });
  });

  test('of a cross account lets gains pay for losses, and its cash stops at 0', () => {
    const cross = (symbol: string, qty: string) =>
      positionOf({ symbol, qty, entry: '100', marginMode: 'cross' });
    const venue = venueAt({
      book: bookOf([cross('BTCUSDT', '1'), cross('ETHUSDT', '-1'), cross('SOLUSDT', '2')], { balance: '40' }),
      marks: [60, 90, 95],
      symbols: ['BTCUSDT', 'ETHUSDT', 'SOLUSDT'],
    });
    // 40 - 40 + 10 - 10 = 0 of equity: nothing is left, and nothing is missing.
    liquidateBroken(venue);
    expect(venue.state.liquidations.map(({ symbol }) => symbol)).toEqual([1, 2, 0]);
    expect(venue.state.accounts[0]?.wallets[0]?.ledger).toMatchObject({
      cash: '0',
      realised: '-40',
      shortfall: '0',
    });
  });

  test('of a cross account records what nobody in it can pay as shortfall, outside of the ledger', () => {
    const cross = (symbol: string, qty: string) =>
      positionOf({ symbol, qty, entry: '100', marginMode: 'cross' });
    const book = bookOf([cross('BTCUSDT', '1'), cross('ETHUSDT', '1')], { balance: '100' });
    const venue = venueAt({ book, marks: [20, 40], symbols: ['BTCUSDT', 'ETHUSDT'] });
    liquidateBroken(venue);
    const { ledger } = venue.state.accounts[0]?.wallets[0] ?? { ledger: null };
    // Losses of 80 and 60 against 100.
    expect(ledger).toMatchObject({ cash: '0', realised: '-100', shortfall: '40' });
    const told = venue.state.liquidations.reduce((sum, one) => sum + Number(one.shortfall), 0);
    expect(told).toBe(40);
  });

  test('of one isolated position leaves the others and the orders of other symbols', () => {
    const isolated = (symbol: string) => positionOf({ symbol, qty: '1', entry: '100', leverage: 10 });
    const stop = {
      account: 'main',
      kind: 'stop-market' as const,
      qty: null,
      price: '80',
      trigger: 'last' as const,
      reduceOnly: true,
      leverage: 1,
      contract: 'linear' as const,
    };
    const book = {
      ...bookOf([isolated('BTCUSDT'), isolated('ETHUSDT')]),
      orders: [
        { ...stop, symbol: 'BTCUSDT' },
        { ...stop, symbol: 'ETHUSDT' },
      ],
    };
    const venue = venueAt({ book, marks: [90, 95], symbols: ['BTCUSDT', 'ETHUSDT'] });
    liquidateBroken(venue);
    const [account] = venue.state.accounts;
    expect(account?.positions.map(({ symbol }) => symbol)).toEqual([1]);
    expect(account?.orders.map(({ symbol }) => symbol)).toEqual([1]);
  });

  test('does not act while the venue is halted or out', () => {
    const venue = venueAt({
      book: bookOf([positionOf({ qty: '1', entry: '100', leverage: 10 })]),
      marks: [80],
    });
    const [status] = venue.state.venues;
    if (status !== undefined) status.halted = true;
    const halted = venueOf(venue.world, venue.state, venue.prices);
    expect(liquidateBroken(halted)).toBe(false);
  });
});

describe('of a mixed account', () => {
  const symbols = ['BTCUSDT', 'ETHUSDT', 'BTCUSD'];
  const stop = (symbol: string, qty: string | null = null) => ({
    account: 'main',
    symbol,
    kind: 'stop-market' as const,
    qty,
    price: '1',
    trigger: 'last' as const,
    reduceOnly: true,
    leverage: 1,
    contract: 'linear' as const,
  });
  const book = {
    ...bookOf(
      [
        positionOf({ qty: '1', entry: '100', marginMode: 'cross' }),
        positionOf({ symbol: 'ETHUSDT', qty: '-1', entry: '100', leverage: 5 }),
        positionOf({
          symbol: 'BTCUSD',
          contract: 'inverse',
          qty: '1000',
          entry: '1000',
          marginMode: 'cross',
        }),
      ],
      {
        collateral: [
          { asset: 'USDT', qty: '40', haircut: 0, price: null },
          { asset: 'BTC', qty: '0.3', haircut: 0, price: null },
          { asset: 'USDC', qty: '10', haircut: 0.5, price: null },
        ],
      },
    ),
    orders: [stop('BTCUSDT'), stop('ETHUSDT'), stop('BTCUSD')],
  };
  const at = (...marks: number[]) => {
    const venue = venueAt({ book, marks, symbols });
    const any = liquidateBroken(venue);
    const [account] = venue.state.accounts;
    return {
      any,
      symbols: venue.state.liquidations.map(({ symbol }) => symbol),
      orders: account?.orders.map(({ symbol }) => symbol),
    };
  };

  test('each scope falls by itself, with the orders of its symbols', () => {
    expect(at(100, 100, 1000)).toEqual({ any: false, symbols: [], orders: [0, 1, 2] });
    // Dollars: 40 - 20 + 5 - 25 = 0. The coin and the isolated short stand.
    expect(at(75, 100, 1000)).toEqual({ any: true, symbols: [0], orders: [1, 2] });
    // Isolated: 20 - 20 = 0.
    expect(at(100, 120, 1000)).toEqual({ any: true, symbols: [1], orders: [0, 2] });
    // Coin: 0.3 - (1000 / 770 - 1) = 0.001.
    expect(at(100, 100, 770)).toEqual({ any: true, symbols: [2], orders: [0, 1] });
    expect(at(70, 130, 700).symbols.toSorted()).toEqual([0, 1, 2]);
  });

  test('a short is bought back above the mark', () => {
    const slippage = { halfSpreadBps: 100, impactCoefficient: 0, impactExponent: 0.5, maxBarShare: null };
    const venue = venueAt({
      book,
      marks: [100, 118, 1000],
      symbols,
      config: { slippage },
      table: flatTable(0.02),
    });
    liquidateBroken(venue);
    // 118 x 1.01 = 119.18; 20 of margin end at 120.
    expect(venue.state.liquidations).toMatchObject([{ qty: '1', mark: 118, shortfall: '0' }]);
    expect(venue.state.liquidations[0]?.price).toBeCloseTo(119.18, 10);
  });

  test('an inverse position is cut to the cap of a lower bracket in coin', () => {
    const table = bracketTable([
      { cap: 1, rate: 0.01, maxLeverage: 50 },
      { cap: 100, rate: 0.5, maxLeverage: 2 },
    ]);
    const inverse = positionOf({
      symbol: 'BTCUSD',
      contract: 'inverse',
      qty: '2000',
      entry: '1000',
      leverage: 4,
    });
    const venue = venueAt({
      book: bookOf([inverse], { currency: 'BTC', balance: '1' }),
      marks: [1000],
      symbols: ['BTCUSD'],
      table,
      terms: { profile: 'tier-step-down' },
    });
    // 0.5 coin of margin against 2 x 0.5 - 0.49 = 0.51: down to 1 coin, 1,000 dollars.
    liquidateBroken(venue);
    expect(venue.state.liquidations).toMatchObject([{ qty: '-1000', price: 1000 }]);
    expect(venue.state.accounts[0]?.positions).toMatchObject([{ qty: '1000', margin: '0.5' }]);
  });
});

test('decimals decide what doubles cannot: one unit of the last place above maintenance stands', () => {
  const at = (added: string) => {
    const book = bookOf([positionOf({ qty: '3', entry: '0.7', leverage: 7, addedMargin: added })], {
      balance: '10',
    });
    // 0.3 + added + 3 x (0.63 - 0.7) = 0.005 x 1.89 needs added = -0.08055; with 2.1 of cost, a mark of 0.601 asks more.
    const venue = venueAt({ book, marks: [0.601] });
    return liquidateBroken(venue);
  };
  // 0.3 + a - 0.297 = 0.009015 at a = 0.006015.
  expect([at('0.00601501'), at('0.006015'), at('0.00601499')]).toEqual([false, true, true]);
});

test('decimals decide where equity and maintenance are far below what they are the difference of', () => {
  // 0.2000000000003 - (0.3 - 0.1) = 3e-13, what 1e-12 of 0.3 asks; in doubles the result of the short is 2.8e-17 too small.
  const at = (balance: string) => {
    const book = bookOf([positionOf({ qty: '-1', entry: '0.1', marginMode: 'cross' })], { balance });
    return liquidateBroken(venueAt({ book, marks: [0.3], table: flatTable(1e-12) }));
  };
  expect([at('0.2000000000003'), at('0.20000000000030001')]).toEqual([true, false]);
});

test('a scope that is liquidated takes with it every order of its symbols, those that may open too', () => {
  const cross = (symbol: string) => positionOf({ symbol, qty: '1', entry: '100', marginMode: 'cross' });
  const symbols = ['BTCUSDT', 'ETHUSDT', 'SOLUSDT'];
  const limit = {
    account: 'main',
    kind: 'limit' as const,
    qty: '1',
    price: '10',
    trigger: 'last' as const,
    reduceOnly: false,
    leverage: 1,
    contract: 'linear' as const,
  };
  const book = {
    ...bookOf([cross('BTCUSDT'), cross('ETHUSDT')], { balance: '30' }),
    orders: symbols.map((symbol) => ({ ...limit, symbol })),
  };
  const venue = venueAt({ book, marks: [80, 80, 50], symbols });
  liquidateBroken(venue);
  expect(venue.state.accounts[0]?.orders.map(({ symbol }) => symbol)).toEqual([2]);
});
