/** Goldens: kelly.json, through the study; the rest by hand. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MS_PER_DAY } from '../../src/model/time.ts';
import kelly from '../golden/kelly.json' with { type: 'json' };
import small from '../golden/small-returns.json' with { type: 'json' };
import synthetic from '../golden/synthetic-returns.json' with { type: 'json' };
import { codeOf } from '../support/codes.ts';
import { boundIn, daysOf, journalOf, sizeOf, sizeOutcome } from '../support/size-study.ts';

/** Nothing but Kelly in full. */
const bare = [
  'share=1',
  'leverage=200',
  'fallProbability=null',
  'volatilityTarget=1000',
  'guards.trade-limits.maxRisk=null',
  'guards.trade-limits.maxPositionMargin=null',
];
const bet = (winRate: number, win: number, loss: number) => [
  `winRate=${winRate}`,
  `win=${win}`,
  `loss=${loss}`,
];

describe('Kelly of a stated bet', () => {
  test.each(kelly.binary)('p $p, win $b, loss $loss: f $f of equity as notional', ({ p, b, loss, f }) => {
    const stated = boundIn(sizeOf({ sets: [...bare, ...bet(p, b, loss)] }), 'kelly-stated');
    expect(Number(stated.notional) / 100_000).toBeCloseTo(f, 12);
    expect(stated.reason).toBe(f === 0 ? 'no-edge' : null);
  });

  test.each(kelly.binary.filter(({ loss, f }) => loss === 1 && f > 0))(
    'p $p, win $b: growth at the size, and at half of it',
    ({ p, b, f, growth_full, growth_half }) => {
      const full = sizeOf({ sets: [...bare, ...bet(p, b, 1)] });
      expect(full.size).toBeCloseTo(f, 14);
      expect(full.growth.perTrade).toBeCloseTo(growth_full, 14);
      const half = sizeOf({ sets: [...bare, 'share=0.5', ...bet(p, b, 1)] });
      expect(half.growth).toMatchObject({ perTrade: expect.closeTo(growth_half, 14), reason: 'stated' });
    },
  );

  test.each(kelly.win_loss_form)('W $W, R $R: f $f at risk', ({ W, R, f }) => {
    const { fraction, of } = boundIn(sizeOf({ sets: [...bare, ...bet(W, R * 0.02, 0.02)] }), 'kelly-stated');
    expect([fraction, of]).toEqual([expect.closeTo(Math.max(0, f), 12), 'risk']);
  });

  test.each(kelly.risk_constrained.rows)(
    'p $p, b $b, alpha $alpha, beta $beta: under a bound on the fall $f_rck',
    ({ p, b, alpha, beta, f_rck }) => {
      const sets = [...bare, `fallLevel=${alpha}`, `fallProbability=${beta}`, ...bet(p, b, 1)];
      const result = sizeOf({ sets });
      expect(boundIn(result, 'kelly-risk-constrained').fraction).toBeCloseTo(f_rck, 7);
      expect(result.binding).toBe('kelly-risk-constrained');
    },
  );

  test('stands beside what S2 makes of it: the smaller sizes (RULES 4.6)', () => {
    // f = 0.55 - 0.45 / 1.5 = 0.25; a quarter of it at risk, over the loss, and as the position itself.
    const result = sizeOf({ sets: bet(0.55, 0.03, 0.02) });
    expect(boundIn(result, 'kelly-stated')).toMatchObject({
      fraction: expect.closeTo(0.0625, 15),
      of: 'risk',
    });
    expect(Number(boundIn(result, 'kelly-stated').notional)).toBeCloseTo(312_500, 6);
    expect(Number(boundIn(result, 'kelly-stated-literal').notional)).toBeCloseTo(6250, 6);
    expect(result.binding).toBe('kelly-stated-literal');
  });

  test('takes the distance to a stop for the loss, and the quantity down to the lot', () => {
    const sets = [...bet(0.55, 0.03, 0.02).slice(0, 2), 'entry="62000"', 'stop="60760"', 'leverage=5'];
    const result = sizeOf({ sets });
    expect(result).toMatchObject({
      binding: 'kelly-stated-literal',
      // 6,250 / 62,000 = 0.1008.
      qty: '0.1',
      position: { direction: 'long', stopDistance: expect.closeTo(0.02, 15), stopFrom: 'stated' },
    });
    expect(Number(result.notional)).toBeCloseTo(6250, 6);
    expect(Number(result.margin)).toBeCloseTo(1250, 6);
    expect(Number(result.position.lossAtStop)).toBeCloseTo(125, 6);
    // 2 % of 100,000 over a stop of 2 %; 10 % of margin at 5x.
    expect(Number(boundIn(result, 'risk-per-trade').notional)).toBeCloseTo(100_000, 6);
    expect(Number(boundIn(result, 'position-margin').notional)).toBe(50_000);
  });
});

