/** How far the figures of a file lie from recorded bars that take their place. */

import { type Bars, firstAtOrAfter } from '../../market/bars.ts';
import { quantileSorted } from '../../math/quantile.ts';
import type { Scenario, StatedAsset } from '../../model/scenario.ts';
import { priceAt as lineAt, lineOf, type PriceLine } from '../../replay/price-line.ts';
import { gapOf, type Placing } from '../../replay/scenario-market.ts';
import type { ScenarioResult } from '../stress-result.ts';
import type { Recorded } from './inputs.ts';

export type Difference = NonNullable<ScenarioResult['mapping'][number]['difference']>;

/** Of the figures that a symbol would have followed; null where recorded bars are not of an asset that the file states. */
export function differenceIn(
  scenario: Scenario,
  placing: Placing,
  { bars, market }: Recorded,
): Difference | null {
  const { by, of } = placing.mapping;
  const stated = scenario.stated.find(({ asset }) => by === 'points' && asset === of);
  if (stated === undefined) return null;
  // The file states what an index sees; perpetuals traded at the gap from it.
  const gap = market === 'perp' ? gapOf(scenario, placing) : null;
  return differenceOf(
    stated,
    bars,
    gap === null ? null : lineOf(gap.map(({ time, value }) => ({ time, value: 1 + value }))),
  );
}

/**
 * |stated / recorded - 1| of every figure that bars cover: points against the close that ends there, else the open that begins there;
 * of stated bars open, high, low and close against the same of the recorded ones that they span. Null where none is covered.
 *
 * @param gap  last / mark over time, by which figures are multiplied; extremes by that in the middle of their bar
 */
export function differenceOf(
  { bars, points, exact }: StatedAsset,
  recorded: Bars,
  gap: PriceLine | null,
): Difference | null {
  const traded = (value: number, at: number) => (gap === null ? value : value * lineAt(gap, at));
  const ofPoints = points.flatMap(({ time, value }) => offBy(traded(value, time), priceAt(recorded, time)));
  const ofBars = bars.flatMap(({ interval, rows }) =>
    rows.flatMap(({ time, open, high, low, close }) => {
      const span = spanOf(recorded, time, time + interval);
      if (span === null) return [];
      const middle = time + interval / 2;
      return [
        ...offBy(traded(open, time), span.open),
        ...offBy(traded(high, middle), span.high),
        ...offBy(traded(low, middle), span.low),
        ...offBy(traded(close, time + interval), span.close),
      ];
    }),
  );
  const all = Float64Array.from([...ofPoints, ...ofBars]).sort();
  if (all.length === 0) return null;
  return { compared: all.length, median: quantileSorted(all, 0.5), largest: all[all.length - 1]!, exact };
}

function offBy(stated: number, recorded: number | null): number[] {
  return recorded === null ? [] : [Math.abs(stated / recorded - 1)];
}

function priceAt({ time, open, close, interval }: Bars, at: number): number | null {
  const ending = firstAtOrAfter(time, at - interval);
  if (time[ending] === at - interval) return close[ending]!;
  const beginning = firstAtOrAfter(time, at);
  return time[beginning] === at ? open[beginning]! : null;
}

type Span = { readonly open: number; readonly high: number; readonly low: number; readonly close: number };

/** The bars from one moment to another as one; null where they do not begin and end there. */
function spanOf({ time, open, high, low, close, interval }: Bars, from: number, to: number): Span | null {
  const first = firstAtOrAfter(time, from);
  const last = firstAtOrAfter(time, to) - 1;
  if (time[first] !== from || last < first || time[last]! + interval !== to) return null;
  return {
    open: open[first]!,
    high: Math.max(...high.subarray(first, last + 1)),
    low: Math.min(...low.subarray(first, last + 1)),
    close: close[last]!,
  };
}
