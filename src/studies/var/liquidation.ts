/**
 * The probability that the venue liquidates within the horizon: not that the book loses, but that some margin scope falls to its
 * maintenance. Prices go on many ways by filtered historical simulation: each symbol has its own GARCH volatility, and every step
 * draws one row of past residuals for all symbols, so that they fall together as they did. Margins are read after each step.
 *
 * Source  Barone-Adesi, Giannopoulos and Vosper 1999, VaR without correlations for portfolios of derivative securities, Journal of
 *         Futures Markets 19
 */
import { intervalText } from '../../market/gate/interval.ts';
import { variance } from '../../math/moments.ts';
import { createRandom, nextBelow } from '../../math/random.ts';
import { wilson } from '../../math/wilson.ts';
import { MS_PER_DAY, parseDuration } from '../../model/time.ts';
import { type MarginView, readMargin } from '../../risk/read-margin.ts';
import { garchVolatility, type Volatility } from '../../risk/var/volatility.ts';
import type { Venue } from '../../venue/venue.ts';
import type { VarConfig } from '../var-config.ts';
import type { VarResult } from '../var-result.ts';
import { factorReturns } from './dependence.ts';
import type { Factor } from './factors.ts';
import { commonMoves } from './periods.ts';
import type { Horizon, Window } from './window.ts';

/** Fewer rows do not tell how a residual is distributed. */
const ROWS_MIN = 100;

type Result = NonNullable<VarResult['liquidationProbability']>;

export type Asked = {
  readonly factors: readonly Factor[];
  readonly window: Window;
  readonly venue: Venue;
  readonly config: VarConfig;
};

export function liquidationProbability(asked: Asked, seed: number): Result {
  const { factors, window, venue, config } = asked;
  const step = stepOf(factors, window.horizon, config.pathStep);
  const steps = window.horizon.ms / step;
  const { view } = venue;
  const none = (reason: string): Result => ({
    ...{ probability: null, standardError: null, probabilityInterval: { low: null, high: null } },
    ...{ paths: 0, steps, step, rows: 0, scopes: [], reason },
  });
  if (config.paths === 0) return none('no ways were asked for');
  if (!view.from.some((at, k) => k > 0 && view.initial[k - 1]! > 0 && at > view.from[k - 1]!))
    return none('the book has no position that a venue could liquidate');
  const columns = pastReturns(asked, step);
  const rows = columns[0]?.length ?? 0;
  if (rows < ROWS_MIN) return none(`ways need ${ROWS_MIN} common returns of the past, were ${rows}`);
  const movers = columns.map(moverOf);
  const hits = simulate(venue, movers, { paths: config.paths, steps, rows, seed });
  const probability = hits.book / config.paths;
  const { low, high } = wilson(hits.book, config.paths, config.level);
  const still = movers.flatMap(({ reason }, i) =>
    reason === null ? [] : [`${factors[i]?.symbol}: ${reason}`],
  );
  const doubts = [...still, ...between(step), ...oneSided(hits.book, config.paths)];
  return {
    probability,
    standardError:
      probability === 0 || probability === 1
        ? null
        : Math.sqrt((probability * (1 - probability)) / config.paths),
    probabilityInterval: { low, high },
    paths: config.paths,
    steps,
    step,
    rows,
    scopes: scopesOf(venue, hits.scopes, config.paths),
    reason: doubts.length === 0 ? null : doubts.join('; '),
  };
}

function between(step: number): string[] {
  if (step < MS_PER_DAY) return [];
  return [
    `margins are read at the end of each step of ${intervalText(step)} alone: who is liquidated within one is not counted; finer bars and a smaller studies.var.pathStep see more`,
  ];
}

function oneSided(hits: number, paths: number): string[] {
  if (hits > 0 && hits < paths) return [];
  const who = hits === 0 ? 'no way was liquidated' : 'every way was liquidated';
  return [`${who}: the simulation has no error to tell, the interval stands for it`];
}

