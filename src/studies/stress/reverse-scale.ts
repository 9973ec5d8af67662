/** The smallest scale of a scenario at which something happens, for scenarios that can only be run. */

export type ScaleFound = {
  readonly name: string;
  /** The smallest found in (0, 4]; null where it does not happen at any scale that was looked at. */
  readonly scale: number | null;
  /** Nothing proves that what happens at a scale happens at every larger one. */
  readonly monotone: false;
};

const LARGEST = 4;
const STEPS = 64;
/** Relative width at which a bisection ends. */
const NARROW = 1e-6;

/**
 * Looks at 64 scales from 1/16 to 4 until every name has appeared, then halves the interval below the first appearance of
 * each to 1e-6 of itself. No scale is run twice, and what one name has learnt serves the next. What else happens at the scales
 * that were looked at stands behind the names, and is narrowed as they are.
 *
 * @param run    what happens at a scale > 0, by names; the same for the same scale
 * @param names  what is looked for, in the order of the answer
 */
export function smallestScales(
  run: (scale: number) => ReadonlySet<string>,
  names: readonly string[],
): ScaleFound[] {
  const runs = new Map<number, ReadonlySet<string>>();
  const happens = (scale: number, name: string) => {
    const known = runs.get(scale) ?? run(scale);
    runs.set(scale, known);
    return known.has(name);
  };
  const sought = new Set(names);
  for (let step = 1; step <= STEPS && sought.size > 0; step += 1) {
    for (const name of [...sought]) if (happens((LARGEST * step) / STEPS, name)) sought.delete(name);
  }
  const seen = [...runs.values()].flatMap((said) => [...said]);
  return [...new Set([...names, ...seen])].map((name) => {
    if (sought.has(name)) return { name, scale: null, monotone: false };
    return { name, scale: narrowed(runs, name, happens), monotone: false };
  });
}

function narrowed(
  runs: ReadonlyMap<number, ReadonlySet<string>>,
  name: string,
  happens: (scale: number, name: string) => boolean,
): number {
  const seen = [...runs].sort(([a], [b]) => a - b);
  let high = seen.find(([, said]) => said.has(name))?.[0] ?? LARGEST;
  let low = seen.findLast(([scale]) => scale < high)?.[0] ?? 0;
  // What happens at every scale is found at the narrowest, and not sought for ever.
  while (high - low > NARROW * high && high > NARROW) {
    const middle = (low + high) / 2;
    if (happens(middle, name)) high = middle;
    else low = middle;
  }
  return high;
}
