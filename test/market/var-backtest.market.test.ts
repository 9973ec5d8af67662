/** Goldens: nine VaR series of BTC over 2606 days; R rugarch gives the same ratios of coverage and conditional coverage. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { acerbiSzekely } from '../../src/risk/var-backtest/acerbi-szekely.ts';
import { conditionalCoverage, independence } from '../../src/risk/var-backtest/christoffersen.ts';
import { exceptionsOf, hitsOf, transitionsOf } from '../../src/risk/var-backtest/hits.ts';
import { kupiec } from '../../src/risk/var-backtest/kupiec.ts';
import { trafficLight } from '../../src/risk/var-backtest/traffic-light.ts';
import { relativeError } from '../support/relative-error.ts';

const folder = process.env['RISK_GOLDENS'];

function load(from: string) {
  const [head = '', ...lines] = readFileSync(join(from, 'btc_var_backtest.csv'), 'utf8').trim().split('\n');
  const names = head.split(',');
  const column = (name: string) =>
    Float64Array.from(lines, (line) => Number(line.split(',')[names.indexOf(name)]));
  const { btc_rolling250 } = JSON.parse(readFileSync(join(from, 'var_backtests.json'), 'utf8'));
  return { column, results: btc_rolling250.results };
}

const series = ['hs', 'n', 'ew'].flatMap((model) => ['99', '975', '95'].map((level) => [model, level]));

describe.skipIf(folder === undefined)('backtests of BTC (RISK_GOLDENS names their folder)', () => {
  it.each(series)('of %s at %s equal their goldens', (model = '', level = '') => {
    const { column, results } = load(folder ?? '');
    const golden = results[`${model}_${level}`];
    const returns = column('r');
    const vars = column(`${model}_var${level}`);
    const hits = hitsOf(returns, vars);
    const { p } = golden;
    const exceptions = exceptionsOf(hits);
    expect([hits.length, exceptions, hits.indexOf(1)]).toEqual([
      golden.N,
      golden.x,
      golden.first_exception_index_0based,
    ]);
    const { n00, n01, n10, n11 } = golden;
    expect(transitionsOf(hits)).toEqual({ n00, n01, n10, n11 });

    const close = (value: number, exact: number) => {
      expect(relativeError(value, exact)).toBeLessThanOrEqual(1e-10);
    };
    const coverage = kupiec(exceptions, hits.length, p);
    close(coverage.ratio, golden.LR_uc);
    close(coverage.pValue, golden.p_uc);
    const alone = independence(transitionsOf(hits));
    close(alone.ratio, golden.LR_ind);
    close(alone.pValue, golden.p_ind);
    const joint = conditionalCoverage(hits, p);
    close(joint.ratio, golden.LR_cc);
    close(joint.pValue, golden.p_cc);

    const light = trafficLight(exceptions, hits.length, p);
    expect(light.zone).toBe(golden.traffic.zone);
    close(light.probability, golden.traffic.cum_prob_le_x);
    close(light.typeOneError, golden.traffic.typeI_prob_ge_x);
    const last = trafficLight(exceptionsOf(hits.slice(-250)), 250, p);
    expect(last.zone).toBe(golden.last250.zone);
    close(last.probability, golden.last250.cum_prob_le_x);

    const { z1, z2 } = acerbiSzekely(returns, vars, column(`${model}_es${level}`), p);
    close(z1 ?? Number.NaN, golden.Z1);
    close(z2, golden.Z2);
  });
});
