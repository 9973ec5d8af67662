import { describe, expect, it } from 'vitest';
import { mean, sum } from '../../src/math/sum.ts';
import { unchanged } from '../support/unchanged.ts';

const of = (...xs: number[]) => Float64Array.from(xs);

describe('sum', () => {
  // Neumaier's own example, where Kahan's compensation gives 0.
  it('keeps small terms between large ones that cancel', () => {
    const xs = of(1, 1e100, 1, -1e100);
    expect(unchanged([xs], () => sum(xs))).toBe(2);
  });

  // The example of Python's documentation of math.fsum; a plain loop gives 0.9999999999999999.
  it('adds 0.1 ten times to exactly 1', () => {
    expect(sum(new Float64Array(10).fill(0.1))).toBe(1);
  });

  it('is exact in whole numbers, whatever their order', () => {
    const xs = Float64Array.from(
      { length: 10_000 },
      (_, i) => ((i * 7919) % 10_007) * (i % 2 === 0 ? 1e9 : -1),
    );
    let exact = 0n;
    for (const x of xs) exact += BigInt(x);
    expect(sum(xs)).toBe(Number(exact));
    expect(sum(xs.slice().reverse())).toBe(Number(exact));
  });

  it('is 0 for no numbers', () => {
    expect(sum(of())).toBe(0);
  });
});

describe('mean', () => {
  // NIST StRD, univariate summary statistics, NumAcc1 and NumAcc4.
  it('gives the certified means of NIST', () => {
    expect(mean(of(10_000_001, 10_000_003, 10_000_002))).toBe(10_000_002);
    const numAcc4 = Float64Array.from({ length: 1001 }, (_, i) =>
      i === 0 ? 10_000_000.2 : i % 2 === 1 ? 10_000_000.1 : 10_000_000.3,
    );
    // One spacing of doubles at 10^7: reading the decimals and rounding the mean cost half of it each.
    expect(Math.abs(mean(numAcc4) - 10_000_000.2)).toBeLessThanOrEqual(1 / 536_870_912);
  });

  it('is not a number for no numbers', () => {
    expect(mean(of())).toBeNaN();
  });
});
