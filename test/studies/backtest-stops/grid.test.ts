import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PriceRows, SignedTrade } from '../../../src/studies/backtest-stops/signed-trade.ts';
import { type Ohlc, rowsOf, ruleOf, runFixed, runTrailing, tradeOf } from './one-trade.ts';

/** Prices in whole cents, so that lows meet stops exactly. */
const cents = (min: number, max: number) =>
  fc.integer({ min: min * 100, max: max * 100 }).map((n) => n / 100);
const bar = fc
  .tuple(cents(90, 110), cents(90, 110), cents(90, 110), cents(90, 110))
  .map(([a, b, c, d]): Ohlc => [a, Math.max(a, b, c, d), Math.min(a, b, c, d), b]);
const scene = fc.record({
  bars: fc.array(bar, { minLength: 1, maxLength: 12 }),
  side: fc.constantFrom<1 | -1>(1, -1),
  entry: cents(95, 105),
  exit: cents(90, 110),
  unit: fc.integer({ min: 1, max: 300 }).map((n) => n / 100),
  leverage: fc.option(fc.constantFrom(5, 10, 20, 50)),
  target: fc.option(fc.integer({ min: 1, max: 16 }).map((n) => n / 4)),
});
const multipliers = Array.from({ length: 16 }, (_, i) => (i + 1) / 4);

/** The plain early-exit loop of the source document with the fills of RULES 1.2, one level and one trade at a time. */
function plain(
  trade: SignedTrade,
  bars: readonly Ohlc[],
  multiplier: number,
  through: boolean,
): { hit: boolean; gap: boolean; fill: number } {
  const { side, entry, unit, exit, target } = trade;
  const price = side * entry;
  const stop = side === 1 ? price - unit * multiplier : price + unit * multiplier;
  const reaches = (p: number) =>
    side === 1 ? (through ? p < stop : p <= stop) : through ? p > stop : p >= stop;
  for (const [open, high, low] of bars) {
    if (target !== null && side * open >= target) return { hit: false, gap: false, fill: open };
    if (reaches(side === 1 ? low : high)) {
      const gap = side === 1 ? open <= stop : open >= stop;
      return { hit: true, gap, fill: gap ? open : stop };
    }
    if (target !== null && side * (side === 1 ? high : low) >= target) {
      return { hit: false, gap: false, fill: side * target };
    }
  }
  // All bars are whole here: an exit beyond the take-profit jumped over it.
  if (target !== null && exit >= target) return { hit: false, gap: false, fill: side * exit };
  return { hit: reaches(side * exit), gap: false, fill: side * exit };
}

const build = ({
  side,
  entry,
  exit,
  unit,
  leverage,
  target,
}: Parameters<
  Parameters<typeof fc.property<[typeof scene extends fc.Arbitrary<infer T> ? T : never]>>[1]
>[0]) =>
  tradeOf(
    side,
    { entry, exit, unit },
    {
      target: target === null ? null : side * entry + target * unit,
      liquidation: leverage === null ? null : side * entry - (side * side * entry) / leverage,
      leverage: leverage ?? 1,
    },
  );

