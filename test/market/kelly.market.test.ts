/** Goldens: kelly.json, on the price series that it was computed from. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sampleCovariance } from '../../src/math/covariance.ts';
import { standardDeviation } from '../../src/math/moments.ts';
import { mean } from '../../src/math/sum.ts';
import { worstFallCap } from '../../src/risk/sizing/caps.ts';
import { continuousKelly } from '../../src/risk/sizing/continuous-kelly.ts';
import { growthRate } from '../../src/risk/sizing/growth.ts';
import { logKelly } from '../../src/risk/sizing/log-kelly.ts';
import { multiAssetKelly } from '../../src/risk/sizing/multi-asset-kelly.ts';
import { outcomesOfSample, ruinBound } from '../../src/risk/sizing/outcomes.ts';

const folder = process.env['RISK_GOLDENS'];

/** The columns of a file of numbers behind its first column, a date. */
function columnsOf(name: string): Float64Array[] {
  const [head = '', ...lines] = readFileSync(join(folder ?? '', name), 'utf8')
    .trim()
    .split(/\r?\n/);
  const width = head.split(',').length;
  return Array.from({ length: width - 1 }, (_, k) =>
    Float64Array.from(lines, (line) => Number(line.split(',')[k + 1])),
  );
}

function returnsOf(name: string): Float64Array {
  const [close = new Float64Array()] = columnsOf(name);
  return Float64Array.from({ length: close.length - 1 }, (_, i) => close[i + 1]! / close[i]! - 1);
}

const golden = () => JSON.parse(readFileSync(join(folder ?? '', 'kelly.json'), 'utf8'));

describe.skipIf(folder === undefined)('Kelly on recorded prices (RISK_GOLDENS names their folder)', () => {
  it.each([
    ['btc_daily_close_2017_2025.csv', 'btc_simple_daily (btc_daily_close_2017_2025.csv pct_change)'],
    ['eth_daily_close_2017_2025.csv', 'eth_simple_daily'],
  ])('of %s', (file, key) => {
    const row = golden().empirical[key];
    const returns = returnsOf(file);
    const outcomes = outcomesOfSample(returns);
    expect(returns).toHaveLength(row.n);
    expect(mean(returns)).toBeCloseTo(row.mean, 16);
    expect(logKelly(outcomes)).toBeCloseTo(row.f_log, 12);
    expect(growthRate(outcomes, row.f_log)).toBeCloseTo(row.growth, 15);
    expect(ruinBound(outcomes)).toBeCloseTo(row.f_max_domain, 13);
    expect(worstFallCap(-row.worst, 0).fraction).toBeCloseTo(row.f_max_domain, 13);
    const drift = { mean: mean(returns), volatility: standardDeviation(returns), riskFree: 0 };
    expect(continuousKelly(drift)).toBeCloseTo(row.f_mu_over_sample_var, 12);
  });

  it('of three coins, short in one that rose', () => {
    const { sigma_inv_mu, growth } = golden().multi;
    const columns = columnsOf('portfolio_returns_3assets.csv');
    const kelly = multiAssetKelly(Float64Array.from(columns, mean), sampleCovariance(columns));
    sigma_inv_mu.forEach((fraction: number, i: number) => {
      expect(kelly?.fractions[i]).toBeCloseTo(fraction, 11);
    });
    expect(kelly?.growth).toBeCloseTo(growth, 15);
  });
});