test('the least bound binds, doubles with the equity, and is finite, for any bet', () => {
  const rate = fc.double({ min: 0, max: 0.999, noNaN: true });
  const part = fc.double({ min: 1e-6, max: 3, noNaN: true });
  fc.assert(
    fc.property(rate, part, part, (winRate, win, loss) => {
      const stated = bet(winRate, win, loss);
      const one = sizeOf({ sets: stated });
      const two = sizeOf({ sets: [...stated, 'equity="200000"'] });
      const allowed = one.bounds.flatMap(({ notional }) => (notional === null ? [] : [Number(notional)]));
      expect(Number(one.notional)).toBe(Math.min(...allowed));
      expect(boundIn(one, one.binding).notional).toBe(one.notional);
      expect(two.size).toBeCloseTo(one.size, 12);
      expect(two.binding).toBe(one.binding);
      const edge = winRate * win > (1 - winRate) * loss;
      expect(edge || one.notional === '0').toBe(true);
    }),
    { numRuns: 40 },
  );
});

describe('Kelly of trades', () => {
  test('is f = W - (1 - W) / R at risk, over the average loss', () => {
    // 24 of +4 % and 16 of -2 %: W 0.6, R 2, f 0.4; a quarter 0.1 at risk, 0.1 / 0.02 = 5x.
    const returns = Array.from({ length: 40 }, (_, i) => (i % 5 < 3 ? 0.04 : -0.02));
    const result = sizeOf({ journal: journalOf(returns) });
    expect(boundIn(result, 'kelly-trades')).toMatchObject({
      fraction: expect.closeTo(0.1, 12),
      reason: null,
    });
    expect(Number(boundIn(result, 'kelly-trades').notional)).toBeCloseTo(500_000, 4);
    expect(boundIn(result, 'kelly-trades-literal').fraction).toBeCloseTo(0.1, 12);
    // Two outcomes alone: the mean logarithm is largest at 0.6 / 0.02 - 0.4 / 0.04 = 20.
    expect(boundIn(result, 'kelly-trades-log').fraction).toBeCloseTo(20 / 4, 9);
    expect(result.trades).toMatchObject({
      count: 40,
      of: 40,
      days: 40,
      winners: 24,
      losers: 16,
      mostAtOnce: 1,
    });
  });

  test('by the largest mean logarithm is the golden of the sample', () => {
    const result = sizeOf({ journal: journalOf(synthetic.returns), sets: ['share=1', 'replicates=100'] });
    const { f_log } = kelly.empirical.syntheticReturns;
    expect(boundIn(result, 'kelly-trades-log').fraction).toBeCloseTo(f_log, 9);
    expect(result.growth.fastest).toBeCloseTo(f_log, 9);
  });

  test('without an edge is 0 and says so', () => {
    const result = sizeOf({ journal: journalOf(small.returns, 1) });
    expect(boundIn(result, 'kelly-trades')).toMatchObject({ fraction: 0, notional: '0', reason: 'no-edge' });
    expect(result).toMatchObject({ binding: 'kelly-trades', notional: '0', qty: null, size: 0 });
    expect(result.growth).toMatchObject({ perTrade: 0, shrinks: null, reason: 'no-size', curve: [] });
    expect(result.ruin).toMatchObject({ probability: 0, ever: null });
  });

  test('under 30 trades rests on the lower bound of the win rate, and says so', () => {
    const returns = Array.from({ length: 20 }, (_, i) => (i % 5 < 4 ? 0.04 : -0.02));
    const { result, warnings } = sizeOutcome({ journal: journalOf(returns) });
    // Wilson at 16 of 20: 0.58398.
    expect(result.trades?.winRate).toBeCloseTo(0.583983, 6);
    expect(boundIn(result, 'kelly-trades')).toMatchObject({
      fraction: expect.closeTo((0.583983 - 0.416017 / 2) / 4, 6),
      reason: 'few-trades',
    });
    expect(boundIn(result, 'kelly-trades-log').reason).toBe('few-trades');
    expect(warnings.join()).toContain('the lower bound of the observed 80.00 %');
    // Growth is of the rate that is sized by, and nothing is drawn at the observed one.
    const { growth, ruin, size } = result;
    const byHand = 0.583983 * Math.log1p(0.04 * size) + 0.416017 * Math.log1p(-0.02 * size);
    expect(growth).toMatchObject({ perTradeInterval: null, shrinks: null, reason: 'few-trades' });
    expect(growth.perTrade).toBeCloseTo(byHand, 7);
    expect(growth.fastest).toBeCloseTo(0.583983 / 0.02 - 0.416017 / 0.04, 4);
    expect(growth.curve.at(-1)).toMatchObject({ low: null, high: null });
    expect(ruin).toMatchObject({ probability: null, error: null, asSampled: null, reason: 'few-trades' });
  });

  test('without a loser sets no bound until a loss is stated: caps size', () => {
    const journal = journalOf(Array.from({ length: 40 }, () => 0.01));
    const result = sizeOf({ journal });
    for (const name of ['kelly-trades', 'kelly-trades-literal', 'kelly-trades-log'] as const)
      expect(boundIn(result, name)).toMatchObject({ fraction: null, notional: null, reason: 'no-loser' });
    expect(result).toMatchObject({ binding: 'risk-per-trade', growth: { fastest: null } });
    const stated = sizeOf({ journal, sets: ['loss=0.02'] });
    // Wilson at 40 of 40: 0.912378; R = 0.5.
    expect(boundIn(stated, 'kelly-trades')).toMatchObject({
      fraction: expect.closeTo((0.9123784 - 0.0876216 / 0.5) / 4, 6),
      reason: 'no-loser',
    });
    expect(boundIn(stated, 'kelly-trades-literal').fraction).toBeGreaterThan(0);
    const unlost = { shrinks: null, perTradeInterval: null, reason: 'no-loser' };
    expect(result.growth).toMatchObject({ ...unlost, perTrade: null });
    const at = 0.9123784 * Math.log1p(0.01 * stated.size) + 0.0876216 * Math.log1p(-0.02 * stated.size);
    expect(stated.growth).toMatchObject({ ...unlost, perTrade: expect.closeTo(at, 8) });
    expect(stated.ruin).toMatchObject({ probability: null, asSampled: null, reason: 'no-loser' });
  });

  test('that all ended where they began is no evidence', () => {
    const result = sizeOf({ journal: journalOf([0, 0, 0]) });
    expect(boundIn(result, 'kelly-trades')).toMatchObject({ fraction: 0, reason: 'no-trades' });
  });

  test('counts costs: those of the journal, else the configured ones, each on its own value', () => {
    const own = sizeOf({ journal: journalOf([0.1, -0.1], 1, { feeEntry: 0.001, feeExit: 0.002 }) });
    // 0.1 - 0.001 - 0.002 x 1.1.
    expect(own.trades?.averageWin).toBeCloseTo(0.0968, 12);
    expect(own.trades).toMatchObject({ feesAssumed: 0, meanCost: expect.closeTo(0.003, 12) });
    const journal = journalOf([0.1, -0.1]);
    const free = { ...journal, trades: journal.trades.map(({ feeEntry: _, feeExit: __, ...one }) => one) };
    const assumed = sizeOf({ journal: free, sets: ['feeBps=10'] });
    expect(assumed.trades?.averageLoss).toBeCloseTo(0.1019, 12);
    expect(assumed.trades?.feesAssumed).toBe(2);
  });

  test('says when costs alone take the edge', () => {
    const journal = journalOf(Array.from({ length: 40 }, (_, i) => (i % 2 === 0 ? 0.011 : -0.0105)));
    const free = { ...journal, trades: journal.trades.map(({ feeEntry: _, feeExit: __, ...one }) => one) };
    expect(sizeOutcome({ journal: free }).warnings.join()).toContain('costs decide: without fees of 0.10 %');
  });

  test('counts trades that were open at once, and flags those of one symbol', () => {
    const journal = journalOf([0.01, -0.01, 0.02, -0.01], 4);
    const long = {
      ...journal,
      trades: journal.trades.map((one) => ({ ...one, exitTime: one.exitTime + 90_000 })),
    };
    const { result, fidelity, warnings } = sizeOutcome({ journal: long, sets: ['share=1'] });
    expect(result.trades?.mostAtOnce).toBe(3);
    expect(fidelity).toEqual(['overlapping']);
    expect(warnings.join().includes('up to 3 trades were open at once')).toBe(result.size > 0);
  });

  test('of the other side are left out, and of none there is nothing to size by', async () => {
    const journal = journalOf([0.02, -0.01]);
    const [first, second] = journal.trades;
    const mixed = { ...journal, trades: [{ ...first!, direction: 'short' as const }, second!] };
    expect(sizeOf({ journal: mixed, sets: ['direction=short'] }).trades).toMatchObject({
      count: 1,
      of: 2,
      losers: 1,
    });
    expect(sizeOf({ journal: mixed }).position.direction).toBeNull();
    expect(sizeOf({ journal }).position.direction).toBe('long');
    expect(await codeOf(() => sizeOf({ journal, sets: ['direction=short'] }))).toBe('NO_TRADES');
    expect(() => sizeOf({ journal, sets: ['direction=short'] })).toThrow(
      'must be short and closed, was 0 of 2',
    );
    expect(() => sizeOf({ journal: journalOf([]) })).toThrow('must be closed, was 0 of 0');
  });
});

