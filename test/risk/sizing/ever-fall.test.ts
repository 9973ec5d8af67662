import { expect, test } from 'vitest';
import { everFallProbability } from '../../../src/risk/sizing/ever-fall.ts';
import kelly from '../../golden/kelly.json' with { type: 'json' };

test.each(kelly.thorp_drawdown_prob.rows)('at $c of Kelly wealth ever falls to $x with $p', ({ c, x, p }) => {
  expect(everFallProbability(c, x) / p).toBeCloseTo(1, 13);
});

test('ends at the ends: nothing staked never falls, twice Kelly always does', () => {
  expect(everFallProbability(0, 0.5)).toBe(0);
  expect(everFallProbability(2, 0.01)).toBe(1);
  expect(everFallProbability(5, 0.01)).toBe(1);
  expect(everFallProbability(1.999999, 0.5)).toBeCloseTo(1, 5);
  expect(everFallProbability(0.5, 1)).toBe(1);
  expect(everFallProbability(1e-6, 0.5)).toBe(0);
});

test.each([
  [-0.1, 0.5],
  [Number.NaN, 0.5],
  [1, 0],
  [1, 1.1],
])('refuses %d of Kelly and level %d', (multiple, level) => {
  expect(() => everFallProbability(multiple, level)).toThrow(RangeError);
});
