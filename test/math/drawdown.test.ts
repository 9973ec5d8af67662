import { describe, expect, it } from 'vitest';
import { maxDrawdown } from '../../src/math/drawdown.ts';
import { createRandom, nextBelow } from '../../src/math/random.ts';
import golden from '../golden/small-returns.json' with { type: 'json' };
import { unchanged } from '../support/unchanged.ts';

/** All pairs; the deepest fall, of equal falls the first trough, of equal peaks the last. */
function naive(xs: Float64Array) {
  let found = { drawdown: 0, peak: 0, trough: 0 };
  for (let j = 0; j < xs.length; j += 1) {
    for (let i = 0; i < j; i += 1) {
      const drawdown = (xs[i]! - xs[j]!) / xs[i]!;
      const better = drawdown > found.drawdown;
      const later = drawdown === found.drawdown && drawdown > 0 && j === found.trough;
      if (better || later) found = { drawdown, peak: i, trough: j };
    }
  }
  return found;
}

describe('maxDrawdown', () => {
  it('finds the fall of compounded returns with its peak and trough', () => {
    // Row 0 of the wealth is the start; the published indices count returns.
    const wealth = new Float64Array(golden.returns.length + 1);
    wealth[0] = 1;
    golden.returns.forEach((r, i) => {
      wealth[i + 1] = wealth[i]! * (1 + r);
    });
    const { drawdown, peak, trough } = unchanged([wealth], () => maxDrawdown(wealth));
    expect(drawdown).toBeCloseTo(golden.maxDrawdown.drawdown, 14);
    expect([peak, trough]).toEqual([golden.maxDrawdown.peak, golden.maxDrawdown.trough]);
  });

  it('takes the last of equal peaks and the first of equal falls', () => {
    expect(maxDrawdown(Float64Array.of(90, 100, 100, 70, 100, 70))).toEqual({
      drawdown: 0.3,
      peak: 2,
      trough: 3,
    });
  });

  it('is 0 at the first row where nothing falls', () => {
    expect(maxDrawdown(Float64Array.of(1, 1, 2))).toEqual({ drawdown: 0, peak: 0, trough: 0 });
  });

  it('equals the search over all pairs', () => {
    const random = createRandom(7);
    for (let run = 0; run < 500; run += 1) {
      const xs = Float64Array.from({ length: 1 + nextBelow(random, 12) }, () => 1 + nextBelow(random, 6));
      expect(maxDrawdown(xs)).toEqual(naive(xs));
    }
  });
});