describe('doubt about the trades', () => {
  const good = Array.from({ length: 120 }, (_, i) => (i % 5 < 3 ? 0.04 : -0.02));

  test('comes from days together: fewer than 20 are flagged', () => {
    const few = sizeOutcome({ journal: journalOf(good, 12) });
    expect(few.result.growth.reason).toBe('few-days');
    expect(few.result.ruin.reason).toBe('few-days');
    expect(few.warnings.join()).toContain('fewer than 20 days');
    const many = sizeOf({ journal: journalOf(good) });
    expect(many.growth.reason).toBeNull();
    const one = sizeOf({ journal: journalOf(good, 120) });
    expect(one.growth).toMatchObject({ reason: 'few-days', perTrade: expect.any(Number) });
    expect(sizeOf({ journal: journalOf([-0.1]) }).growth).toMatchObject({ perTrade: 0, reason: 'one-trade' });
  });

  test('is of the size that binds: growth by hand, its interval around it, the curve to twice the fastest', () => {
    const { growth, size, ruin } = sizeOf({ journal: journalOf(good) });
    const byHand = 0.6 * Math.log1p(0.04 * size) + 0.4 * Math.log1p(-0.02 * size);
    expect(growth.perTrade).toBeCloseTo(byHand, 14);
    expect(growth.perTradeInterval?.low).toBeLessThan(byHand);
    expect(growth.perTradeInterval?.high).toBeGreaterThan(byHand);
    expect(growth.fastest).toBeCloseTo(20, 9);
    expect(growth.curve.at(-1)?.size).toBeCloseTo(40, 9);
    expect(growth.curve.at(0)).toMatchObject({ size: 0, growth: 0 });
    // No path of 1,000 worlds fell: 1 - 0.05^(1 / 1000).
    const none = { probability: 0, error: null, bound: expect.closeTo(0.0029912, 6) };
    expect(ruin).toMatchObject(none);
    expect([ruin.asSampledError, ruin.asSampledBound]).toEqual([null, none.bound]);
  });

  test('makes ruin likelier, and the seed decides what is drawn', () => {
    const edge = Array.from({ length: 60 }, (_, i) => (i % 2 === 0 ? 0.5 : -0.4));
    const sets = [...bare, 'guards.trade-limits.maxPositionNotional=1.5'];
    const { ruin } = sizeOf({ journal: journalOf(edge), sets: [...sets, 'ruinHorizon=50'] });
    expect(ruin.probability).toBeGreaterThan(0);
    expect(ruin.error).toBeGreaterThan(0);
    const other = sizeOf({ journal: journalOf(edge), sets: [...sets, 'ruinHorizon=50'], seed: 2 });
    expect(other.ruin.probability).not.toBe(ruin.probability);
  });

  test('trades without times are drawn singly, and that is said', () => {
    const one = { symbol: '', direction: 'long', entryPrice: 100, high: 105, low: 95, atr: 1 } as const;
    const exits = Array.from({ length: 30 }, (_, i) => (i % 2 === 0 ? 104 : 98));
    const bareTrades = exits.map((exitPrice, i) => ({ ...one, id: i, exitPrice }));
    const journal = { trades: [], bare: bareTrades, skipped: [], faults: [], findings: [] };
    const { growth, trades } = sizeOf({ journal });
    expect([growth.reason, trades?.days, trades?.mostAtOnce]).toEqual(['no-days', null, null]);
  });
});

