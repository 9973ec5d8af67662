import { describe, expect, it } from 'vitest';
import { backtestBlocks, verdictText } from '../../src/pages/var-backtest.ts';
import { htmlText } from '../../src/report/html.ts';
import { tableText } from '../../src/report/table.ts';
import type { BacktestRow, RankingRow } from '../../src/studies/var/backtest-result.ts';

const test = { lr: 1, pValue: 0.4 };
const row: BacktestRow = {
  method: 'historical',
  confidence: 0.99,
  n: 1000,
  refused: 0,
  doubtful: 0,
  exceptions: 12,
  expected: 10,
  kupiec: test,
  christoffersen: test,
  conditional: test,
  duration: { lr: 1, shape: 0.9, pValue: 0.3 },
  tuff: { ...test, day: 40 },
  trafficLight: { zone: 'green', probability: 0.8, typeOneError: 0.3 },
  acerbiSzekely: { n: 1000, z1: -0.1, z1PValue: 0.2, z2: -0.3, pValue: 0.1 },
  power: 0.78,
  verdict: 'pass',
  score: -2,
  reason: null,
  exceptionDays: [[86_400_000, -0.08, 0.05]],
  series: [
    [0, 0.01, 0.05, 0.06],
    [86_400_000, -0.08, 0.05, null],
  ],
};
const silent: BacktestRow = {
  ...row,
  method: 'cornish-fisher',
  n: 0,
  refused: 1000,
  exceptions: 0,
  expected: 0,
  kupiec: null,
  christoffersen: null,
  conditional: null,
  duration: null,
  tuff: null,
  trafficLight: null,
  acerbiSzekely: null,
  power: null,
  verdict: 'inconclusive',
  score: null,
  reason: 'no forecast on 1000 of 1000 days, which the tests leap over (the last: outside)',
  exceptionDays: [],
  series: [],
};
const rank: RankingRow = {
  confidence: 0.99,
  method: 'historical',
  rank: 1,
  n: 1000,
  score: -2,
  difference: 0,
  statistic: null,
  pValue: null,
  reason: null,
};
const ranking: RankingRow[] = [
  rank,
  { ...rank, method: 'normal', rank: 2, score: -1.9, difference: 0.1, statistic: 2.5, pValue: 0.012 },
  { ...rank, method: 'garch', rank: 3, score: -1.8, difference: 0.2, statistic: 1, pValue: 0.32 },
  {
    ...rank,
    method: 'evt',
    rank: null,
    n: 0,
    score: null,
    difference: null,
    reason: 'no VaR on 60 of 1000 days',
  },
];
const page = (charts: boolean) => ({
  title: 'Value at risk',
  subtitle: '',
  blocks: backtestBlocks({ backtests: [row, { ...silent, confidence: 0.95 }, silent], ranking }, charts),
});
const low = (pValue: number) => ({ lr: 9, pValue });

