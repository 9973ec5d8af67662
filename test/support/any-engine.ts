/** Arbitrary accounts, markets and events for the engine: everything that its types allow, as long as prices are prices. */
import fc from 'fast-check';
import type { EngineState } from '../../src/engine/engine.ts';
import type { EngineEvent } from '../../src/engine/event.ts';
import type { MarketMoment, PositionView, View } from '../../src/engine/view.ts';
import { regimes } from '../../src/market/regime.ts';
import { bracketTable } from '../../src/risk/brackets.ts';
import { INVERSE, LINEAR, type MarginView, readMargin } from '../../src/risk/read-margin.ts';
import { HOUR } from './venue-scene.ts';

export const SYMBOLS = 6;
export const ACCOUNTS = 3;

const side = fc.constantFrom(1 as const, -1 as const);
const symbol = fc.nat(SYMBOLS - 1);
const account = fc.nat(ACCOUNTS - 1);

/** From the smallest to the largest that a market has seen, and the ordinary in between. */
const price = fc.oneof(
  fc.constantFrom(100, 1e-8, 1e9),
  fc.double({ min: 50, max: 150, noNaN: true }),
  fc.double({ min: 1e-6, max: 1e7, noNaN: true }),
);
const qty = fc.oneof(
  fc.constantFrom(1, 1e-9, 1e9),
  fc.double({ min: 0.1, max: 100, noNaN: true }),
  fc.double({ min: 1e-6, max: 1e6, noNaN: true }),
);
const money = fc.oneof(
  fc.constantFrom(0, -1, 1, 1e12, -1e12),
  fc.double({ min: -1000, max: 100_000, noNaN: true }),
);
const fraction = fc.oneof(fc.constantFrom(0, 1), fc.double({ min: 0, max: 1, noNaN: true }));
const orNull = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: null });
const orUnknown = (one: fc.Arbitrary<number>) => fc.option(one, { nil: Number.NaN });
const sector = orNull(fc.constantFrom('layer1', 'defi'));

const position = fc.record({
  account,
  symbol,
  side,
  contract: fc.constantFrom('linear' as const, 'inverse' as const),
  qty,
  entry: price,
  leverage: fc.constantFrom(1, 3, 10, 125),
  isolated: fc.boolean(),
  openedAt: fc.nat(1000),
  sector,
  stop: orNull(price),
  statedStop: orNull(price),
  exitCost: fraction,
  volumeDaily: fc.oneof(fc.constant(0), qty),
  /** Equity of its scope without it. */
  base: money,
  inCurrency: fc.boolean(),
});

type AnyPosition = typeof position extends fc.Arbitrary<infer T> ? T : never;

const moment = fc.record({
  close: orUnknown(price),
  high: orUnknown(price),
  low: orUnknown(price),
  atr: orUnknown(fc.oneof(fc.constant(0), price)),
  volatility24h: orUnknown(fraction),
  barVolatility: orUnknown(fraction),
  regime: orNull(fc.constantFrom(...regimes)),
  end: fc.oneof(fc.constant(Number.NEGATIVE_INFINITY), fc.integer({ min: 0, max: 1e9 })),
  interval: fc.constantFrom(60_000, HOUR),
});

/** One moment: what stands there, and what it is worth. */
const world = fc.record({
  positions: fc.uniqueArray(position, {
    maxLength: 8,
    selector: (one) => `${one.account}/${one.symbol}/${one.side}`,
  }),
  cash: fc.array(money, { minLength: ACCOUNTS, maxLength: ACCOUNTS }),
  marks: fc.array(price, { minLength: SYMBOLS, maxLength: SYMBOLS }),
  /** Prices that are not known yet. */
  unknown: fc.array(fc.boolean(), { minLength: SYMBOLS, maxLength: SYMBOLS }),
  lasts: fc.array(price, { minLength: SYMBOLS, maxLength: SYMBOLS }),
  moves: fc.array(orUnknown(fc.double({ min: 0, max: 100, noNaN: true })), {
    minLength: SYMBOLS,
    maxLength: SYMBOLS,
  }),
  moments: fc.array(moment, { minLength: SYMBOLS, maxLength: SYMBOLS }),
  returns: fc.array(orUnknown(fc.double({ min: -0.1, max: 0.1, noNaN: true })), { maxLength: 12 }),
  volumes: fc.array(orUnknown(fc.oneof(fc.constant(0), qty)), { maxLength: 30 }),
});

