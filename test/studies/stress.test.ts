/** The stress study on small scenarios, with figures by hand; and what must hold of any (issue: properties). */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bookOf } from '../../src/io/portfolio-text.ts';
import { money } from '../../src/model/money.ts';
import type { OurFault, VenueAction } from '../../src/model/scenario.ts';
import { statedLines } from '../../src/replay/scenario-lines.ts';
import { barsTo, mapAsset, placeLines } from '../../src/replay/scenario-market.ts';
import { replay } from '../../src/studies/replay.ts';
import { replayInputs } from '../support/replay-study.ts';
import { hours, START, smallScenario, statedAsset } from '../support/small-scenario.ts';
import { ctx, frictionless, longBook, resultOf, stressOf, treeOf, venues } from '../support/stress-study.ts';
import { HOUR } from '../support/venue-scene.ts';

const none = ['engine.guards=[]'];

describe('a long of 10 BTC at 100, 5x isolated: 200 of margin, maintenance 1 %', () => {
  // Liquidation: 200 + 10 (P - 100) = 0.1 P, P = 800 / 9.9 = 80.808...
  const scenario = smallScenario();

  test('a fall to 80 liquidates it on the way, at 80.808; protection closes it before', () => {
    const { unprotected, verdict, saved, ...result } = resultOf(scenario);
    expect(unprotected.liquidations.map(({ mark }) => mark.toFixed(4))).toEqual(['80.8081']);
    // 10 x (80.80808 - 100) = -191.9192
    expect(Number(unprotected.endEquity)).toBeCloseTo(808.0808, 3);
    expect(result.firstLiquidation).toMatchObject({ run: 'unprotected', symbol: 'BTCUSDT' });
    expect(result.protected.liquidations).toEqual([]);
    expect(verdict).toBe('saved-by-protection');
    expect(saved).toBe(money(result.protected.endEquity).minus(unprotected.endEquity).toFixed());
  });

  test('the shock is arithmetic, what the venue leaves of it is not', () => {
    // 10 x 100 x -0.2 = -200: beyond liquidation, so the margin of 200 is gone at 80, its bankruptcy.
    const { shock } = resultOf(scenario);
    expect(shock.positions).toEqual([
      { account: 'main', symbol: 'BTCUSDT', shock: -0.2, pnl: -200, liquidated: true },
    ]);
    expect(shock.pnl).toBe(-200);
    expect(Number(shock.equityAfter)).toBe(800);
  });

  test('a fall that stops above it is survived', () => {
    const mild = smallScenario({ stated: [statedAsset('BTC', hours([-48, 100], [0, 100], [24, 81]))] });
    const { unprotected } = resultOf(mild, { set: none });
    expect(unprotected.liquidations).toEqual([]);
    expect(Number(unprotected.endEquity)).toBeCloseTo(810, 6);
    expect(unprotected.lowEquity).toBeCloseTo(810, 6);
  });

  test('an asset without prices takes those of DEFAULT, and its shock', () => {
    const book = `account: { balance: 1000, venue: test }
positions:
  - { symbol: PEPEUSDT, qty: 100, entry: 1, leverage: 2 }
`;
    const { mapping, shock } = resultOf(scenario, { book, set: none });
    // 0.8 ^ 1.5 - 1
    expect(mapping).toMatchObject([{ symbol: 'PEPEUSDT', by: 'default', of: 'BTC', beta: 1.5, price: 1 }]);
    expect(mapping[0]?.move).toBeCloseTo(-0.2844582, 6);
    expect(shock.pnl).toBeCloseTo(-30, 9);
  });

  test('a mark that the book states is where the moves begin; without one the entry, or the scenario', () => {
    const at = (mark: string, ...set: readonly string[]) =>
      resultOf(smallScenario({ stated: [statedAsset('BTC', hours([-48, 50], [0, 50], [24, 45]))] }), {
        book: `account: { balance: 1000, venue: test }
positions:
  - { symbol: BTCUSDT, qty: 1, entry: 100, leverage: 2${mark} }
`,
        set: [...none, ...set],
      }).mapping[0]?.price;
    expect(at(', mark: 120')).toBe(120);
    expect(at('')).toBe(100);
    expect(at('', 'studies.stress.unmarked=scenario')).toBe(50);
  });
});

describe('what the venue does', () => {
  const flat = [statedAsset('BTC', hours([-48, 100], [24, 100]))];
  const act = (...venue: readonly VenueAction[]) =>
    resultOf(smallScenario({ stated: flat, venue }), { set: none });
  const at = START + 6 * HOUR;

  test('a bankruptcy leaves what is recovered of the wallet, and is named', () => {
    const { unprotected, verdict } = act({ kind: 'bankruptcy', venue: 'test', at, recovery: 0.25 });
    expect(unprotected.endEquity).toBe('250');
    expect(unprotected.counterpartyLoss).toBe('750');
    expect(verdict).toBe('survives');
    expect(act({ kind: 'bankruptcy', venue: 'largest', at, recovery: 0 }).verdict).toBe('insolvent');
  });

  test('a settlement at a price of the file comes at the level of the book', () => {
    // The file has BTC at 100 like the book: 90 is 10 below, 10 x -10 = -100.
    const { unprotected } = act({ kind: 'settle', venue: 'any', asset: 'BTC', at, price: 90 });
    expect(unprotected.endEquity).toBe('900');
  });

  test('what the book has nothing for is told and not applied', () => {
    const { notApplied, unprotected } = act({ kind: 'outage', venue: 'bitmex', from: at, to: at + HOUR });
    expect(notApplied).toEqual(['outage at bitmex: the book has nothing there']);
    expect(unprotected.endEquity).toBe('1000');
  });
});

