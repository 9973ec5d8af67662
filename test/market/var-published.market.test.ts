/** The figures that R PerformanceAnalytics publishes for hedge fund indices, 152 months. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { excessKurtosis, skewness, standardDeviation } from '../../src/math/moments.ts';
import { mean } from '../../src/math/sum.ts';
import { cornishFisherVarEs } from '../../src/risk/var/cornish-fisher.ts';
import { historical } from '../../src/risk/var/historical.ts';
import { normalVarEs } from '../../src/risk/var/normal.ts';
import { goldenColumn } from '../support/golden-csv.ts';

const folder = process.env['RISK_GOLDENS'];

/** As R computes them: by population moments, the historical ES over the returns strictly beyond the VaR. */
function figures(returns: Float64Array): Record<string, number> {
  const n = returns.length;
  const sd = standardDeviation(returns) * Math.sqrt((n - 1) / n);
  const shape = { skewness: skewness(returns), excessKurtosis: excessKurtosis(returns) };
  const gauss = normalVarEs(mean(returns), sd, 0.05);
  const modified = cornishFisherVarEs(mean(returns), sd, shape, 0.05);
  const hist = historical(returns, { tail: 0.05 }).varRaw ?? Number.NaN;
  return {
    hist95: hist,
    gauss95: gauss.varRaw,
    mod95: modified.varRaw,
    mod99: cornishFisherVarEs(mean(returns), sd, shape, 0.01).varRaw,
    ES_hist95: -mean(returns.filter((one) => one < -hist)),
    ES_gauss95: gauss.esRaw,
    ES_mod95: modified.esRaw,
  };
}

describe.skipIf(folder === undefined)('published figures of PerformanceAnalytics (RISK_GOLDENS)', () => {
  it('are reproduced to their digits', () => {
    const { published, computed } = JSON.parse(
      readFileSync(join(folder ?? '', 'published_performanceanalytics_var.json'), 'utf8'),
    );
    let compared = 0;
    for (const [figure, indices] of Object.entries<Record<string, number>>(published)) {
      for (const [index, value] of Object.entries(indices)) {
        const own = figures(goldenColumn(folder ?? '', 'edhec_152.csv', index))[figure] ?? Number.NaN;
        // Seven digits are printed.
        expect(Math.abs(own / value - 1)).toBeLessThan(3e-7);
        expect(own).toBeCloseTo(computed[figure][index], 13);
        compared += 1;
      }
    }
    expect(compared).toBe(35);
  });
});