/** Prices near 100, equity above 0, and nothing that cannot be: here limits judge, and not the loss of everything. */
const calm = world.map((one) => {
  const near = (value: number) => 95 + (value % 10);
  const marks = one.marks.map(near);
  return {
    ...one,
    marks,
    lasts: marks,
    moves: one.moves.map(() => 0),
    moments: one.moments.map((known) => ({ ...known, end: Number.NEGATIVE_INFINITY, volatility24h: 0.05 })),
    cash: one.cash.map((value) => 50_000 + (Math.abs(value) % 1000)),
    positions: one.positions.map((held) => {
      return {
        ...held,
        entry: near(held.entry),
        qty: 1 + (held.qty % 30),
        base: 1000,
        contract: 'linear' as const,
      };
    }),
  };
});

export type AnyWorld = typeof world extends fc.Arbitrary<infer T> ? T : never;

const order = fc.record({
  id: fc.nat(5),
  account,
  symbol,
  contract: fc.constantFrom('linear' as const, 'inverse' as const),
  side,
  qty,
  price,
  leverage: fc.constantFrom(1, 5, 125),
  marginMode: fc.constantFrom('isolated' as const, 'cross' as const),
  stop: orNull(price),
  reduceOnly: fc.boolean(),
  strategy: orNull(fc.constantFrom('trend-following', 'mean-reversion', 'market-making')),
  sector,
  model: orNull(fc.record({ confidence: fraction })),
  halfSpread: fraction,
  impact: fraction,
});

const fill = fc.record({
  account,
  symbol,
  side,
  qty,
  price,
  cause: fc.constantFrom(
    'order' as const,
    'exit' as const,
    'stop' as const,
    'engine' as const,
    'adl' as const,
  ),
  opening: fc.boolean(),
  realised: money,
  left: fc.oneof(fc.constant(0), qty),
  id: fc.integer({ min: -1, max: 5 }),
  position: side,
});

const time = fc.constant(0);
const on = fc.boolean();

/** Of every kind that the engine knows, and one that it does not. */
const told: fc.Arbitrary<EngineEvent> = fc.oneof(
  fc.record({ kind: fc.constant('marks' as const), time }),
  fc.record({ kind: fc.constant('marks' as const), time }),
  fc.record({ kind: fc.constant('bar-close' as const), time, symbol }),
  fc.record({
    kind: fc.constant('funding' as const),
    time,
    symbol,
    venue: fc.integer({ min: -1, max: 1 }),
    rate: fc.constantFrom(0, 0.0011, -0.0011, 0.03, -1, 1),
    interval: fc.constantFrom(HOUR, 8 * HOUR),
  }),
  fc.record({ kind: fc.constant('order' as const), time, order }),
  fc.record({ kind: fc.constant('order' as const), time, order }),
  fc.record({ kind: fc.constant('fill' as const), time, fill }),
  fc.record({
    kind: fc.constant('order-state' as const),
    time,
    account,
    symbol,
    state: fc.constantFrom('rejected' as const, 'partly' as const, 'cancelled' as const, 'accepted' as const),
    reason: fc.constant('outage'),
  }),
  fc.record({ kind: fc.constant('transfer' as const), time, account, amount: money }),
  fc.record({
    kind: fc.constant('venue' as const),
    time,
    venue: fc.nat(1),
    change: fc.constantFrom(
      'outage' as const,
      'halt' as const,
      'withdrawals' as const,
      'adl' as const,
      'settlement' as const,
      'bankruptcy' as const,
    ),
    on,
  }),
  fc.record({ kind: fc.constant('collateral' as const), time, asset: fc.constant('USDC') }),
  fc.record({
    kind: fc.constant('operator' as const),
    time,
    action: fc.constantFrom('halt' as const, 'resume' as const, 'override' as const),
    who: fc.constant('ann'),
    why: fc.constant('checked'),
  }),
  fc.record({ kind: fc.constant('clock' as const), time }),
);

export type AnyStep = {
  readonly world: AnyWorld;
  readonly event: EngineEvent;
  readonly wait: number | 'day';
};

const wait = fc.constantFrom(0, 0, 1, 30_000, HOUR, 'day' as const);

/** Events, the moment that each meets, and how long it was waited for; half of the sequences are calm ones. */
export const anySteps: fc.Arbitrary<AnyStep[]> = fc.oneof(
  fc.array(fc.record({ world, event: told, wait }), { minLength: 1, maxLength: 12 }),
  fc.array(fc.record({ world: calm, event: told, wait }), { minLength: 1, maxLength: 20 }),
);

const table = bracketTable([
  { cap: 50_000, rate: 0.004, maxLeverage: 125 },
  { cap: 1e6, rate: 0.01, maxLeverage: 50 },
  { cap: 1e12, rate: 0.1, maxLeverage: 2 },
]);

type Scope = {
  readonly account: number;
  readonly base: number;
  readonly rate: number;
  readonly legs: readonly AnyPosition[];
};