describe('the plain double loop', () => {
  for (const trigger of ['touch', 'through'] as const) {
    test(`hits and fills equal it at every level on cent data, trigger ${trigger}`, () => {
      fc.assert(
        fc.property(scene, (s) => {
          const trade = build(s);
          const seen = runFixed(trade, rowsOf(s.bars), ruleOf(multipliers, 'pessimistic', trigger));
          let reached = 0;
          for (const [i, multiplier] of multipliers.entries()) {
            const naive = plain(trade, s.bars, multiplier, trigger === 'through');
            if (naive.hit) reached += 1;
            expect(Math.round(seen.sums.hits[i] ?? -1)).toBe(naive.hit ? 1 : 0);
            expect(Math.round(seen.sums.gapFills[i] ?? -1)).toBe(naive.gap ? 1 : 0);
            const expected = (s.side * (naive.fill - s.entry)) / s.entry;
            expect(seen.returns[i]).toBeCloseTo(expected, 12);
          }
          expect(seen.fate.reached).toBe(reached);
        }),
        { seed: 20, numRuns: 3000 },
      );
    });
  }

  test('on margin every level is its return times the leverage, or a lost margin where the venue came first', () => {
    fc.assert(
      fc.property(scene, (s) => {
        const trade = { ...build(s), target: null };
        if (trade.liquidation === null) return;
        const liquidation = s.side * trade.liquidation;
        const seen = runFixed(trade, rowsOf(s.bars), ruleOf(multipliers));
        for (const [i, multiplier] of multipliers.entries()) {
          const stop = s.entry - s.side * s.unit * multiplier;
          const beyond = s.side === 1 ? stop <= liquidation : stop >= liquidation;
          let ruined = false;
          let stopped = false;
          for (const [open, high, low] of s.bars) {
            const adverse = s.side === 1 ? low : high;
            const stopHit = s.side * (adverse - stop) <= 0;
            const liquidationHit = s.side * (adverse - liquidation) <= 0;
            ruined = liquidationHit && (beyond || s.side * (open - liquidation) <= 0);
            stopped = stopHit && !ruined;
            if (stopHit || ruined) break;
          }
          // An exit price beyond the liquidation that no bar led to: the venue was there first.
          const exitRuins = !stopped && s.side * (s.exit - liquidation) <= 0;
          const expected = ruined || exitRuins ? -1 : (seen.returns[i] ?? 0) * trade.leverage;
          expect(seen.margin[i]).toBeCloseTo(expected, 10);
          expect(Math.round(seen.sums.liquidated[i] ?? -1)).toBe(ruined || exitRuins ? 1 : 0);
        }
      }),
      { seed: 21, numRuns: 2000 },
    );
  });

  test('links between records change nothing', () => {
    fc.assert(
      fc.property(scene, (s) => {
        const trade = build(s);
        const rows = rowsOf(s.bars);
        const linked = { ...rows, ...links(rows, s.side) };
        const rule = ruleOf(multipliers);
        expect(runFixed(trade, linked, rule)).toEqual(runFixed(trade, rows, rule));
      }),
      { seed: 22, numRuns: 1000 },
    );
  });

  test('a wider fixed stop never hits more, and the optimistic side never more than the pessimistic', () => {
    fc.assert(
      fc.property(scene, fc.boolean(), (s, partial) => {
        const rows = rowsOf(s.bars, {
          entryPartial: partial,
          partialFrom: partial ? s.bars.length - 1 : s.bars.length,
        });
        for (const seen of [
          runFixed(build(s), rows, ruleOf(multipliers)),
          runTrailing(build(s), rows, ruleOf(multipliers)),
        ]) {
          expect(seen.fate.reachedOptimistic).toBeLessThanOrEqual(seen.fate.reached);
          for (let i = 1; i < multipliers.length; i += 1) {
            expect(seen.sums.hits[i]).toBeLessThanOrEqual(seen.sums.hits[i - 1] ?? 0);
          }
        }
      }),
      { seed: 23, numRuns: 2000 },
    );
  });
});

describe('trailing stops against a plain walk of one level', () => {
  test('hits and the lower return of both orders equal it', () => {
    fc.assert(
      fc.property(scene, (s) => {
        const trade = { ...build(s), target: null, liquidation: null, leverage: 1 };
        const seen = runTrailing(trade, rowsOf(s.bars), ruleOf(multipliers));
        for (const [i, multiplier] of multipliers.entries()) {
          const high = plainTrail(trade, s.bars, multiplier, true);
          const low = plainTrail(trade, s.bars, multiplier, false);
          expect(Math.round(seen.sums.hits[i] ?? -1)).toBe(high.hit ? 1 : 0);
          const worse = Math.min(s.side * high.fill, s.side * low.fill);
          expect(seen.returns[i]).toBeCloseTo((worse - s.side * s.entry) / s.entry, 12);
        }
      }),
      { seed: 24, numRuns: 3000 },
    );
  });
});

function plainTrail(trade: SignedTrade, bars: readonly Ohlc[], multiplier: number, favourableFirst: boolean) {
  const { side, unit } = trade;
  let best = trade.entry;
  for (const [open, high, low, close] of bars) {
    const adverse = side * (side === 1 ? low : high);
    const favourable = side * (side === 1 ? high : low);
    const before = best - multiplier * unit;
    if (side * open <= before && adverse <= before) return { hit: true, fill: open };
    if (favourableFirst) best = Math.max(best, favourable);
    const stop = best - multiplier * unit;
    if (adverse <= stop) return { hit: true, fill: side * stop };
    best = Math.max(best, favourable);
    // From the last extreme the bar goes on to its close.
    const risen = best - multiplier * unit;
    if (side * close <= risen) return { hit: true, fill: side * risen };
  }
  return { hit: trade.exit <= best - multiplier * unit, fill: side * trade.exit };
}

function links(rows: PriceRows, side: 1 | -1) {
  const next = (worse: (later: number, now: number) => boolean, xs: Float64Array) =>
    Int32Array.from(xs, (x, i) => {
      const found = xs.findIndex((later, j) => j > i && worse(later, x));
      return found === -1 ? xs.length : found;
    });
  const lower = next((later, now) => later < now, rows.low);
  const higher = next((later, now) => later > now, rows.high);
  return { nextWorse: side === 1 ? lower : higher, nextBetter: side === 1 ? higher : lower };
}