describe('Kelly of the market', () => {
  /** An even number of days with this annual mean and volatility (n - 1). */
  function steps(mu: number, sigma: number): number[] {
    const n = 400;
    const step = (sigma / Math.sqrt(365)) * Math.sqrt((n - 1) / n);
    return Array.from({ length: n }, (_, i) => mu / 365 + (i % 2 === 0 ? step : -step));
  }

  test.each(kelly.continuous)(
    'mu $mu, sigma $sigma, r $r: f $f of notional',
    ({ mu, sigma, r, f, growth }) => {
      const sets = [...bare, 'direction=long', `riskFree=${r}`];
      const result = sizeOf({ ohlcv: [daysOf(steps(mu, sigma))], sets });
      const continuous = boundIn(result, 'kelly-continuous');
      expect(continuous.fraction).toBeCloseTo(Math.max(0, f), 8);
      expect(continuous.reason).toBe(f > 0 ? null : 'no-edge');
      expect(result.market).toMatchObject({
        meanAnnual: expect.closeTo(mu, 9),
        volatilityAnnual: expect.closeTo(sigma, 9),
        returns: 400,
      });
      if (f <= 0) return;
      // The mean logarithm of these very days is largest a little apart; growth is flat around its maximum.
      expect(result.growth.annual).toBeCloseTo(growth, 6);
      expect(result.ruin.ever).toBeCloseTo(0.5, 2);
      for (const { c, x, p } of kelly.thorp_drawdown_prob.rows.filter((row) => row.c < 1)) {
        const at = sizeOf({
          ohlcv: [daysOf(steps(mu, sigma))],
          sets: [...sets, `share=${c}`, `ruinLevel=${x}`],
        });
        expect(at.ruin.ever).toBeCloseTo(p, 2);
      }
    },
  );

  test('knows the tail: goldens of the synthetic returns', () => {
    const { f_log, f_mu_over_sample_var, f_max_domain, worst } = kelly.empirical.syntheticReturns;
    const sets = [...bare, 'direction=long', 'mmr=0'];
    const result = sizeOf({ ohlcv: [daysOf(synthetic.returns)], sets });
    expect(boundIn(result, 'kelly-log').fraction).toBeCloseTo(f_log, 9);
    expect(boundIn(result, 'kelly-continuous').fraction).toBeCloseTo(f_mu_over_sample_var, 9);
    expect(boundIn(result, 'worst-fall').fraction).toBeCloseTo(f_max_domain, 9);
    expect(result.market?.worstFall).toBeCloseTo(-worst, 12);
    expect(result.binding).toBe('kelly-log');
  });

  test('needs a side, which a stop tells too; a short earns what a long loses', () => {
    const ohlcv = [daysOf(steps(-0.5, 0.8))];
    expect(boundIn(sizeOf({ ohlcv }), 'kelly-continuous')).toMatchObject({
      fraction: null,
      reason: 'no-side',
    });
    const stopped = sizeOf({ ohlcv, sets: ['entry="100"', 'stop="105"', 'share=1'] });
    expect(stopped.position.direction).toBe('short');
    expect(boundIn(stopped, 'kelly-continuous').fraction).toBeCloseTo(0.5 / 0.64, 8);
  });

  test('stands beside trades and binds nothing: it is another bet', () => {
    const journal = journalOf(Array.from({ length: 40 }, (_, i) => (i % 5 < 3 ? 0.04 : -0.02)));
    const result = sizeOf({ journal, ohlcv: [daysOf(steps(-0.5, 0.8))], sets: ['direction=long'] });
    expect(boundIn(result, 'kelly-continuous')).toMatchObject({ fraction: 0, reason: 'other-bet' });
    expect(result.binding).toBe('kelly-trades-literal');
    expect([result.growth.annual, result.ruin.ever]).toEqual([null, null]);
  });

  test('of a constant series is 0 and says so, and no cap is infinite', () => {
    const result = sizeOf({
      ohlcv: [daysOf(Array.from({ length: 40 }, () => 0))],
      sets: ['direction=long', 'mmr=0', 'signal=0.5'],
    });
    expect(boundIn(result, 'kelly-continuous')).toMatchObject({ fraction: 0, reason: 'no-edge' });
    expect(boundIn(result, 'volatility')).toMatchObject({ notional: null, reason: 'no-volatility' });
    expect(boundIn(result, 'worst-fall')).toMatchObject({ notional: null, reason: 'no-fall' });
    expect(boundIn(result, 'signal')).toMatchObject({ notional: null, reason: 'no-volatility' });
    expect(result).toMatchObject({ notional: '0', position: { stopFrom: 'leverage' } });
  });

  test('of a series that only rises has no losing return to bound it: caps size', () => {
    const result = sizeOf({
      ohlcv: [daysOf(Array.from({ length: 40 }, () => 0.01))],
      sets: ['direction=long'],
    });
    expect(boundIn(result, 'kelly-log')).toMatchObject({ fraction: null, reason: 'no-losing-return' });
    // Its days are equal but for the rounding of doubles, which is no volatility.
    expect(result.market).toMatchObject({ volatilityDaily: 0, volatilityAnnual: 0, meanAnnualError: 0 });
    for (const name of ['kelly-continuous', 'volatility'] as const)
      expect(boundIn(result, name)).toMatchObject({ fraction: null, reason: 'no-volatility' });
    expect([result.growth.annual, result.ruin.ever]).toEqual([null, null]);
    expect(Number(result.notional)).toBeGreaterThan(0);
  });

  test('counts no day across a hole that splits (data.maxGap)', () => {
    const bars = daysOf(synthetic.returns.slice(0, 60));
    const holed = { ...bars, time: bars.time.map((time, i) => (i < 30 ? time : time + 5 * MS_PER_DAY)) };
    expect(sizeOf({ ohlcv: [holed] }).market?.returns).toBe(59);
    expect(sizeOf({ ohlcv: [holed], sets: ['data.maxGap=6'] }).market?.returns).toBe(60);
  });

  test('needs 30 daily returns', async () => {
    expect(await codeOf(() => sizeOf({ ohlcv: [daysOf(small.returns)] }))).toBe('SERIES_SHORT');
    expect(() => sizeOf({ ohlcv: [daysOf(small.returns)] })).toThrow('was 20');
  });
});