/** The shared scope of every account, then every isolated position. */
function scopesOf({ positions, cash }: AnyWorld): Scope[] {
  const shared = cash.map((base, index): Scope => {
    const legs = positions.filter((one) => one.account === index && !one.isolated);
    return { account: index, base, rate: -1, legs };
  });
  const isolated = positions
    .filter((one) => one.isolated)
    .map((one): Scope => {
      const rate = one.contract === 'inverse' && !one.inCurrency ? one.symbol : -1;
      return { account: one.account, base: one.base, rate, legs: [one] };
    });
  return [...shared, ...isolated];
}

const signed = ({ qty: size, side: sign }: AnyPosition) => size * sign;

function marginOf(scopes: readonly Scope[], positions: readonly AnyPosition[]): MarginView {
  const legs = scopes.flatMap((scope) => scope.legs);
  const cost = ({ contract, qty: size, entry, leverage }: AnyPosition) =>
    (contract === 'linear' ? size * entry : size / entry) / leverage;
  const counts = scopes.map((scope) => scope.legs.length);
  return {
    scopes: scopes.length,
    account: Int32Array.from(scopes, (one) => one.account),
    wallet: new Int32Array(scopes.length),
    position: Int32Array.from(scopes, (one, k) =>
      k < ACCOUNTS ? -1 : one.legs[0] === undefined ? -1 : positions.indexOf(one.legs[0]),
    ),
    base: Float64Array.from(scopes, ({ base }) => base),
    initial: Float64Array.from(scopes, (one) => one.legs.reduce((sum, leg) => sum + cost(leg), 0)),
    active: new Uint8Array(scopes.length).fill(1),
    rate: Int32Array.from(scopes, ({ rate }) => rate),
    from: Int32Array.from([0, ...counts.map((_, k) => counts.slice(0, k + 1).reduce((a, b) => a + b, 0))]),
    kind: Uint8Array.from(legs, ({ contract }) => (contract === 'linear' ? LINEAR : INVERSE)),
    symbol: Int32Array.from(legs, (leg) => leg.symbol),
    qty: Float64Array.from(legs, signed),
    entry: Float64Array.from(legs, ({ entry }) => entry),
    legPosition: Int32Array.from(legs, (leg) => positions.indexOf(leg)),
    table: legs.map(() => table),
    bracket: new Int32Array(legs.length),
    equity: new Float64Array(scopes.length),
    maintenance: new Float64Array(scopes.length),
  };
}

/** The view at a moment; hedges are the accounts of odd numbers. */
export function viewOf(
  one: AnyWorld,
  now: number,
  { bases, halts }: Pick<EngineState, 'bases' | 'halts'>,
): View {
  const { positions, marks, lasts, unknown, moves, moments, returns, volumes } = one;
  const scopes = scopesOf(one);
  const margin = marginOf(scopes, positions);
  const known = (prices: readonly number[]) =>
    Float64Array.from(prices, (value, i) => (unknown[i] === true ? Number.NaN : value));
  const mark = known(marks);
  readMargin(margin, mark, 0);
  const equity = new Float64Array(ACCOUNTS);
  for (const [k, scope] of scopes.entries())
    equity[scope.account]! += margin.equity[k]! * (scope.rate < 0 ? 1 : mark[scope.rate]!);
  return {
    time: now,
    symbols: Array.from({ length: SYMBOLS }, (_, i) => `S${i}`),
    accounts: Array.from({ length: ACCOUNTS }, (_, i) => {
      return { id: `a${i}`, venue: i % 2, currency: i === 2 ? 'BTC' : 'USDT', hedge: i % 2 === 1 };
    }),
    positions: positions.map(({ base: _, inCurrency: __, ...held }): PositionView => {
      return {
        ...held,
        scope: scopes.findIndex(({ legs }) =>
          legs.some(
            (leg) => leg.account === held.account && leg.symbol === held.symbol && leg.side === held.side,
          ),
        ),
      };
    }),
    margin,
    mark,
    last: known(lasts),
    moves: Float64Array.from(moves),
    equity,
    total: equity.reduce((sum, own) => sum + own, 0),
    bases,
    halts,
    market: {
      at: (index): MarketMoment => moments[index] ?? unknownMoment,
      // A few returns over and over, so that there are enough of them.
      hourlyReturns: (index, _, hours) =>
        Float64Array.from(
          { length: returns.length === 0 ? 0 : hours },
          (__, i) => returns[(i * (index + 1)) % returns.length]!,
        ),
      hourlyVolume: (_, __, hours) => Float64Array.from(volumes.slice(-hours)),
    },
  };
}

const unknownMoment: MarketMoment = {
  close: Number.NaN,
  high: Number.NaN,
  low: Number.NaN,
  atr: Number.NaN,
  volatility24h: Number.NaN,
  barVolatility: Number.NaN,
  regime: null,
  end: Number.NEGATIVE_INFINITY,
  interval: HOUR,
};