describe('the backtest on paper', () => {
  it('says in words what decided', () => {
    const said = (changes: Partial<BacktestRow>) => verdictText({ ...row, ...changes });
    expect(said({})).toBe('pass');
    const small = { n: 1000, z1: -1, z1PValue: 0.001, z2: -2, pValue: 0.049 };
    expect(said({ acerbiSzekely: small })).toBe('pass, but ES too small');
    expect(said({ acerbiSzekely: { ...small, pValue: 0.05 } })).toBe('pass');
    expect(said({ acerbiSzekely: null })).toBe('pass');
    expect(said({ verdict: 'fail', kupiec: low(0.049) })).toBe('fail: too many');
    expect(said({ verdict: 'fail', kupiec: low(0.049), exceptions: 2 })).toBe('fail: too few');
    expect(said({ verdict: 'fail', christoffersen: low(0.049) })).toBe('fail: one tells the next');
    expect(said({ verdict: 'fail', conditional: low(0.049) })).toBe('fail: number and order together');
    expect(said({ verdict: 'inconclusive' })).toBe('inconclusive: too few days');
    expect(said({ verdict: 'inconclusive', refused: 60 })).toBe('inconclusive: silent too often');
    expect(said({ verdict: 'inconclusive', refused: 10 })).toBe('inconclusive: too few days');
    expect(said({ verdict: 'inconclusive', doubtful: 1000 })).toBe('inconclusive: not valid');
    expect(verdictText(silent)).toBe('inconclusive: no forecast');
  });

  it.each([80, 120])('fits %i columns', (width) => {
    const lines = tableText(page(false), { width, colour: false }).split('\n');
    for (const line of lines) expect(line.length, line).toBeLessThanOrEqual(width);
    const text = lines.join('\n');
    expect(text).toMatch(/historical +99 % .*12 .*40\.00 % +40\.00 % .* pass/);
    expect(text).toMatch(/cornish-fisher +95 %/);
    expect(text).toContain('Which forecast VaR and ES best at 99 %, over 1,000 days');
    expect(text).toMatch(/1 +historical +-2\.00 +– +– +lowest mean score/);
    expect(text).toMatch(/2 +normal +-1\.90 +0\.10 +1\.20 % +worse by more than chance/);
    expect(text).toMatch(/3 +garch .* may be as good/);
    expect(text).toMatch(/– +evt .* no VaR on 60 of 1000 days/);
  });

  it('says at most where no simulation went so far, and keeps what can decide at 80 columns', () => {
    const tiny = 3e-18;
    const far: BacktestRow = {
      ...row,
      kupiec: low(tiny),
      conditional: low(tiny),
      acerbiSzekely: { n: 1000, z1: -1, z1PValue: 0.001, z2: -2, pValue: 1 / 1001 },
      duration: { lr: 9, shape: 0.5, pValue: 1 / 1001 },
      verdict: 'fail',
    };
    const ranked = ranking.map((one) => (one.rank === 2 ? { ...one, pValue: tiny } : one));
    const text = (width: number) => {
      const blocks = backtestBlocks({ backtests: [far], ranking: ranked }, false);
      return tableText({ title: '', subtitle: '', blocks }, { width, colour: false });
    };
    expect(text(160)).toMatch(/< 0\.01 % +< 0\.01 % +at most 0\.10 % +at most 0\.10 %/);
    for (const part of [/p +joint|joint/, /normal +-1\.90 .*< 0\.01 %/]) expect(text(80)).toMatch(part);
    expect(text(80)).not.toMatch(/left out for width[^\n]*(p joint|: p$)/);
    expect(text(80)).toMatch(/historical +99 % +12 .*< 0\.01 % +< 0\.01 %/);
  });

  it('tells what several lack in one line', () => {
    const reason = 'no exception: what comes between exceptions cannot be tested';
    const backtests: BacktestRow[] = (['historical', 'normal'] as const).flatMap((method) => [
      { ...row, method, reason },
      { ...row, method, confidence: 0.975, reason },
    ]);
    const blocks = backtestBlocks(
      { backtests: [...backtests, { ...row, method: 'evt', reason }], ranking },
      false,
    );
    expect(blocks.flatMap((block) => (block.kind === 'text' ? [block.text] : [])).slice(1)).toEqual([
      `historical, normal at 99 % and 97.5 %: ${reason}.`,
      `evt at 99 %: ${reason}.`,
    ]);
  });

  it('tells what two confidences of a method lack in one line', () => {
    const texts = page(false).blocks.flatMap((block) => (block.kind === 'text' ? [block.text] : []));
    expect(texts.slice(1)).toEqual([
      'cornish-fisher at 95 % and 99 %: no forecast on 1000 of 1000 days, which the tests leap over (the last: outside).',
    ]);
  });

  it('draws VaR, ES and exceptions of each method that has forecasts, where there are charts', () => {
    const charts = page(true).blocks.flatMap((block) => (block.kind === 'lines' ? [block] : []));
    expect(charts.map(({ title }) => title)).toEqual([
      'historical: VaR and ES at 99 % against the returns that came',
    ]);
    expect(charts[0]?.series.map(({ name, points }) => [name, points])).toEqual([
      ['beyond VaR', [86_400_000, -0.08]],
      ['within VaR', [0, 0.01]],
      ['VaR', [0, -0.05, 86_400_000, -0.05]],
      ['ES', [0, -0.06]],
    ]);
    expect(page(false).blocks.some(({ kind }) => kind === 'lines')).toBe(false);
    expect(htmlText(page(true))).toContain('<svg');
  });

  it('is nothing where no backtest was asked for', () => {
    expect(backtestBlocks({ backtests: [], ranking: [] }, true)).toEqual([]);
  });
});
