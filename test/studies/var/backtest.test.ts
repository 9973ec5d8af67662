import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { DataError } from '../../../src/model/errors.ts';
import { type BacktestInput, backtestVar } from '../../../src/studies/var/backtest.ts';
import { backtestRow, rankingRow } from '../../../src/studies/var/backtest-result.ts';
import { varMethods } from '../../../src/studies/var/methods.ts';
import golden from '../../golden/synthetic-returns.json' with { type: 'json' };
import { unchanged } from '../../support/unchanged.ts';

const DAY = 86_400_000;
const returns = Float64Array.from(golden.returns);

function inputOf(sample: Float64Array, changes: Partial<BacktestInput> = {}): BacktestInput {
  return {
    returns: sample,
    time: Float64Array.from(sample, (_, i) => i * DAY),
    methods: varMethods,
    confidences: [0.95, 0.99],
    window: 250,
    quantile: 'linear',
    lambda: 0.94,
    innovations: 'student-t',
    seed: 1,
    progress: () => undefined,
    ...changes,
  };
}

const report = z.strictObject({ backtests: z.array(backtestRow), ranking: z.array(rankingRow) });

describe('backtestVar', () => {
  const input = inputOf(returns.subarray(0, 420));
  const whole = backtestVar(input);

  it('reports every method at every confidence, as its schema says', () => {
    expect(report.parse(JSON.parse(JSON.stringify(whole)))).toEqual(whole);
    expect(whole.backtests.map(({ method, confidence }) => [method, confidence])).toEqual(
      varMethods.flatMap((method) => [
        [method, 0.95],
        [method, 0.99],
      ]),
    );
    for (const { n, refused } of whole.backtests) expect(n + refused).toBe(170);
    expect(whole.ranking.map(({ method, confidence }) => `${confidence} ${method}`).sort()).toEqual(
      whole.backtests.map(({ method, confidence }) => `${confidence} ${method}`).sort(),
    );
  });

  it('is the same for the same seed, and leaves its input alone', () => {
    expect(unchanged([input.returns, input.time], () => backtestVar(input))).toEqual(whole);
  });

  it('uses the seed for simulated p-values alone', () => {
    const other = backtestVar({ ...input, seed: 2 });
    const without = ({ duration, acerbiSzekely, ...row }: (typeof whole.backtests)[number]) => ({
      ...row,
      duration: duration && { ...duration, pValue: 0 },
      acerbiSzekely: acerbiSzekely && { ...acerbiSzekely, pValue: 0, z1PValue: 0 },
    });
    expect(other.backtests.map(without)).toEqual(whole.backtests.map(without));
    expect(other.backtests).not.toEqual(whole.backtests);
    expect(other.ranking).toEqual(whole.ranking);
  });

  it('tells progress at most 200 times, and to the end', () => {
    const seen: number[][] = [];
    backtestVar({ ...input, methods: ['historical'], progress: (done, total) => seen.push([done, total]) });
    expect(seen.length).toBeLessThanOrEqual(200);
    expect(seen.at(-1)).toEqual([200, 200]);
    expect(seen.every(([done = 0], i) => i === 0 || done > (seen[i - 1]?.[0] ?? 0))).toBe(true);
  });

  it('ranks alike in whatever order methods are named', () => {
    const methods = [...varMethods].reverse();
    expect(backtestVar({ ...input, methods }).ranking).toEqual(whole.ranking);
  });

  it('fails no test by the unit of a book: twice the returns', () => {
    const twice = backtestVar(
      inputOf(
        returns.slice(0, 420).map((one) => 2 * one),
        { methods: ['historical', 'normal'] },
      ),
    );
    const plain = backtestVar({ ...input, methods: ['historical', 'normal'] });
    twice.backtests.forEach((row, i) => {
      const { exceptions, kupiec, verdict, acerbiSzekely, score } = plain.backtests[i]!;
      expect(row).toMatchObject({ exceptions, kupiec, verdict });
      expect(row.acerbiSzekely?.z2).toBeCloseTo(acerbiSzekely?.z2 ?? Number.NaN, 10);
      // FZ0 moves by the logarithm of the unit.
      expect(row.score).toBeCloseTo((score ?? 0) + Math.log(2), 10);
    });
  });
});

