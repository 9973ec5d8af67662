import { describe, expect, test } from 'vitest';
import { normalQuantile } from '../../../src/math/normal.ts';
import { createRandom, drawNormal } from '../../../src/math/random.ts';
import { pairedDifferences } from '../../../src/risk/funding/paired-bootstrap.ts';
import { unchanged } from '../../support/unchanged.ts';

const options = { meanBlock: 1, replicates: 4000, seed: 1, confidence: 0.95 };

function noise(seed: number, rows: number, mean = 0): Float64Array {
  const random = createRandom(seed);
  return Float64Array.from({ length: rows }, () => mean + drawNormal(random));
}

describe('pairedDifferences', () => {
  test('what is the same has no difference, for sure', () => {
    const gain = noise(1, 50);
    expect(unchanged([gain], () => pairedDifferences(gain, [gain], options))).toEqual([
      { difference: 0, low: 0, high: 0, pValue: 1, distinguishable: false },
    ]);
  });

  test('a rival that is worse by the same everywhere is worse for sure', () => {
    const gain = noise(1, 50);
    const [one] = pairedDifferences(gain, [gain.map((value) => value - 0.01)], options);
    expect(one?.difference).toBeCloseTo(0.5, 12);
    expect(one?.low).toBeCloseTo(0.5, 12);
    expect(one?.high).toBeCloseTo(0.5, 12);
    expect(one).toMatchObject({ distinguishable: true });
  });

  // Independent rows: the sum of n differences has the deviation sqrt(n) x that of the sample.
  test('has the width of independent rows where blocks are single rows', () => {
    const gain = noise(2, 400);
    const [one] = pairedDifferences(gain, [new Float64Array(400)], options);
    const mean = gain.reduce((sum, value) => sum + value, 0) / 400;
    const spread = Math.sqrt(gain.reduce((sum, value) => sum + (value - mean) * (value - mean), 0));
    const half = normalQuantile(0.975) * spread;
    expect(one?.difference).toBeCloseTo(400 * mean, 10);
    expect(Math.abs((one?.high ?? 0) - (400 * mean + half))).toBeLessThan(0.12 * half);
    expect(Math.abs((one?.low ?? 0) - (400 * mean - half))).toBeLessThan(0.12 * half);
  });

  test('is wider in blocks where rows hang together', () => {
    const single = noise(3, 100);
    const together = Float64Array.from({ length: 1000 }, (_, i) => single[Math.floor(i / 10)]!);
    const width = (meanBlock: number) => {
      const [one] = pairedDifferences(together, [new Float64Array(1000)], { ...options, meanBlock });
      return (one?.high ?? 0) - (one?.low ?? 0);
    };
    expect(width(50)).toBeGreaterThan(2 * width(1));
  });

  test('says what is far from 0, and what is not', () => {
    const zero = new Float64Array(400);
    const [far] = pairedDifferences(noise(4, 400, 0.5), [zero], options);
    expect(far).toMatchObject({ distinguishable: true });
    expect(far?.pValue).toBeLessThan(0.001);
    const [near] = pairedDifferences(noise(4, 400, 0.01), [zero], options);
    expect(near).toMatchObject({ distinguishable: false });
    expect(near?.pValue).toBeGreaterThan(0.05);
  });

  // Four equal gains: a sample has a Poisson number of them. P(0) = 0.0183 < 2.5 %, but P(0) + P(>= 8) = 0.0694 > 5 %.
  test('takes none for apart that its p-value does not, and none whose interval has 0', () => {
    const gain = new Float64Array(806);
    for (const at of [100, 300, 500, 700]) gain[at] = 0.125;
    const [skewed] = pairedDifferences(gain, [new Float64Array(806)], options);
    expect(skewed?.low).toBeGreaterThan(0);
    expect(Math.abs((skewed?.pValue ?? 0) - 0.0694)).toBeLessThan(0.012);
    expect(skewed?.distinguishable).toBe(false);
    for (let seed = 1; seed <= 40; seed += 1) {
      const [one] = pairedDifferences(noise(seed, 100, 0.2), [new Float64Array(100)], {
        ...options,
        replicates: 400,
      });
      const { low, high, pValue, distinguishable } = one ?? { low: 0, high: 0, pValue: 1 };
      expect(distinguishable).toBe(pValue < 0.05 && (low > 0 || high < 0));
    }
  });

  test('pairs see the same blocks, so that two equal rivals have equal answers', () => {
    const gain = noise(5, 60);
    const rival = noise(6, 60);
    const [first, second] = pairedDifferences(gain, [rival, rival.slice()], { ...options, meanBlock: 7 });
    expect(first).toEqual(second);
    expect(pairedDifferences(gain, [rival], { ...options, meanBlock: 7 })[0]).toEqual(first);
  });

  test('refuses columns of two lengths, none at all, and options out of range', () => {
    const gain = noise(1, 5);
    expect(() => pairedDifferences(gain, [noise(1, 4)], options)).toThrow('a rival must have 5 gains, was 4');
    expect(() => pairedDifferences(new Float64Array(), [], options)).toThrow('at least one settlement');
    expect(() => pairedDifferences(gain, [], { ...options, replicates: 0 })).toThrow('replicates must');
    expect(() => pairedDifferences(gain, [], { ...options, confidence: 1 })).toThrow('a confidence must');
    expect(() => pairedDifferences(gain, [], { ...options, meanBlock: 0 })).toThrow('a mean block must');
  });
});