describe('caps', () => {
  test('lose no lot to the rounding of doubles', () => {
    // 2 % of 100,000 over a stop of 7 %: 28,571.43 at 100 are 285 lots of 1; over one of 10 % exactly 200.
    for (const [stop, qty] of [
      ['93', '285'],
      ['90', '200'],
      ['97', '666'],
      ['80', '100'],
    ]) {
      const sets = ['entry="100"', `stop="${stop}"`, 'lot="1"', 'leverage=100'];
      expect(sizeOf({ sets: [...sets, 'fallProbability=null'] }).qty).toBe(qty);
    }
    const tenth = sizeOf({
      sets: ['entry="0.3"', 'stop="0.2"', 'lot="0.1"', 'equity="0.3"', 'leverage=100'],
    });
    // 0.02 x 0.3 over a third is 0.018, 0.06 of coin: no whole lot of 0.1.
    expect([tenth.notional, tenth.qty]).toEqual(['0.018', '0']);
  });

  test('by volatility, worst fall, signal and performance, by hand', () => {
    // Days of +2 % and -2 %: volatility of a day 0.02 x sqrt(40 / 39).
    const returns = Array.from({ length: 40 }, (_, i) => (i % 2 === 0 ? 0.02 : -0.02));
    const journal = journalOf(Array.from({ length: 40 }, (_, i) => (i % 5 < 3 ? 0.04 : -0.02)));
    const result = sizeOf({ journal, ohlcv: [daysOf(returns)], sets: ['signal=0.7'] });
    const sigma = 0.02 * Math.sqrt(40 / 39);
    expect(boundIn(result, 'volatility').fraction).toBeCloseTo(0.02 / sigma, 9);
    expect(boundIn(result, 'worst-fall').fraction).toBeCloseTo(1 / (0.02 + 0.005), 6);
    expect(boundIn(result, 'signal').fraction).toBeCloseTo((0.8 * 0.7) / (365 * sigma * sigma), 9);
    // 12 of the last 20 won: factor 1; a volatility below 10 %: factor 1.1.
    expect(result.trades?.recentWinRate).toBe(0.6);
    expect(boundIn(result, 'dynamic-risk')).toMatchObject({
      fraction: expect.closeTo(0.022, 15),
      of: 'risk',
    });
  });

  test('take the confidence of the trades where no signal is stated, and allow nothing at 0', () => {
    const ohlcv = [daysOf(synthetic.returns)];
    const journal = journalOf([0.02, -0.01, 0.02], 1, { confidence: 0.6 });
    const own = boundIn(sizeOf({ journal, ohlcv }), 'signal');
    expect(own.fraction).toBe(boundIn(sizeOf({ ohlcv, sets: ['signal=0.6'] }), 'signal').fraction);
    expect(boundIn(sizeOf({ ohlcv, sets: ['signal=0'] }), 'signal')).toMatchObject({
      fraction: 0,
      reason: 'no-edge',
    });
    expect(boundIn(sizeOf({ ohlcv }), 'signal').reason).toBe('no-signal');
  });

  test('alone size where there is no evidence, and that is said', () => {
    const { result, warnings } = sizeOutcome({});
    // 2 % of equity over the 10 % that a margin at 10x is.
    expect(result).toMatchObject({
      binding: 'risk-per-trade',
      notional: '20000',
      growth: { perTrade: null, reason: 'no-evidence' },
    });
    expect(warnings.join()).toContain('no evidence of an edge');
  });

  test('the margin of a stop beyond liquidation goes first, and the size may be below a lot', () => {
    const sets = ['entry="100"', 'stop="85"', 'leverage=10', 'lot="1000"'];
    const { warnings, result } = sizeOutcome({ sets });
    expect(result.position.liquidationDistance).toBeCloseTo(1 - 0.9 / 0.995, 12);
    expect(result.qty).toBe('0');
    expect(warnings.join()).toContain('lies at or beyond liquidation, 9.55 % away at 10x');
    expect(warnings.join()).toContain('below one lot');
    // Of a stop of 15 % at 10x no more than the margin is lost.
    expect([result.position.lossAtStop, Number(result.notional) > 0]).toEqual([result.margin, true]);
  });

  test('of two markets take the one that is named, else the one with more trades', async () => {
    const ohlcv = [daysOf(synthetic.returns, 'ETHUSDT'), daysOf(synthetic.returns.slice(0, 60), 'BTCUSDT')];
    const market = (sets: string[], journal = journalOf([0.02, -0.01])) =>
      sizeOf({ ohlcv, journal, sets }).market?.symbol;
    expect(market([])).toBe('BTCUSDT');
    expect(market(['symbol=ETH'])).toBe('ETHUSDT');
    expect(sizeOf({ ohlcv }).market?.symbol).toBe('ETHUSDT');
    expect(await codeOf(() => market(['symbol=SOLUSDT']))).toBe('SYMBOL_UNKNOWN');
  });
});
