/** The parts of three coins in the VaR and ES of a book, which PerformanceAnalytics gives alike. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { correlation } from '../../src/math/correlation.ts';
import { sampleCovariance } from '../../src/math/covariance.ts';
import { mean } from '../../src/math/sum.ts';
import { historicalComponents, normalComponents } from '../../src/risk/var/components.ts';
import { goldenColumn } from '../support/golden-csv.ts';

const folder = process.env['RISK_GOLDENS'];

function load() {
  const { portfolio } = JSON.parse(readFileSync(join(folder ?? '', 'var_es.json'), 'utf8'));
  const returns = ['BTC', 'ETH', 'SOL'].map((name) =>
    goldenColumn(folder ?? '', 'portfolio_returns_3assets.csv', name),
  );
  const book = {
    weights: Float64Array.from(portfolio.weights),
    mean: Float64Array.from(returns, mean),
    covariance: sampleCovariance(returns),
  };
  return { portfolio, returns, book };
}

function each(own: Float64Array | null, golden: readonly number[], digits: number): void {
  expect(own).toHaveLength(golden.length);
  golden.forEach((one, i) => {
    expect(own?.[i]).toBeCloseTo(one, digits);
  });
}

describe.skipIf(folder === undefined)('parts of a book of coins (RISK_GOLDENS)', () => {
  it.each([0.05, 0.025, 0.01])('are the normal ones at %d', (tail) => {
    const { portfolio, book } = load();
    const row = portfolio.result[tail];
    const { var: split, es } = normalComponents(book, tail);
    expect(split.total).toBeCloseTo(row.VaR, 14);
    each(split.marginal, row.marginal, 14);
    each(split.component, row.component, 14);
    each(split.incremental, row.incremental_remove_no_rescale, 14);
    expect(es.total).toBeCloseTo(row.ES, 14);
    each(es.component, row.component_ES, 14);
    const still = normalComponents({ ...book, mean: new Float64Array(3) }, tail);
    each(still.var.component, row.component_zero_mean, 14);
  });

  // That golden takes the mean over whole days, n_tail of them: which is the exact tail mean at n_tail / n.
  it.each([0.05, 0.025, 0.01])('are the historical ones at %d', (tail) => {
    const { portfolio, returns, book } = load();
    const row = portfolio.result[tail];
    const { weights } = book;
    expect(historicalComponents({ weights, returns }, tail).varRaw).toBeCloseTo(row.hist_VaR_linear, 14);
    const split = historicalComponents({ weights, returns }, row.n_tail / portfolio.n);
    expect(split.esRaw).toBeCloseTo(row.hist_ES_mean_le, 13);
    each(split.componentEs, row.hist_component_ES, 13);
  });

  it('are negative for a hedge', () => {
    const { portfolio, book } = load();
    const { weights, component, VaR99_zero_mean } = portfolio.short_example;
    const { var: split } = normalComponents(
      { ...book, weights: Float64Array.from(weights), mean: new Float64Array(3) },
      0.01,
    );
    expect(split.total).toBeCloseTo(VaR99_zero_mean, 14);
    each(split.component, component, 14);
  });

  it('have the correlations of the goldens', () => {
    const { portfolio, returns } = load();
    for (const [i, x] of returns.entries()) {
      for (const [j, y] of returns.entries())
        expect(correlation(x, y, 2)).toBeCloseTo(portfolio.corr[i][j], 12);
    }
  });
});
