/** VaR and ES of daily log returns, against what was computed in Python and R. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { filterGarch, forecastVariances, garchLogLikelihood } from '../../src/math/garch.ts';
import { fitGarch } from '../../src/math/garch-fit.ts';
import { excessKurtosis, skewness, standardDeviation } from '../../src/math/moments.ts';
import { mean, sum } from '../../src/math/sum.ts';
import { cornishFisher, cornishFisherVarEs } from '../../src/risk/var/cornish-fisher.ts';
import { conditionalEvt, evt } from '../../src/risk/var/evt.ts';
import { ewma } from '../../src/risk/var/ewma.ts';
import { fhs } from '../../src/risk/var/fhs.ts';
import { modelVarEs } from '../../src/risk/var/garch.ts';
import { historical } from '../../src/risk/var/historical.ts';
import { normal, normalVarEs } from '../../src/risk/var/normal.ts';
import { studentT, studentVarEs } from '../../src/risk/var/student-t.ts';
import { fixedVolatility } from '../support/fixed-volatility.ts';
import { goldenColumn, logReturns } from '../support/golden-csv.ts';

const folder = process.env['RISK_GOLDENS'];
const tails = [0.05, 0.025, 0.01];

function load(coin: string) {
  const from = folder ?? '';
  const { [`${coin}_log_2017_2025`]: golden, scaling } = JSON.parse(
    readFileSync(join(from, 'var_es.json'), 'utf8'),
  );
  const returns = logReturns(goldenColumn(from, `${coin}_daily_close_2017_2025.csv`, 'close'));
  return { golden, scaling, returns };
}

/** Whether a fit comes to a figure within a share of it. */
function near(value: number | null | undefined, golden: number, share: number): void {
  expect(Math.abs((value ?? Number.NaN) / golden - 1)).toBeLessThan(share);
}

