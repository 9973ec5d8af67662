import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { logKelly } from '../../../src/risk/sizing/log-kelly.ts';
import { outcomesOfBet, outcomesOfSample } from '../../../src/risk/sizing/outcomes.ts';
import {
  quadraticConstrainedKelly,
  riskAversion,
  riskConstrainedKelly,
} from '../../../src/risk/sizing/risk-constrained-kelly.ts';
import kelly from '../../golden/kelly.json' with { type: 'json' };

describe.each(kelly.risk_constrained.rows)('p $p, b $b, below $alpha with at most $beta', (row) => {
  const outcomes = outcomesOfBet({ winRate: row.p, win: row.b, loss: 1 });
  const bound = { alpha: row.alpha, beta: row.beta };

  test('has the golden aversion, fraction and approximation', () => {
    expect(riskAversion(bound)).toBeCloseTo(row.lam, 12);
    const fraction = riskConstrainedKelly(outcomes, bound);
    expect(fraction).toBeCloseTo(row.f_rck, 12);
    expect((fraction ?? 0) / row.f_kelly).toBeCloseTo(row.fraction, 11);
    expect(quadraticConstrainedKelly(outcomes, bound)).toBeCloseTo(row.f_qrck, 14);
  });
});

test('is Kelly itself where the bound does not bind', () => {
  const outcomes = outcomesOfBet({ winRate: 0.6, win: 1, loss: 1 });
  const loose = { alpha: 0.1, beta: 0.9 };
  expect(riskConstrainedKelly(outcomes, loose)).toBe(logKelly(outcomes));
  // E r / E r^2 = 0.2 / 1.
  expect(quadraticConstrainedKelly(outcomes, loose)).toBeCloseTo(0.2, 15);
});

test('is 0 without an edge, and no bound where nothing loses', () => {
  const bound = { alpha: 0.7, beta: 0.1 };
  const none = outcomesOfBet({ winRate: 0.4, win: 1, loss: 1 });
  expect([riskConstrainedKelly(none, bound), quadraticConstrainedKelly(none, bound)]).toEqual([0, 0]);
  expect(riskConstrainedKelly(outcomesOfSample(Float64Array.of(0.1, 0.2)), bound)).toBeNull();
});

test('a lower level, or a larger probability, never allows less', () => {
  const part = fc.double({ min: 0.05, max: 0.95, noNaN: true });
  fc.assert(
    fc.property(part, part, part, part, (a, b, c, d) => {
      const outcomes = outcomesOfBet({ winRate: 0.6, win: 1.2, loss: 0.9 });
      const strict = riskConstrainedKelly(outcomes, { alpha: Math.max(a, b), beta: Math.min(c, d) }) ?? 0;
      const loose = riskConstrainedKelly(outcomes, { alpha: Math.min(a, b), beta: Math.max(c, d) }) ?? 0;
      expect(loose).toBeGreaterThanOrEqual(strict - 1e-12);
    }),
  );
});

test.each([
  [0, 0.1],
  [1, 0.1],
  [0.7, 0],
  [0.7, 1],
])('refuses the level %d with the probability %d', (alpha, beta) => {
  expect(() => riskAversion({ alpha, beta })).toThrow('must lie in (0, 1)');
});
