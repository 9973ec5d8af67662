/** Value at risk of recorded prices through the whole study: bitcoin since 2017, and a book of three coins. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { goldenColumn, logReturns } from '../support/golden-csv.ts';
import { barsOfReturns, rowOf, varOf } from '../support/var-study.ts';

const folder = process.env['RISK_GOLDENS'];
const log = ['studies.var.returns=log', 'studies.var.confidences=[0.95,0.975,0.99]'];

function load() {
  const golden = JSON.parse(readFileSync(join(folder ?? '', 'var_es.json'), 'utf8'));
  const btc = logReturns(goldenColumn(folder ?? '', 'btc_daily_close_2017_2025.csv', 'close'));
  return { golden, btc };
}

describe.skipIf(folder === undefined)('value at risk of bitcoin (RISK_GOLDENS)', () => {
  it.each([0.05, 0.025, 0.01])('historical, normal and Student t at a tail of %d', (tail) => {
    const { golden, btc } = load();
    const own = golden.btc_log_2017_2025;
    const { result } = varOf([barsOfReturns('BTCUSDT', btc)], {
      set: [...log, `studies.var.window=${btc.length}`],
    });
    const row = (method: string) => rowOf(result, method, 1 - tail);
    expect(row('historical').varFraction).toBeCloseTo(own.historical[tail].linear.VaR, 11);
    expect(row('normal').varFraction).toBeCloseTo(own.gaussian[tail].sample_sd.VaR, 11);
    expect(row('normal').esFraction).toBeCloseTo(own.gaussian[tail].sample_sd.ES, 11);
    expect(row('student-t').varFraction).toBeCloseTo(own.student_t_mle[tail].VaR, 5);
    expect(row('historical').esFraction).toBeCloseTo(own.historical[tail].ES_acerbi_tasche, 11);
    expect(row('cornish-fisher')).toMatchObject({ var: null, valid: false });
    expect(row('cornish-fisher').reason).toContain('outside the domain');
  });

  it('ten days that overlap, and one day times the root of ten', () => {
    const { golden, btc } = load();
    const { result } = varOf([barsOfReturns('BTCUSDT', btc)], {
      set: [...log, 'studies.var.horizon=10d', `studies.var.window=${btc.length - 9}`],
    });
    for (const tail of [0.05, 0.025, 0.01])
      expect(rowOf(result, 'historical', 1 - tail).varFraction).toBeCloseTo(
        golden.scaling.overlapping_10d_hist[tail],
        10,
      );
  });

  it('a book of three coins, its components as PerformanceAnalytics gives them', () => {
    const { golden } = load();
    const names = ['BTC', 'ETH', 'SOL'];
    const bars = names.map((name) =>
      barsOfReturns(`${name}USDT`, goldenColumn(folder ?? '', 'portfolio_returns_3assets.csv', name)),
    );
    const book = `account: { balance: 100, venue: test, marginMode: cross }
positions:
  - { symbol: SOLUSDT, qty: 0.2, entry: 100, leverage: 1 }
  - { symbol: BTCUSDT, qty: 0.5, entry: 100, leverage: 1 }
  - { symbol: ETHUSDT, qty: 0.3, entry: 100, leverage: 1 }
`;
    const { result } = varOf(bars, { book, set: [...log, `studies.var.window=${golden.portfolio.n}`] });
    for (const tail of [0.05, 0.025, 0.01]) {
      const row = golden.portfolio.result[tail];
      expect(rowOf(result, 'normal', 1 - tail).varFraction).toBeCloseTo(row.VaR, 10);
      expect(rowOf(result, 'normal', 1 - tail).esFraction).toBeCloseTo(row.ES, 10);
      expect(rowOf(result, 'historical', 1 - tail).varFraction).toBeCloseTo(row.hist_VaR_linear, 10);
      const own = result.components.filter((one) => one.method === 'normal' && one.confidence === 1 - tail);
      own.forEach(({ componentVar, incrementalVar, marginalVar }, i) => {
        expect(Number(componentVar) / 100).toBeCloseTo(row.component[i], 9);
        expect(Number(incrementalVar) / 100).toBeCloseTo(row.incremental_remove_no_rescale[i], 9);
        expect(marginalVar).toBeCloseTo(row.marginal[i], 9);
      });
      expect(own).toHaveLength(3);
    }
  });
});
