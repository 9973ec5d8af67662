import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cascadePath, type Feedback } from '../../src/risk/cascade.ts';

/** Of all cases of the golden: prices, and millions of notional. */
const levels = [
  { price: 95, notional: 2e6 },
  { price: 93, notional: 3e6 },
  { price: 90, notional: 5e6 },
  { price: 88, notional: 4e6 },
  { price: 80, notional: 6e6 },
];

describe('the cascade toy of QUANT 11', () => {
  // impact_stops.json, `cascade`, computed in numpy: path, hit, liquidated, in its own order of cases.
  test.each([
    { shock: 0.04, k: 1e-8, path: [96], hit: [], liquidated: 0 },
    { shock: 0.05, k: 1e-8, path: [95, 93.11887396414176], hit: [0], liquidated: 2e6 },
    { shock: 0.05, k: 5e-9, path: [95, 94.05473420617098], hit: [0], liquidated: 2e6 },
    {
      shock: 0.06,
      k: 1e-8,
      path: [94, 92.138675290835, 89.41556590306712, 85.0547172953802, 81.71967412748775],
      hit: [0, 1, 2, 3],
      liquidated: 14e6,
    },
    {
      shock: 0.05,
      k: 2e-8,
      path: [95, 91.2749967194707, 85.95955471341617, 71.79945543829392, 63.68040437338573],
      hit: [0, 1, 2, 3, 4],
      liquidated: 20e6,
    },
  ])('shock $shock at k $k', ({ shock, k, path, hit, liquidated }) => {
    const run = cascadePath({ price: 100, shock, k, levels });
    expect(run.prices).toHaveLength(path.length);
    for (const [round, price] of path.entries()) expect(run.prices[round]).toBeCloseTo(price, 11);
    expect(run.hit).toEqual(hit);
    expect(run.liquidated).toBe(liquidated);
  });

  test('it has a threshold: twice the feedback turns a fall of 6.9 % into one of 36.3 %', () => {
    const fall = (k: number) =>
      1 - (cascadePath({ price: 1, shock: 0.05, k, levels: relative }).prices.at(-1) ?? 0);
    const relative = levels.map(({ price, notional }) => ({ price: price / 100, notional }));
    expect(fall(1e-8)).toBeCloseTo(0.0688, 4);
    expect(fall(2e-8)).toBeCloseTo(0.3632, 4);
  });

  test('a price at a level reaches it, one cent above does not', () => {
    const at = (price: number) =>
      cascadePath({ price, shock: 0, k: 1e-8, levels: [{ price: 95, notional: 1e6 }] });
    expect(at(95).hit).toEqual([0]);
    expect(at(95.01)).toEqual({ prices: [95.01], hit: [], liquidated: 0 });
  });

  test('levels in any order, and two at one price, sell in one round', () => {
    // By hand: 90 is at or below both 95s and above 80; 90 x exp(-0.01 x 3) = 87.34, still above 80.
    const mixed = [
      { price: 80, notional: 5 },
      { price: 95, notional: 1 },
      { price: 95, notional: 2 },
    ];
    const run = cascadePath({ price: 100, shock: 0.1, k: 0.01, levels: mixed });
    expect(run.hit).toEqual([1, 2]);
    expect(run.liquidated).toBe(3);
    expect(run.prices).toHaveLength(2);
    expect(run.prices[1]).toBeCloseTo(90 * Math.exp(-0.03), 12);
  });
});

describe('any cascade', () => {
  const feedback: fc.Arbitrary<Feedback> = fc.record({
    price: fc.constant(100),
    shock: fc.integer({ min: 0, max: 60 }).map((percent) => percent / 100),
    k: fc.integer({ min: 0, max: 50 }).map((n) => n * 1e-9),
    levels: fc.array(
      fc.record({
        // Off any price that a shock in whole percents leads to: a tie is a case of its own.
        price: fc.integer({ min: 20, max: 99 }).map((n) => n + 0.37),
        notional: fc.integer({ min: 0, max: 9 }).map((n) => n * 1e6),
      }),
      { maxLength: 8 },
    ),
  });
  const lowest = (one: Feedback) => cascadePath(one).prices.at(-1) ?? Number.NaN;

  test('ends where the sold notional holds it: what it sold lies at or above its price, all else below', () => {
    fc.assert(
      fc.property(feedback, (one) => {
        const { prices, hit, liquidated } = cascadePath(one);
        const end = prices.at(-1) ?? Number.NaN;
        expect(prices[0]).toBe(one.price * (1 - one.shock));
        expect(end).toBeCloseTo(one.price * (1 - one.shock) * Math.exp(-one.k * liquidated), 9);
        expect(new Set(hit).size).toBe(hit.length);
        const sold = hit.reduce((sum, i) => sum + (one.levels[i]?.notional ?? Number.NaN), 0);
        expect(liquidated).toBe(sold);
        const before = prices.at(-2) ?? end;
        for (const [i, { price }] of one.levels.entries()) expect(hit.includes(i)).toBe(before <= price);
        for (const [i, { price }] of one.levels.entries())
          if (!hit.includes(i)) expect(end).toBeGreaterThan(price);
      }),
    );
  });
  test('a larger shock never ends higher', () => {
    fc.assert(
      fc.property(feedback, fc.integer({ min: 1, max: 39 }), (one, more) => {
        const harder = { ...one, shock: one.shock + more / 100 };
        expect(lowest(harder)).toBeLessThan(lowest(one));
      }),
    );
  });
  test('more feedback never ends higher', () => {
    fc.assert(
      fc.property(feedback, fc.integer({ min: 1, max: 50 }), (one, more) => {
        const harder = { ...one, k: one.k + more * 1e-9 };
        expect(lowest(harder)).toBeLessThanOrEqual(lowest(one) * (1 + 1e-12));
      }),
    );
  });
});
