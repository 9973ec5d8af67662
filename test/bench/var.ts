/**
 * VaR and ES of eight methods with their backtest on a book of 10 assets over 3,000 days, against the same written plainly on arrays:
 * every window copied and sorted, every model fitted from nothing.
 */
import { createRandom, drawNormal } from '../../src/math/random.ts';
import { backtestVar } from '../../src/studies/var/backtest.ts';
import { backtestRowOf } from '../../src/studies/var/backtest-row.ts';
import { fitVolatility, varMethods } from '../../src/studies/var/methods.ts';
import { rankMethods } from '../../src/studies/var/rank.ts';
import {
  type Forecasts,
  type RollingOptions,
  rollingForecasts,
} from '../../src/studies/var/rolling-forecasts.ts';
import { plainForecasts } from './plain-var.ts';
import { type Claim, race, ratio, show } from './timing.ts';

const ASSETS = 10;
const DAYS = 3000;
const WINDOW = 252;
const options: RollingOptions = {
  methods: varMethods,
  confidences: [0.95, 0.99],
  window: WINDOW,
  quantile: 'linear',
  lambda: 0.94,
  innovations: 'student-t',
};
const models: RollingOptions = { ...options, methods: ['garch'] };
const silent = () => undefined;

const PLAIN = 'plain arrays, all fits from nothing, the same tests';
const WHOLE = 'the backtest: forecasts, tests, ranking';
const TWICE = 'the same over twice the days';
const WARM = 'rolling GARCH, each fit from the one before';
const COLD = 'rolling GARCH, each fit from nothing';

export async function benchVar(): Promise<Claim[]> {
  const book = bookReturns(DAYS);
  const twice = bookReturns(2 * DAYS);
  let plain: readonly Forecasts[] = [];
  const timings = [
    ...(await race([{ name: PLAIN, run: () => (plain = plainBacktest(book)) }], 1)),
    ...(await race(
      [
        { name: WHOLE, run: () => backtestOf(book) },
        { name: TWICE, run: () => backtestOf(twice) },
        { name: WARM, run: () => rollingForecasts(book, models, silent) },
        { name: COLD, run: () => coldFits(book) },
      ],
      2,
    )),
  ];
  show(timings);
  return [
    {
      what: 'the backtest against plain arrays',
      value: ratio(timings, PLAIN, WHOLE),
      unit: 'x',
      // Of twenty fits ours begins one from three places, since short windows have several maxima; the plain one trusts a single start.
      bound: { atLeast: 3 },
    },
    {
      what: 'GARCH from the fit of the day before against from nothing',
      value: ratio(timings, COLD, WARM),
      unit: 'x',
      bound: { atLeast: 1.5 },
    },
    {
      what: 'forecasts that differ from plain arrays by more than 5 %',
      value: 100 * differing(book, plain),
      unit: '% of them',
      bound: { atMost: 5 },
    },
    {
      what: 'twice the days',
      value: ratio(timings, TWICE, WHOLE),
      unit: 'x the time',
      bound: { atMost: 2.6 },
    },
  ];
}

/** The P&L of a book of equal parts, each asset a common factor and a residual of its own, with variance in clusters and heavy tails. */
function bookReturns(days: number): Float64Array {
  const random = createRandom(11);
  const variances = new Float64Array(ASSETS + 1).fill(1);
  const move = (source: number): number => {
    // One shock of ten is three times as large.
    const size = drawNormal(random) * (Math.abs(drawNormal(random)) > 1.645 ? 3 : 1);
    const one = Math.sqrt(variances[source]!) * size;
    variances[source] = 0.1 + 0.05 * one * one + 0.81 * variances[source]!;
    return one;
  };
  return Float64Array.from({ length: days }, () => {
    const market = move(ASSETS);
    let total = 0;
    for (let asset = 0; asset < ASSETS; asset += 1) total += 0.8 * market + 0.6 * move(asset);
    return (0.02 * total) / ASSETS;
  });
}

function backtestOf(returns: Float64Array) {
  const time = returns.map((_, day) => day * 86_400_000);
  return backtestVar({ ...options, returns, time, seed: 1, progress: silent });
}

function coldFits(returns: Float64Array): number {
  let sum = 0;
  for (let day = WINDOW; day < returns.length; day += 1) {
    const sample = returns.subarray(day - WINDOW, day);
    sum += fitVolatility(sample, { innovations: 'student-t' }).sigmaNext;
  }
  return sum;
}

/** The tests are ours on both sides: what is compared is how forecasts come about. */
function plainBacktest(returns: Float64Array): Forecasts[] {
  const tails = options.confidences.map((confidence) => Math.round((1 - confidence) * 1e12) / 1e12);
  const days = plainForecasts(Array.from(returns), WINDOW, tails);
  const time = returns.map((_, day) => day).subarray(WINDOW);
  const tested = returns.subarray(WINDOW);
  const forecasts = varMethods.flatMap((method, m) =>
    options.confidences.map((confidence, c): Forecasts => {
      const place = m * tails.length + c;
      const column = (key: 'varRaw' | 'esRaw') =>
        Float64Array.from(days, (figures) => figures[place]?.[key] ?? Number.NaN);
      const [vars, shortfalls] = [column('varRaw'), column('esRaw')];
      return { method, confidence, tail: tails[c] ?? 0, vars, shortfalls, doubtful: 0, reason: null };
    }),
  );
  for (const one of forecasts) backtestRowOf(one, time, tested, 1);
  for (const level of options.confidences)
    rankMethods(
      forecasts.filter(({ confidence }) => confidence === level),
      time,
      tested,
    );
  return forecasts;
}

/** Share of the VaRs; Cornish and Fisher's are refused outside their domain on our side alone. */
function differing(returns: Float64Array, plain: readonly Forecasts[]): number {
  let all = 0;
  let other = 0;
  rollingForecasts(returns, options, silent).forEach(({ vars }, i) => {
    vars.forEach((one, day) => {
      if (Number.isNaN(one)) return;
      all += 1;
      if (!(Math.abs((plain[i]?.vars[day] ?? 0) / one - 1) < 0.05)) other += 1;
    });
  });
  return other / all;
}
