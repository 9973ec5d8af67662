/**
 * `var`: what a book as it stands may lose over a horizon, by eight methods, each with what it rests on and whether that holds; who
 * carries it, what a crisis makes of it, and how probable it is that the venue liquidates first (RULES 4.4, 4.5).
 */
import { standardDeviation } from '../math/moments.ts';
import { mean } from '../math/sum.ts';
import type { Book } from '../model/book.ts';
import type { Fidelity } from '../model/fidelity.ts';
import { money } from '../model/money.ts';
import type { Outcome, Study, StudyContext } from '../model/study.ts';
import { accountEquity } from './stress/portfolio.ts';
import { amountText, lossOfEquity, lossText, rawText, type Scale } from './var/amounts.ts';
import { backtestVar } from './var/backtest.ts';
import { refuseHorizon } from './var/check-horizon.ts';
import { crisisOf, dependenceOf, factorReturns } from './var/dependence.ts';
import { distributionOf } from './var/distribution.ts';
import { estimatesOf, type MethodEstimate, type Sample, sqrtTimeEstimates } from './var/estimates.ts';
import { type Factor, factorsOf } from './var/factors.ts';
import { type Gains, gainsOf } from './var/gains.ts';
import type { VarInputs, VarTree } from './var/inputs.ts';
import { currencyOf, type Leg, legsOf, slopeOf } from './var/legs.ts';
import { liquidationProbability } from './var/liquidation.ts';
import { exitCost } from './var/liquidity.ts';
import { mostLossOf } from './var/most-loss.ts';
import { portfolioOf } from './var/portfolio.ts';
import { splitOf } from './var/split.ts';
import { standingVenue, venueFlags } from './var/standing.ts';
import { stressedOf } from './var/stressed.ts';
import { type Window, windowOf } from './var/window.ts';
import type { VarResult, VarRow } from './var-result.ts';

export type { VarInputs, VarTree } from './var/inputs.ts';

export const valueAtRisk: Study<VarInputs, VarTree, VarResult> = {
  name: 'var',
  needs: ['portfolio', 'ohlcv', 'scenarios'],
  configPaths: ['venue', 'studies.var'],
  run,
};

function run(inputs: VarInputs, tree: VarTree, ctx: StudyContext): Outcome<VarResult> {
  const config = tree.studies.var;
  const { book } = inputs;
  const factors = factorsOf(book, inputs.ohlcv, config.proxies);
  const legs = legsOf(book, factors);
  const window = windowOf(factors, config);
  const asOf = window.moves.time.at(-1) ?? 0;
  const scale = scaleOf(book, factors, legs);
  const about = { gross: scale.gross, returns: config.returns };
  const gains = gainsOf(legs, window.moves, about);
  const { periods } = window.horizon;
  const single = periods === 1 ? gains.book : gainsOf(legs, window.single, about).book;
  const mostLoss = mostLossOf(legs) / scale.gross;
  const net = slopeOf(legs);
  const slope = net === null ? null : net / scale.gross;
  const sample: Sample = { returns: gains.book, single, periods, mostLoss, slope };
  refuseHorizon(config, periods);
  const tasks = config.methods.length * config.confidences.length + 1;
  let done = 0;
  // The backtest tells its own progress, which is nearly all of the time.
  const step = () => (config.backtest ? undefined : ctx.progress(++done, tasks));
  const venue = standingVenue(inputs, factors, { tree, time: asOf });
  const exit = exitCost(venue, scale.currency);
  const estimates = estimatesOf(sample, config, { seed: ctx.seed, done: step });
  const columns = factorReturns(window.moves, config.returns);
  const result: VarResult = {
    portfolio: portfolioOf(legs, factors, { scale, asOf }),
    window: windowTold(window, gains, { config, scale }),
    methods: estimates.map((one) => rowOf(one, scale, exit.total)),
    sqrtTime: config.sqrtTime ? sqrtTimeEstimates(sample, config).map((one) => scaledRow(one, scale)) : null,
    ...splitOf(legs, gains, config, scale),
    correlation: dependenceOf(factors, columns, config.tailShare),
    crisis: config.correlation === 'crisis' ? crisisOf({ legs, factors }, columns, config, scale) : null,
    stressed:
      inputs.scenario === null
        ? null
        : stressedOf(
            { book, factors, legs, horizon: window.horizon, scale },
            inputs.scenario,
            config,
            ctx.seed,
          ),
    liquidity: exit.told,
    ...(config.backtest
      ? backtestVar({
          ...ctx,
          ...config,
          returns: gainsOf(legs, window.history, about).book,
          time: window.history.time,
        })
      : { backtests: [], ranking: [] }),
    liquidationProbability: liquidationProbability({ factors, window, venue, config }, ctx.seed),
  };
  step();
  const fidelity = [...window.fidelity, ...venueFlags(venue), ...scenarioFlags(result)];
  return { result, fidelity: [...new Set(fidelity)], warnings: warningsOf(inputs, result, window) };
}

