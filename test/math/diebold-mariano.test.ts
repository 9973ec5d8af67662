import { describe, expect, it } from 'vitest';
import { dieboldMariano } from '../../src/math/diebold-mariano.ts';
import golden from '../golden/small-returns.json' with { type: 'json' };
import { unchanged } from '../support/unchanged.ts';

const differences = Float64Array.from(golden.returns);

describe('dieboldMariano', () => {
  // Exact fractions of the twenty numbers, the root and the normal tail by mpmath 1.3 at 40 digits.
  it.each([
    [0, -0.4899788465127122, 0.6241488676433204],
    [1, -0.6664614668846796, 0.5051161853828343],
    [2, -0.7529304544682959, 0.45149170631584923],
    [5, -1.0760576023710604, 0.28190149561563393],
  ])('with %d lags has statistic %d', (lags, statistic, pValue) => {
    const test = unchanged([differences], () => dieboldMariano(differences, lags));
    expect(test.mean).toBeCloseTo(-0.00345, 17);
    expect(test.statistic).toBeCloseTo(statistic, 13);
    expect(test.pValue).toBeCloseTo(pValue, 13);
  });

  it('changes its sign alone where forecasts are exchanged', () => {
    const test = dieboldMariano(differences, 2);
    const mirror = dieboldMariano(
      differences.map((x) => -x),
      2,
    );
    expect(mirror).toEqual({ mean: -test.mean, statistic: -(test.statistic ?? 0), pValue: test.pValue });
  });

  it.each([0, 0.1, 1 / 3])('says nothing where every difference is %d', (difference) => {
    const { statistic, pValue } = dieboldMariano(new Float64Array(7).fill(difference), 2);
    expect([statistic, pValue]).toEqual([null, null]);
  });
});
