/** How far the figures of a file lie from recorded bars that take their place. */

import { type Bars, firstAtOrAfter } from '../../market/bars.ts';
import { quantileSorted } from '../../math/quantile.ts';
import type { StatedAsset } from '../../model/scenario.ts';
import type { ScenarioResult } from '../stress-result.ts';

export type Difference = NonNullable<ScenarioResult['mapping'][number]['difference']>;

/**
 * |stated / recorded - 1| of every figure that bars cover: points against the close that ends there, else the open that begins there;
 * of stated bars open, high, low and close against the same of the recorded ones that they span. Null where none is covered.
 */
export function differenceOf({ bars, points, exact }: StatedAsset, recorded: Bars): Difference | null {
  const ofPoints = points.flatMap(({ time, value }) => offBy(value, priceAt(recorded, time)));
  const ofBars = bars.flatMap(({ interval, rows }) =>
    rows.flatMap(({ time, open, high, low, close }) => {
      const span = spanOf(recorded, time, time + interval);
      if (span === null) return [];
      return [
        ...offBy(open, span.open),
        ...offBy(high, span.high),
        ...offBy(low, span.low),
        ...offBy(close, span.close),
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