describe('a backtest by hand', () => {
  // Window 5, tail 0.25: the quantile lies at 4 x 0.25 = 1, the second worst of five.
  const sample = Float64Array.of(-0.05, 0.01, -0.02, 0.03, 0.02, -0.03, -0.02, -0.021, 0.1, -0.5);
  const { backtests } = backtestVar(
    inputOf(sample, { window: 5, confidences: [0.75], methods: ['historical'] }),
  );

  it('forecasts the second worst of the five before, and counts losses beyond it', () => {
    // Windows hold -5 1 -2 3 2 | 1 -2 3 2 -3 | -2 3 2 -3 -2 | 3 2 -3 -2 -2.1 | 2 -3 -2 -2.1 10 %.
    // VaR        2 %           2 %           2 %            2.1 %           2.1 %
    // Day       -3 % beyond   -2 % equals   -2.1 % beyond   10 %           -50 % beyond
    expect(backtests[0]?.series.map(([, r, v]) => [r, v])).toEqual([
      [-0.03, 0.02],
      [-0.02, 0.02],
      [-0.021, 0.02],
      [0.1, 0.021],
      [-0.5, 0.021],
    ]);
    expect(backtests[0]).toMatchObject({ n: 5, exceptions: 3, expected: 1.25, refused: 0 });
    expect(backtests[0]?.exceptionDays).toEqual([
      [5 * DAY, -0.03, 0.02],
      [7 * DAY, -0.021, 0.02],
      [9 * DAY, -0.5, 0.021],
    ]);
  });

  it('tests what it counted', () => {
    // ES of tail 0.25: (worst + a quarter of the next) / 1.25 = 4.4, 2.8, 2.8, 2.82, 2.82 %.
    // Z1 = 1 - (3 / 4.4 + 2.1 / 2.8 + 50 / 2.82) / 3, Z2 = 1 - the same sum / 1.25.
    const severity = 3 / 4.4 + 2.1 / 2.8 + 50 / 2.82;
    const [row] = backtests;
    expect(row?.acerbiSzekely?.z1).toBeCloseTo(1 - severity / 3, 12);
    expect(row?.acerbiSzekely?.z2).toBeCloseTo(1 - severity / 1.25, 12);
    // -2 log [0.75^2 0.25^3 / (0.4^2 0.6^3)]
    const lr = -2 * (2 * Math.log(0.75) + 3 * Math.log(0.25) - 2 * Math.log(0.4) - 3 * Math.log(0.6));
    expect(row?.kupiec?.lr).toBeCloseTo(lr, 12);
    // The pairs are 10, 01, 10, 01: each day tells the next, -2 log of 0.5^4.
    expect(row?.christoffersen?.lr).toBeCloseTo(8 * Math.LN2, 12);
    expect(row?.conditional?.lr).toBeCloseTo(lr + 8 * Math.LN2, 12);
    expect(row?.tuff).toMatchObject({ day: 1, lr: expect.closeTo(-2 * Math.log(0.25), 12) });
    // P(X >= 3) = 10 x 0.25^3 x 0.75^2 + 5 x 0.25^4 x 0.75 + 0.25^5
    expect(row?.trafficLight?.typeOneError).toBeCloseTo(0.103515625, 12);
  });
});

describe('returns that never change', () => {
  it('come to no exception, no ES to test and no score, said in words', () => {
    const { backtests, ranking } = backtestVar(inputOf(new Float64Array(300), { confidences: [0.99] }));
    for (const row of backtests) {
      expect(row).toMatchObject({
        n: 50,
        exceptions: 0,
        acerbiSzekely: null,
        score: null,
        duration: null,
        tuff: null,
      });
      expect(row.verdict).toBe('inconclusive');
      expect(row.reason).toContain('no exception');
    }
    expect(backtests[0]?.reason).toContain('no ES above 0 on 50 of 50 days');
    for (const row of ranking) {
      expect(row.rank).toBe(null);
      expect(row.reason).toContain('no VaR with an ES above 0 on 50 of 50 days');
    }
  });
});

describe('a backtest refuses', () => {
  const short = returns.subarray(0, 251);

  it('a series that is too short, saying what it needs and what was', () => {
    expect(() => backtestVar(inputOf(short))).toThrow(DataError);
    expect(() => backtestVar(inputOf(short))).toThrow('at least 252 returns');
    expect(() => backtestVar(inputOf(short))).toThrow('was 251');
    const two = backtestVar(inputOf(returns.subarray(0, 252), { methods: ['normal'] }));
    expect(two.backtests[0]).toMatchObject({ n: 2, verdict: 'inconclusive' });
  });

  it.each([
    ['a window of 4', { window: 4 }, 'at least 5, was 4'],
    ['a window of 5.5', { window: 5.5 }, 'at least 5, was 5.5'],
    ['a confidence of 0.5', { confidences: [0.5] }, 'strictly between 0.5 and 1, was 0.5'],
    ['a confidence of 1', { confidences: [0.99, 1] }, 'strictly between 0.5 and 1, was 1'],
    ['times of another length', { time: Float64Array.of(0) }, 'times must be as many as returns'],
    ['no method', { methods: [] }, 'at least one method'],
    ['a method twice', { methods: ['normal', 'normal'] as const }, 'once'],
  ])('%s', (_, changes, message) => {
    expect(() => backtestVar(inputOf(returns.subarray(0, 300), changes))).toThrow(message);
  });

  it('a return that is no number', () => {
    const broken = returns.slice(0, 300);
    broken[7] = Number.NaN;
    expect(() => backtestVar(inputOf(broken))).toThrow('was NaN in row 7');
  });
});
