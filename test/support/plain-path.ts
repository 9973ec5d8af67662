/** A path written out with lists and searches, as a second opinion on the one that is built in columns. */
import type { Bars } from '../../src/market/bars.ts';
import type { PathInput } from '../../src/replay/build-path.ts';

type Leg = { readonly from: number; readonly to: number; readonly start: number; readonly end: number };

export type PlainPath = {
  readonly time: readonly number[];
  readonly jump: readonly number[];
  readonly last: readonly (readonly number[])[];
  readonly mark: readonly (readonly number[])[];
};

/** The rules one after the other; of bars alone, for the policies that look at the whole book, and over all of the data. */
export function plainPath(input: PathInput): PlainPath {
  const { symbols, ohlcv, mark } = input;
  const trades = symbols.map((symbol) => legsOf(input, ohlcv, symbol));
  const marks = symbols.map((symbol, s) =>
    mark.some((bars) => bars.symbol === symbol) ? legsOf(input, mark, symbol) : trades[s]!,
  );
  const ends = [...trades, ...marks].flat().flatMap(({ from, to }) => [from, to]);
  const path = { time: [] as number[], jump: [] as number[], last: [] as number[][], mark: [] as number[][] };
  for (const at of [...new Set(ends)].sort((a, b) => a - b)) {
    const before = [trades, marks].map((all) => all.map((legs) => leftOf(legs, at)));
    const after = [trades, marks].map((all) => all.map((legs) => rightOf(legs, at)));
    const sides = String(before) === String(after) ? [after] : [before, after];
    for (const [side, [last = [], marked = []]] of sides.entries()) {
      if ([...last, ...marked].every((price) => Number.isNaN(price))) continue;
      path.time.push(at);
      path.jump.push(path.time.at(-2) === at && side === 1 ? 1 : 0);
      path.last.push([...last]);
      path.mark.push([...marked]);
    }
  }
  return path;
}

function legsOf(input: PathInput, all: readonly Bars[], symbol: string): Leg[] {
  const bars = all.find((one) => one.symbol === symbol);
  if (bars === undefined) return [];
  const { interval: d } = bars;
  return [...bars.time].flatMap((t, row) => {
    const [high, low] = [bars.high[row]!, bars.low[row]!];
    const [second, third] = isLowFirst(input, t, d) ? [low, high] : [high, low];
    return [
      { from: t, to: t + d / 3, start: bars.open[row]!, end: second },
      { from: t + d / 3, to: t + (2 * d) / 3, start: second, end: third },
      { from: t + (2 * d) / 3, to: t + d, start: third, end: bars.close[row]! },
    ];
  });
}

/** Where a price comes from: on a leg, else the end of the last leg before; NaN before all. */
function leftOf(legs: readonly Leg[], at: number): number {
  const leg = legs.find(({ from, to }) => from < at && at <= to);
  if (leg !== undefined) return on(leg, at);
  return legs.filter(({ to }) => to < at).at(-1)?.end ?? Number.NaN;
}

function rightOf(legs: readonly Leg[], at: number): number {
  const leg = legs.find(({ from, to }) => from <= at && at < to);
  return leg === undefined ? leftOf(legs, at) : on(leg, at);
}

function on({ from, to, start, end }: Leg, at: number): number {
  if (at === from) return start;
  if (at === to) return end;
  return start + (end - start) * ((at - from) / (to - from));
}

/** Who is in [t, t + d), by trades before marks, and whether the book is worth less at their lows. */
function isLowFirst(input: PathInput, t: number, d: number): boolean {
  const { symbols, ohlcv, mark, exposures, policy } = input;
  const members = symbols.flatMap((symbol) => {
    const found = [ohlcv, mark]
      .map((all) =>
        all.find((bars) => bars.symbol === symbol && bars.interval === d && bars.time.includes(t)),
      )
      .find((bars) => bars !== undefined);
    return found === undefined ? [] : [{ symbol, bars: found, row: found.time.indexOf(t) }];
  });
  const net = (symbol: string, weight: (from: number, to: number) => number): number =>
    exposures
      .filter((one) => one.symbol === symbol)
      .reduce((sum, { from, to, qty }) => sum + weight(from, to) * qty, 0);
  const held = members.map(({ symbol }) => net(symbol, (from, to) => (from <= t && t < to ? 1 : 0)));
  // Before the second point the second goes against it, before the third point the third does, later neither can.
  const inside = members.map(({ symbol }) =>
    net(symbol, (from) => {
      const share = (from - t) / d;
      return share <= 0 || share >= 2 / 3 ? 0 : share < 1 / 3 ? 1 : -1;
    }),
  );
  const used = held.some((qty) => qty !== 0) ? held : inside;
  const worth = (side: 'low' | 'high'): number =>
    members.reduce((sum, { bars, row }, m) => sum + used[m]! * bars[side][row]!, 0);
  return worth('low') <= worth('high') === (policy === 'pessimistic');
}
