/**
 * Goldens: btc_var_backtest.csv and var_backtests.json, forecasts and tests of BTC over 2606 days from its daily closes, window 250.
 *
 * Conventions match but for EWMA: the golden's variance begins with the square of the first return of the history and goes on
 * through all of it; ours begins anew in each window with its variance, of which 0.94^250 = 2e-7 is left.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { backtestVar } from '../../src/studies/var/backtest.ts';
import { rollingForecasts } from '../../src/studies/var/rolling-forecasts.ts';
import { relativeError } from '../support/relative-error.ts';

const folder = process.env['RISK_GOLDENS'];

function rowsOf(from: string, name: string): string[][] {
  return readFileSync(join(from, name), 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.split(','));
}

function load(from: string) {
  const closes = rowsOf(from, 'btc_daily_close_2017_2025.csv').slice(1);
  const prices = closes.map(([, close]) => Number(close));
  const returns = Float64Array.from(prices.slice(1), (close, i) => Math.log(close / (prices[i] ?? 0)));
  const time = Float64Array.from(closes.slice(1), ([date]) => new Date(`${date}T00:00:00Z`).getTime());
  const [head = [], ...lines] = rowsOf(from, 'btc_var_backtest.csv');
  const column = (name: string) => Float64Array.from(lines, (cells) => Number(cells[head.indexOf(name)]));
  const { btc_rolling250 } = JSON.parse(readFileSync(join(from, 'var_backtests.json'), 'utf8'));
  const input = {
    returns,
    time,
    methods: ['historical', 'normal', 'ewma'] as const,
    confidences: [0.99, 0.975, 0.95],
    window: 250,
    quantile: 'linear' as const,
    lambda: 0.94,
    innovations: 'normal' as const,
    seed: 1,
    progress: () => undefined,
  };
  return { input, dates: lines.map(([date]) => date), column, results: btc_rolling250.results };
}

const names = { historical: 'hs', normal: 'n', ewma: 'ew' };
const levels = { 0.99: '99', 0.975: '975', 0.95: '95' };

describe.skipIf(folder === undefined)('the backtest of BTC (RISK_GOLDENS names its folder)', () => {
  it('makes the forecasts of the golden, day by day', () => {
    const { input, column } = load(folder ?? '');
    expect(relativeError(input.returns[250] ?? 0, column('r')[0] ?? 1)).toBeLessThan(1e-12);
    for (const { method, confidence, vars, shortfalls } of rollingForecasts(
      input.returns,
      input,
      () => undefined,
    )) {
      const end = `${names[method as keyof typeof names]}_%${levels[confidence as keyof typeof levels]}`;
      const tolerance = method === 'ewma' ? 1e-5 : 1e-10;
      for (const [figures, kind] of [
        [vars, 'var'],
        [shortfalls, 'es'],
      ] as const) {
        const golden = column(end.replace('%', kind));
        expect(golden.length).toBe(2606);
        let worst = 0;
        for (let day = 0; day < golden.length; day += 1)
          worst = Math.max(worst, relativeError(figures[day]!, golden[day]!));
        expect(worst, `${method} ${confidence} ${kind}`).toBeLessThanOrEqual(tolerance);
      }
    }
  });

  it('tells its exceptions, and comes to the same tests', () => {
    const { input, dates, column, results } = load(folder ?? '');
    const returns = column('r');
    const { backtests } = backtestVar(input);
    expect(backtests.length).toBe(9);
    for (const row of backtests) {
      const { method, confidence } = row;
      const [name, level] = [names[method as keyof typeof names], levels[confidence as keyof typeof levels]];
      const golden = results[`${name}_${level}`];
      const vars = column(`${name}_var${level}`);
      const days = dates.filter((_, day) => returns[day]! < -vars[day]!);
      expect(row.exceptionDays.map(([time]) => new Date(time).toISOString().slice(0, 10))).toEqual(days);
      expect([row.n, row.refused, row.exceptions]).toEqual([golden.N, 0, golden.x]);
      expect(row.tuff?.day).toBe(golden.first_exception_index_0based + 1);
      const close = (value: number | undefined, exact: number, tolerance = 1e-10) => {
        expect(relativeError(value ?? Number.NaN, exact)).toBeLessThanOrEqual(tolerance);
      };
      close(row.kupiec?.lr, golden.LR_uc);
      close(row.kupiec?.pValue, golden.p_uc);
      close(row.christoffersen?.lr, golden.LR_ind);
      close(row.conditional?.pValue, golden.p_cc);
      close(row.trafficLight?.probability, golden.traffic.cum_prob_le_x);
      expect(row.trafficLight?.zone).toBe(golden.traffic.zone);
      // An ES of EWMA differs by its seed.
      const tolerance = method === 'ewma' ? 1e-4 : 1e-9;
      close(row.acerbiSzekely?.z1 ?? Number.NaN, golden.Z1, tolerance);
      close(row.acerbiSzekely?.z2, golden.Z2, tolerance);
      const rejects = golden.p_uc < 0.05 || golden.p_cc < 0.05;
      expect(row.verdict).toBe(rejects ? 'fail' : 'pass');
    }
  });
});
