/**
 * Sums over trades for every level of a stop grid at once.
 *
 * A trade treats neighbouring levels alike: all levels that its first bar reaches fill by one rule, all that its second
 * record reaches by another. So a trade adds a few pieces [from, to) of levels, each piece costs two additions, and one
 * running sum at the end gives all levels. A return is linear in the multiplier (a stop fills at c - m * unit), so a
 * piece of returns is `base + slope * m`.
 */

export type LevelSums = {
  /** Ascending, without repeats. */
  readonly multipliers: Float64Array;
  readonly hits: Float64Array;
  readonly hitsOptimistic: Float64Array;
  readonly stoppedWinners: Float64Array;
  readonly gapFills: Float64Array;
  readonly ambiguous: Float64Array;
  readonly censored: Float64Array;
  readonly beyondLiquidation: Float64Array;
  readonly liquidated: Float64Array;
  readonly returnBase: Float64Array;
  readonly returnSlope: Float64Array;
  readonly marginBase: Float64Array;
  readonly marginSlope: Float64Array;
};

/** Empty sums over a grid; every column holds differences until `accumulate`. */
export function createLevelSums(multipliers: Float64Array): LevelSums {
  const column = () => new Float64Array(multipliers.length + 1);
  return {
    multipliers,
    hits: column(),
    hitsOptimistic: column(),
    stoppedWinners: column(),
    gapFills: column(),
    ambiguous: column(),
    censored: column(),
    beyondLiquidation: column(),
    liquidated: column(),
    returnBase: column(),
    returnSlope: column(),
    marginBase: column(),
    marginSlope: column(),
  };
}

/** Adds `value` to the levels [from, to) of a column of differences. */
export function addTo(column: Float64Array, from: number, to: number, value: number): void {
  if (from >= to) return;
  column[from] = column[from]! + value;
  column[to] = column[to]! - value;
}

/** Turns the differences of every column into values a level, in place. */
export function accumulate(sums: LevelSums): void {
  for (const column of Object.values(sums)) {
    if (column === sums.multipliers) continue;
    let running = 0;
    let lost = 0;
    for (let i = 0; i < column.length; i += 1) {
      // Neumaier: differences of returns cancel, and the running sum must not drift over thousands of levels.
      const step = column[i]!;
      const next = running + step;
      lost += Math.abs(running) >= Math.abs(step) ? running - next + step : step - next + running;
      running = next;
      column[i] = running + lost;
    }
  }
}