describe('orders of our own', () => {
  const flood: OurFault = {
    kind: 'orders',
    from: START + HOUR,
    to: START + 2 * HOUR,
    every: HOUR / 6,
    asset: 'largest',
    side: 1,
    notional: 0.05,
    leverage: 5,
    strategy: null,
    confidence: null,
  };

  test('six orders of 5 % of 1,000 at 100 are half a BTC each, opened at market and held to the end', () => {
    const stated = [statedAsset('BTC', hours([-48, 100], [0, 100], [3, 100], [24, 90]))];
    const { unprotected } = resultOf(smallScenario({ stated, faults: [flood] }), { set: none });
    // (10 + 6 x 0.5) x -10
    expect(Number(unprotected.endEquity)).toBeCloseTo(870, 6);
  });

  test('an asset that the book does not hold takes none', () => {
    const { notApplied, unprotected } = resultOf(smallScenario({ faults: [{ ...flood, asset: 'ETH' }] }), {
      set: none,
    });
    expect(notApplied).toEqual(['orders in ETH: the book does not hold it']);
    expect(unprotected.orders.intents).toBe(0);
  });
});

describe('what must hold of any scenario', () => {
  test('at scale 0 nothing happens: no funding, no action, no fault, equity to the digit', () => {
    const scenario = smallScenario({
      funding: [{ asset: 'DEFAULT', interval: HOUR, rates: [{ time: START, value: 0.001 }] }],
      venue: [{ kind: 'bankruptcy', venue: 'test', at: START + HOUR, recovery: 0 }],
      faults: [{ kind: 'crash', from: START + HOUR, to: null }],
    });
    const {
      protected: guarded,
      unprotected,
      shock,
    } = resultOf(scenario, { set: ['studies.stress.scale=0'] });
    expect([guarded.endEquity, unprotected.endEquity, shock.equityAfter]).toEqual(['1000', '1000', '1000']);
    expect([unprotected.fundingPnl, unprotected.lowEquity, shock.pnl]).toEqual(['0', 1000, 0]);
  });

  const hedge = `account: { balance: 1000, venue: test, marginMode: cross }
positions:
  - { symbol: BTCUSDT, qty: 2, entry: 100, leverage: 5 }
  - { symbol: ETHUSDT, qty: -20, entry: 10, leverage: 5 }
`;
  const together = {
    stated: [statedAsset('BTC', hours([-48, 100], [0, 100], [24, 60]))],
    linked: [{ asset: 'DEFAULT', by: 'proxy', of: 'BTC', beta: 1 }],
    shocks: [{ asset: 'DEFAULT', move: -0.4 }],
  } as const;

  test('equal and opposite notional has no price result under a uniform move, and loses when ADL takes the winner', () => {
    const still = resultOf(smallScenario(together), { book: hedge, set: none });
    expect(still.shock.pnl).toBe(0);
    expect(Number(still.unprotected.endEquity)).toBeCloseTo(1000, 6);
    const half = 12;
    const adl: VenueAction = {
      kind: 'adl',
      venue: 'any',
      asset: null,
      side: null,
      share: 0.5,
      at: START + half * HOUR,
    };
    const taken = resultOf(smallScenario({ ...together, venue: [adl] }), { book: hedge, set: none });
    // Half way in logs the prices are sqrt(0.6) = 0.774597 of the start: half of the short is gone from there to 0.6.
    // 10 ETH x (7.74597 - 6) = 17.4597 that the hedge no longer earns.
    expect(taken.unprotected.adl).toHaveLength(1);
    expect(Number(taken.unprotected.endEquity)).toBeCloseTo(1000 - 17.4597, 3);
  });

  test('a wider spread never ends higher, with the same decisions and no liquidation', () => {
    const stated = [statedAsset('BTC', hours([-48, 100], [0, 100], [24, 97]))];
    const depths = [{ asset: 'DEFAULT', notional: 50_000 }];
    fc.assert(
      fc.property(
        fc.double({ min: 1, max: 50, noNaN: true }),
        fc.double({ min: 1, max: 50, noNaN: true }),
        (a, b) => {
          const [narrow, wide] = [a, b]
            .sort((x, y) => x - y)
            .map(
              (value) =>
                resultOf(smallScenario({ stated, depths, spread: [{ time: START, value }] }), {
                  book: longBookWithStop,
                  set: ['venue.slippage.halfSpreadBps=2', 'engine.guards=["stops"]'],
                }).protected,
            );
          expect(wide?.decisions).toEqual(narrow?.decisions);
          expect(wide?.liquidations).toEqual([]);
          expect(Number(wide?.endEquity)).toBeLessThanOrEqual(Number(narrow?.endEquity));
        },
      ),
      { numRuns: 12 },
    );
  });

  const longBookWithStop = `account: { balance: 1000, venue: test, marginMode: cross }
positions:
  - { symbol: BTCUSDT, qty: 10, entry: 100, leverage: 5, stop: 98 }
`;

  test('a scenario without faults gives the decisions of a replay of its path', () => {
    // Hourly bars: history at 100, then a fall with wicks to 80 and half way back.
    const rows = Array.from({ length: 72 }, (_, i) => {
      const level = (hour: number) =>
        hour < 0 ? 100 : hour < 12 ? 100 - (20 * hour) / 12 : 80 + (hour - 12) * 0.8;
      const [open, close] = [level(i - 48), level(i - 47)];
      const [high, low] = [Math.max(open, close) * 1.004, Math.min(open, close) * 0.997];
      return { time: START + (i - 48) * HOUR, open, high, low, close };
    });
    const stated = [statedAsset('BTC', [], { bars: [{ interval: HOUR, rows }] })];
    const funding = [{ asset: 'DEFAULT', interval: 8 * HOUR, rates: [{ time: START, value: 0.0004 }] }];
    const scenario = smallScenario({ stated, funding });
    const played = resultOf(scenario);
    const held = [{ symbol: 'BTC', from: -Infinity, to: Infinity, qty: 10 }];
    const lines = statedLines(scenario, { policy: 'pessimistic', exposures: held, seed: 1 });
    const mapping = mapAsset(scenario, 'BTC');
    const placing = { symbol: 'BTCUSDT', asset: 'BTC', mapping, level: 100 };
    const { last } = placeLines(scenario, lines, placing, { scale: 1, seed: 1 });
    const stamps = [0, 8, 16, 24].map((hour) => START + hour * HOUR);
    const { result } = replay.run(
      replayInputs({
        ohlcv: [barsTo(last, 'BTCUSDT', scenario)],
        funding: [
          {
            symbol: 'BTCUSDT',
            time: Float64Array.from(stamps),
            rate: new Float64Array(4).fill(0.0004),
            interval: new Float64Array(4).fill(8 * HOUR),
          },
        ],
        book: bookOf(longBook, 'book.yaml'),
        venues,
      }),
      treeOf(...frictionless, 'studies.replay.from=2025-01-10', 'studies.replay.to=2025-01-11'),
      ctx,
    );
    expect(played.decisions.length).toBeGreaterThan(0);
    expect(played.unprotected.liquidations).toHaveLength(1);
    expect(result.protected.decisions).toEqual(played.protected.decisions);
    expect(result.protected.endEquity).toBe(played.protected.endEquity);
    expect(result.unprotected.liquidations).toEqual(played.unprotected.liquidations);
    expect(result.pathHash).toBe(played.pathHash);
  });

  test('what the book does not hold is never touched', () => {
    const alone = resultOf(smallScenario());
    const eth = statedAsset('ETH', hours([-48, 10], [0, 10], [24, 0.001]));
    const beside = resultOf(smallScenario({ stated: [...smallScenario().stated, eth] }));
    expect(beside.protected).toEqual(alone.protected);
    expect(beside.mapping.map(({ symbol }) => symbol)).toEqual(['BTCUSDT']);
  });

  test('the same seed gives the same bytes; more seeds give a spread that holds the first', () => {
    const bridged = smallScenario({
      stated: [statedAsset('BTC', hours([-48, 100], [0, 100], [24, 88]), { bridge: 0.06 })],
    });
    expect(JSON.stringify(resultOf(bridged))).toBe(JSON.stringify(resultOf(bridged)));
    const { repeats, unprotected } = resultOf(bridged, { set: ['studies.stress.repeat=8'] });
    expect(repeats?.seeds).toBe(8);
    expect(repeats?.verdicts.reduce((sum, { count }) => sum + count, 0)).toBe(8);
    expect(repeats?.unprotected.min).toBeLessThanOrEqual(Number(unprotected.endEquity));
    expect(repeats?.unprotected.max).toBeGreaterThanOrEqual(Number(unprotected.endEquity));
  });

  test('the worst end with protection stands last, and is named', () => {
    const mild = smallScenario({ id: 'mild', stated: [statedAsset('BTC', hours([-48, 100], [24, 99]))] });
    const dead = smallScenario({
      id: 'dead',
      venue: [{ kind: 'bankruptcy', venue: 'any', at: START + HOUR, recovery: 0 }],
    });
    const { result } = stressOf([dead, mild, smallScenario()]);
    expect(result.worst).toEqual({ id: 'dead', endEquity: '0' });
    expect(result.scenarios.at(-1)?.id).toBe('dead');
  });
});