/** The step that is asked for, or the longest bars where they are longer; it must divide the horizon. */
function stepOf(factors: readonly Factor[], { ms, step: period }: Horizon, text: string): number {
  const asked = parseDuration(text) ?? period;
  const longest = Math.max(
    asked,
    ...factors.map(({ bars, proxy }) => Math.max(bars?.interval ?? 0, proxy?.interval ?? 0)),
  );
  return longest <= period && ms % longest === 0 && period % longest === 0 ? longest : period;
}

/** Log returns of the steps that all symbols have, over the time of the window. */
function pastReturns({ factors, window }: Asked, step: number): Float64Array[] {
  const common = commonMoves(factors, step);
  const { time } = window.single;
  const [from, to] = [time[0]! - window.horizon.step, time[time.length - 1]!];
  const first = common.time.findIndex((one) => one > from);
  const end = common.time.findLastIndex((one) => one <= to) + 1;
  return factorReturns(common, 'log').map((column) => column.subarray(Math.max(0, first), end));
}

/** One symbol on its way: what its variance begins with, how it goes on, and the residuals that it draws. */
type Mover = Pick<Volatility, 'garch' | 'residuals' | 'sigmaNext' | 'reason'>;

function moverOf(returns: Float64Array): Mover {
  if (variance(returns) > 0) return garchVolatility(returns);
  const still = { mu: returns[0]!, omega: 0, alpha: 0, beta: 0 };
  return {
    garch: still,
    residuals: new Float64Array(returns.length),
    sigmaNext: 0,
    reason: 'its price never changed, and does not here',
  };
}

type Ways = { readonly paths: number; readonly steps: number; readonly rows: number; readonly seed: number };
type Hits = { readonly book: number; readonly scopes: Float64Array };

function simulate(
  { view, prices }: Venue,
  movers: readonly Mover[],
  { paths, steps, rows, seed }: Ways,
): Hits {
  const random = createRandom(seed);
  const marks = prices.mark.slice();
  const variances = new Float64Array(movers.length);
  const reached = new Uint8Array(view.scopes);
  const hits = new Float64Array(view.scopes);
  let book = 0;
  for (let path = 0; path < paths; path += 1) {
    for (let i = 0; i < movers.length; i += 1) {
      variances[i] = movers[i]!.sigmaNext * movers[i]!.sigmaNext;
      marks[i] = prices.mark[i]!;
    }
    reached.fill(0);
    let isReached = false;
    for (let k = 0; k < steps; k += 1) {
      const row = nextBelow(random, rows);
      for (let i = 0; i < movers.length; i += 1) {
        const { garch, residuals } = movers[i]!;
        const shock = Math.sqrt(variances[i]!) * residuals[row]!;
        variances[i] = garch.omega + garch.alpha * shock * shock + garch.beta * variances[i]!;
        marks[i] = marks[i]! * Math.exp(garch.mu + shock);
      }
      if (readMargin(view, marks, 0)) isReached = markReached(view, reached) || isReached;
    }
    if (!isReached) continue;
    book += 1;
    for (let scope = 0; scope < reached.length; scope += 1) hits[scope] = hits[scope]! + reached[scope]!;
  }
  return { book, scopes: hits };
}

/** Marks the scopes whose equity is at or below their maintenance; whether there is one. */
function markReached({ scopes, equity, maintenance, active }: MarginView, reached: Uint8Array): boolean {
  let found = false;
  for (let scope = 0; scope < scopes; scope += 1) {
    if (active[scope] === 0 || maintenance[scope]! <= 0 || equity[scope]! > maintenance[scope]!) continue;
    reached[scope] = 1;
    found = true;
  }
  return found;
}

function scopesOf({ view, state, world }: Venue, hits: Float64Array, paths: number): Result['scopes'] {
  const scopes = Array.from(hits, (count, scope) => {
    const account = state.accounts[view.account[scope]!];
    const position = account?.positions[view.position[scope]!];
    return {
      account: account?.id ?? '',
      symbol: position === undefined ? null : (world.symbols[position.symbol] ?? null),
      asset: account?.wallets[view.wallet[scope]!]?.ledger.asset ?? '',
      probability: count / paths,
      holds: view.initial[scope]! > 0,
    };
  });
  return scopes.filter(({ holds }) => holds).map(({ holds: _, ...told }) => told);
}
