/** Value at risk of small books: daily bars from returns, inputs without files, results that fit their schema. */

import { bookOf } from '../../src/io/portfolio-text.ts';
import type { Bars } from '../../src/market/bars.ts';
import { createRandom, drawNormal } from '../../src/math/random.ts';
import { type VarInputs, valueAtRisk } from '../../src/studies/var.ts';
import { type VarResult, varResult } from '../../src/studies/var-result.ts';
import { treeOf, venues } from './stress-study.ts';

export const DAY = 86_400_000;

/** Few replicates: what is tested is not how wide an interval is. */
export const quick = ['studies.var.replicates=0', 'studies.var.refits=0', 'studies.var.paths=0'] as const;

/** Bars whose closes go by the log returns; the last close is `last`. */
export function barsOfReturns(
  symbol: string,
  returns: ArrayLike<number>,
  { last = 100, interval = DAY, volume = 0, start = 0 } = {},
): Bars {
  const total = Array.from(returns).reduce((sum, one) => sum + one, 0);
  const close = new Float64Array(returns.length + 1);
  close[0] = last * Math.exp(-total);
  for (let i = 0; i < returns.length; i += 1) close[i + 1] = (close[i] ?? 0) * Math.exp(returns[i] ?? 0);
  close[returns.length] = last;
  return {
    symbol,
    interval,
    time: Float64Array.from(close, (_, i) => start + i * interval),
    open: close,
    high: close,
    low: close,
    close,
    volume: close.map(() => volume),
  };
}

/** Normal returns of a seed, part of them those of `with`. */
export function someReturns(
  count: number,
  seed: number,
  { sigma = 0.03, shared = null as Float64Array | null, share = 0.7 } = {},
): Float64Array {
  const random = createRandom(seed);
  return Float64Array.from({ length: count }, (_, i) => {
    const own = sigma * drawNormal(random);
    return shared === null ? own : share * (shared[i] ?? 0) + Math.sqrt(1 - share * share) * own;
  });
}

/** One bought at 100 on a wallet of 100: gross, equity and price are the same. */
export const plainBook = `account: { balance: 100, venue: test, marginMode: cross }
positions: [{ symbol: BTCUSDT, qty: 1, entry: 100, leverage: 1 }]
`;

export type Given = {
  readonly book?: string;
  readonly set?: readonly string[];
  readonly seed?: number;
  readonly scenario?: VarInputs['scenario'];
};

export function varOf(
  ohlcv: readonly Bars[],
  { book = plainBook, set = [], seed = 1, scenario = null }: Given = {},
) {
  const inputs: VarInputs = { book: bookOf(book, 'book.yaml'), ohlcv, venues, scenario };
  const outcome = valueAtRisk.run(inputs, treeOf(...quick, ...set), { seed, progress: () => undefined });
  varResult.parse(outcome.result);
  return outcome;
}

export function rowOf({ methods }: VarResult, method: string, confidence: number) {
  const row = methods.find((one) => one.method === method && one.confidence === confidence);
  if (row === undefined) throw new Error(`no row of ${method} at ${confidence}`);
  return row;
}