function scaleOf(book: Book, factors: readonly Factor[], legs: readonly Leg[]): Scale {
  const price = (symbol: string) => money(factors.find((one) => one.symbol === symbol)?.price ?? Number.NaN);
  const equity = book.accounts.reduce((sum, account) => {
    const unit = (asset: string) => {
      const found = factors.find(({ symbol }) => symbol === `${asset}${account.currency}`);
      return found === undefined ? null : money(found.price);
    };
    return sum.plus(accountEquity(book, account, { of: ({ symbol }) => price(symbol), unit }));
  }, money(0));
  const gross = legs.reduce((sum, { exposure }) => sum + Math.abs(exposure), 0);
  return { currency: currencyOf(book), gross, equity: equity.toNumber() };
}

const EASED =
  'correlations of a crisis lower the VaR of this book: its hedges offset more, so that they are no crisis for it; one in which hedges fail is not shown';
const NO_LOSS = 'no loss at this confidence';

function rowOf(one: MethodEstimate, scale: Scale, exitCosts: number): VarRow {
  const { method, confidence, varRaw, esRaw, valid, reason, parameters, varInterval, esInterval } = one;
  const inMoney = ({ low, high, reason: why }: MethodEstimate['varInterval']) => ({
    low: rawText(low, scale),
    high: rawText(high, scale),
    reason: why,
  });
  const doubts = [varRaw !== null && varRaw < 0 ? NO_LOSS : null, reason].filter((text) => text !== null);
  return {
    method,
    confidence,
    var: lossText(varRaw, scale),
    varFraction: lossOfEquity(varRaw, scale),
    es: lossText(esRaw, scale),
    esFraction: lossOfEquity(esRaw, scale),
    varRaw: rawText(varRaw, scale),
    varInterval: inMoney(varInterval),
    esInterval: inMoney(esInterval),
    liquidityAdjustedVar:
      varRaw === null ? null : amountText(Math.max(0, varRaw) * scale.gross + exitCosts, scale.currency),
    valid,
    reason: doubts.length === 0 ? null : doubts.join('; '),
    parameters: [...parameters],
  };
}

function scaledRow(
  one: ReturnType<typeof sqrtTimeEstimates>[number],
  scale: Scale,
): NonNullable<VarResult['sqrtTime']>[number] {
  const { method, confidence, varRaw, esRaw, valid, reason } = one;
  return {
    method,
    confidence,
    var: lossText(varRaw, scale),
    varFraction: lossOfEquity(varRaw, scale),
    es: lossText(esRaw, scale),
    esFraction: lossOfEquity(esRaw, scale),
    valid,
    reason,
  };
}

function windowTold(
  { horizon, moves, dropped }: Window,
  { book }: Gains,
  { config, scale }: { readonly config: VarTree['studies']['var']; readonly scale: Scale },
): VarResult['window'] {
  const worst = book.reduce((at, one, row) => (one < book[at]! ? row : at), 0);
  return {
    horizon: horizon.ms,
    returns: book.length,
    asked: config.window,
    from: moves.time[0]! - horizon.ms,
    to: moves.time[moves.time.length - 1]!,
    overlapping: horizon.periods > 1,
    dropped,
    kind: config.returns,
    quantile: config.quantile,
    mean: mean(book),
    sd: standardDeviation(book),
    worst: amountText(Math.max(0, -book[worst]! * scale.gross), scale.currency),
    worstAt: moves.time[worst]!,
    distribution: distributionOf(book),
  };
}

function scenarioFlags({ stressed }: VarResult): Fidelity[] {
  if (stressed === null) return [];
  const isProxied = stressed.mapping.some(({ by, of }) => by !== 'points' && of !== '');
  return ['points-interpolated', 'overlapping', ...(isProxied ? (['proxy-history'] as const) : [])];
}

function warningsOf(
  { book, ohlcv }: VarInputs,
  { portfolio, methods, crisis }: VarResult,
  window: Window,
): string[] {
  const held = new Set(portfolio.positions.flatMap(({ symbol, proxy }) => [symbol, proxy]));
  const refused = [...new Set(methods.filter(({ valid }) => !valid).map(({ method }) => method))];
  const unused = ohlcv.map(({ symbol }) => symbol).filter((symbol) => !held.has(symbol));
  const isEased = crisis?.rows.some((one) => Number(one.var) < Number(one.sampleVar)) ?? false;
  const noEquity = Number(portfolio.equity) <= 0;
  return [
    ...window.warnings,
    ...(refused.length === 0 ? [] : [`not to be used, each for its reason: ${refused.join(', ')}`]),
    ...(unused.length === 0 ? [] : [`left aside, as the book does not hold it: ${unused.join(', ')}`]),
    ...(isEased ? [EASED] : []),
    ...(noEquity ? [`the equity of the book is ${portfolio.equity}: losses have no fraction of it`] : []),
    ...(book.orders.length > 0 ? ['resting orders are left aside: the book is held as it stands'] : []),
  ];
}