describe.skipIf(folder === undefined)('VaR and ES of coins (RISK_GOLDENS)', () => {
  describe.each(['btc', 'eth'])('%s', (coin) => {
    it('are the historical ones', () => {
      const { golden, returns } = load(coin);
      for (const tail of tails) {
        const row = golden.historical[tail];
        for (const quantile of ['linear', 'lower', 'higher'] as const)
          expect(historical(returns, { tail, quantile }).varRaw).toBeCloseTo(row[quantile].VaR, 14);
        expect(historical(returns, { tail }).esRaw).toBeCloseTo(row.ES_acerbi_tasche, 14);
      }
    });

    it('are the normal ones, by both deviations', () => {
      const { golden, returns } = load(coin);
      const n = returns.length;
      for (const tail of tails) {
        const { population, sample } = {
          population: golden.gaussian[tail].pop_sd,
          sample: golden.gaussian[tail].sample_sd,
        };
        const sd = standardDeviation(returns);
        const ofPopulation = normalVarEs(mean(returns), sd * Math.sqrt((n - 1) / n), tail);
        expect(ofPopulation.varRaw).toBeCloseTo(population.VaR, 14);
        expect(ofPopulation.esRaw).toBeCloseTo(population.ES, 14);
        expect(normal(returns, { tail }).varRaw).toBeCloseTo(sample.VaR, 14);
        expect(normal(returns, { tail }).esRaw).toBeCloseTo(sample.ES, 14);
      }
    });

    it('are those of the t distribution, fitted and of given degrees', () => {
      const { golden, returns } = load(coin);
      const { loglik, nu, scale } = golden.student_t_mle;
      for (const tail of tails) {
        const estimate = studentT(returns, { tail });
        const parameter = (name: string) => estimate.parameters.find((one) => one.name === name)?.value;
        expect(Math.abs((parameter('logLikelihood') ?? 0) - loglik)).toBeLessThan(1e-6);
        near(parameter('nu'), nu, 1e-3);
        near(parameter('scale'), scale, 1e-3);
        near(estimate.varRaw, golden.student_t_mle[tail].VaR, 1e-3);
        near(estimate.esRaw, golden.student_t_mle[tail].ES, 1e-3);
        for (const degrees of [3, 4, 5, 6]) {
          const row = golden[`student_t_fixed_nu${degrees}`][tail];
          const fixed = standardDeviation(returns) * Math.sqrt((degrees - 2) / degrees);
          const figures = studentVarEs({ loc: mean(returns), scale: fixed, nu: degrees }, tail);
          // The quantiles behind these goldens have nine digits.
          near(figures.varRaw, row.VaR, 1e-8);
          near(figures.esRaw, row.ES, 1e-8);
        }
      }
    });

    it('have no Cornish-Fisher estimate: skewness and kurtosis lie outside its domain', () => {
      const { golden, returns } = load(coin);
      const n = returns.length;
      const shape = { skewness: skewness(returns), excessKurtosis: excessKurtosis(returns) };
      const sd = standardDeviation(returns) * Math.sqrt((n - 1) / n);
      for (const tail of tails) {
        const row = golden.cornish_fisher[tail];
        const figures = cornishFisherVarEs(mean(returns), sd, shape, tail);
        expect(figures.varRaw).toBeCloseTo(row.VaR, 12);
        expect(figures.edgeworthEs).toBeCloseTo(row.ES_boudt_edgeworth, 12);
        expect(figures.esRaw).toBeCloseTo(row.ES_boudt_operational, 12);
        expect(row.monotone).toBe(false);
        expect(cornishFisher(returns, { tail })).toMatchObject({ valid: false, varRaw: null });
      }
    });

    it('are those of EWMA from three seeds', () => {
      const { golden, returns } = load(coin);
      for (const name of ['init_first_sq', 'init_sample_var_all', 'init_mean_first20_sq']) {
        const rows = golden['ewma_0.94'][name];
        for (const tail of tails) {
          const estimate = ewma(returns, { tail, seedVariance: rows.init });
          expect(estimate.varRaw).toBeCloseTo(rows[tail].VaR, 14);
          expect(estimate.esRaw).toBeCloseTo(rows[tail].ES, 14);
        }
      }
    });

    it('are those of GARCH with fixed parameters, its history and its tail', () => {
      const { golden, returns } = load(coin);
      const fixed = golden.garch11_fixed_params;
      const filtered = filterGarch(returns, fixed.params);
      expect(filtered.varianceNext).toBeCloseTo(fixed.h_next, 15);
      expect(garchLogLikelihood(filtered, null)).toBeCloseTo(fixed.loglik_norm, 8);
      expect(garchLogLikelihood(filtered, 6)).toBeCloseTo(fixed.loglik_t_nu6, 8);
      const forecasts = forecastVariances(fixed.params, fixed.h_next, 30);
      for (const k of [1, 2, 5, 10, 30])
        expect(forecasts[k - 1]).toBeCloseTo(fixed.variance_forecast_k[k], 15);
      expect(sum(forecasts.subarray(0, 10))).toBeCloseTo(fixed.cum_variance_10d, 14);
      const volatility = fixedVolatility(returns, fixed.params);
      for (const tail of tails) {
        const model = modelVarEs(volatility, tail);
        expect(model.varRaw).toBeCloseTo(fixed[`norm_${tail}`].VaR, 14);
        expect(model.esRaw).toBeCloseTo(fixed[`norm_${tail}`].ES, 14);
        const simulated = fhs(volatility, { tail });
        expect(simulated.varRaw).toBeCloseTo(fixed[`fhs_${tail}`].VaR, 13);
        expect(simulated.esRaw).toBeCloseTo(fixed[`fhs_${tail}`].ES, 13);
        const pareto = conditionalEvt(volatility, { tail });
        near(pareto.varRaw, fixed[`mcneil_frey_${tail}`].VaR, 1e-4);
        near(pareto.esRaw, fixed[`mcneil_frey_${tail}`].ES, 1e-4);
      }
    });

    it('have the GARCH fits of the goldens', () => {
      const { golden, returns } = load(coin);
      for (const [innovations, row] of [
        ['normal', golden.garch11_mle_norm],
        ['student-t', golden.garch11_mle_t],
      ] as const) {
        const fit = fitGarch(returns, { innovations });
        expect(Math.abs(fit.logLikelihood - row.loglik)).toBeLessThan(1e-5);
        for (const key of ['mu', 'omega', 'alpha', 'beta'] as const) near(fit[key], row.params[key], 1e-3);
        if (fit.nu !== null) near(fit.nu, row.params.nu, 1e-3);
        near(Math.sqrt(filterGarch(returns, fit).varianceNext), row.sigma_next, 1e-4);
        // With t innovations both coins stand where variance never comes back.
        expect(fit.bound).toBe(innovations === 'normal' ? null : 'alpha-plus-beta-1');
      }
    });

    it('are those of peaks over a threshold', () => {
      const { golden, returns } = load(coin);
      for (const [name, share] of [
        ['evt_pot_10pct', 0.1],
        ['evt_pot_5pct', 0.05],
      ] as const) {
        for (const tail of [0.05, 0.025, 0.01, 0.005, 0.001]) {
          const row = golden[name][`alpha_${tail}`];
          if (row === undefined) continue;
          const estimate = evt(returns, { tail, share });
          expect(estimate.parameters[3]?.value).toBe(golden[name].k);
          expect(estimate.parameters[4]?.value).toBeCloseTo(-golden[name].negloglik, 6);
          near(estimate.varRaw, row.VaR, 1e-4);
          near(estimate.esRaw, row.ES, 1e-4);
        }
      }
    });
  });

  it('over ten days are those of sums of ten, whether these overlap or not', () => {
    const { scaling, returns } = load('btc');
    const sums = Float64Array.from({ length: returns.length - 9 }, (_, i) =>
      sum(returns.subarray(i, i + 10)),
    );
    const apart = sums.filter((_, i) => i % 10 === 0);
    expect(apart).toHaveLength(scaling.n10);
    for (const tail of tails) {
      expect(historical(sums, { tail }).varRaw).toBeCloseTo(scaling.overlapping_10d_hist[tail], 13);
      expect(historical(apart, { tail }).varRaw).toBeCloseTo(scaling.nonoverlapping_10d_hist[tail], 13);
    }
  });
});
