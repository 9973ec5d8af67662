/** A book held through the bars that are given: where its margin level ends, and how low it came. */
import { matchSymbol } from '../../market/symbol.ts';
import type { Book } from '../../model/book.ts';
import type { Fidelity } from '../../model/fidelity.ts';
import type { MarginResult } from '../margin-result.ts';
import { replay } from '../replay.ts';
import type { MarginInputs, MarginTree } from './inputs.ts';

/** Nobody looks at the equity of this run. */
const EQUITY_POINTS = 4;

export type Start = { readonly time: number; readonly marks: ReadonlyMap<string, number> };

/** The first moment at which every symbol of the book has a price, and the prices of it; null without bars for all. */
export function startOf({ ohlcv, mark }: MarginInputs, book: Book): Start | null {
  const symbols = [...new Set(book.positions.map(({ symbol }) => symbol))];
  const names = ohlcv.map(({ symbol }) => symbol);
  const series = symbols.map((symbol) => {
    const name = matchSymbol(symbol, names);
    return {
      symbol,
      bars: ohlcv.find((one) => one.symbol === name),
      marks: mark.find((one) => one.symbol === name),
    };
  });
  if (series.length === 0 || series.some(({ bars }) => bars === undefined)) return null;
  const time = Math.max(...series.map(({ bars }) => bars?.time[0] ?? Number.NEGATIVE_INFINITY));
  const priceOf = ({ bars, marks }: (typeof series)[number]): number => {
    const known = marks?.time.findLastIndex((at) => at <= time) ?? -1;
    if (known >= 0) return marks?.open[known] ?? Number.NaN;
    // Marks that begin later say nothing of this moment.
    const row = bars?.time.findLastIndex((at) => at <= time) ?? -1;
    return bars?.open[row] ?? Number.NaN;
  };
  return { time, marks: new Map(series.map((one) => [one.symbol, priceOf(one)])) };
}

export type PathLevels = { readonly path: MarginResult['path']; readonly fidelity: readonly Fidelity[] };

/** What holding the book through the bars comes to, and what that leaves open; nothing without bars for all of it. */
export function pathLevels(inputs: MarginInputs, tree: MarginTree, book: Book): PathLevels {
  if (startOf(inputs, book) === null) return { path: null, fidelity: [] };
  const quiet = { seed: 1, progress: () => {} };
  const { result, fidelity } = replay.run(
    { ...inputs, journal: null, book, equityPoints: EQUITY_POINTS, listen: null },
    // Projected and stressed levels are those of the book as it is, without a guard.
    { ...tree, engine: { ...tree.engine, guards: [] } },
    quiet,
  );
  const { unprotected, window } = result;
  const path = {
    from: window.from,
    to: window.to,
    projectedMarginLevel: unprotected.endMarginLevel,
    stressedMarginLevel: unprotected.minMarginLevel,
    liquidations: unprotected.liquidations.length,
  };
  return { path, fidelity };
}
