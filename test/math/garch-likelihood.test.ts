import { describe, expect, it } from 'vitest';
import { filterGarch, garchLogLikelihood } from '../../src/math/garch.ts';
import { garchObjective, type Innovations } from '../../src/math/garch-likelihood.ts';
import synthetic from '../golden/synthetic-returns.json' with { type: 'json' };
import golden from '../golden/var-es.json' with { type: 'json' };

/** The synthetic returns in percent, so that all parameters are near 1. */
const percents = Float64Array.from(synthetic.returns, (one) => 100 * one);
const { params, loglikNormal, loglikT6 } = golden.synthetic.garchFixed;
const four = [100 * params.mu, 10_000 * params.omega, params.alpha, params.beta];

describe.each<[Innovations, readonly number[], number]>([
  ['normal', four, loglikNormal],
  ['student-t', [...four, 6], loglikT6],
])('garchObjective with %s innovations', (innovations, at, logLikelihood) => {
  const objective = garchObjective(percents, innovations);
  const from = Float64Array.from(at);

  it('is the negative log-likelihood of the fixed parameters', () => {
    // A density of percents is a hundredth of one of fractions.
    const value = objective(from, new Float64Array(at.length));
    expect(-value + 1500 * Math.log(100)).toBeCloseTo(logLikelihood, 8);
  });

  it('writes its derivatives', () => {
    const gradient = new Float64Array(at.length);
    objective(from, gradient);
    const rest = new Float64Array(at.length);
    at.forEach((one, i) => {
      const step = 1e-6 * Math.max(one, 0.01);
      const up = objective(from.with(i, one + step), rest);
      const down = objective(from.with(i, one - step), rest);
      expect(Math.abs((up - down) / (2 * step) / gradient[i]! - 1)).toBeLessThan(1e-5);
    });
  });

  it('is the filter and its likelihood at any other place', () => {
    const place = Float64Array.of(-0.1, 0.5, 0.3, 0.2, 3.5).subarray(0, at.length);
    const [mu = 0, omega = 0, alpha = 0, beta = 0, nu = null] = place;
    const filtered = filterGarch(percents, { mu, omega, alpha, beta });
    expect(objective(place, new Float64Array(5))).toBeCloseTo(-garchLogLikelihood(filtered, nu), 8);
  });
});
