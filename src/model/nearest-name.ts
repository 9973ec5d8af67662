/** "Did you mean": the known name that lies nearest to one that does not exist. */

/**
 * The nearest of `known` by edits (insert, delete, replace, swap of neighbours), letters compared without case.
 *
 * @returns null where nothing is near: more than two fifths of the letters (at least one, two from four on) would have to change.
 *          On a tie the first in the order given.
 */
export function nearestName(name: string, known: Iterable<string>): string | null {
  const length = name.length;
  let best: string | null = null;
  let least = Math.max(length < 4 ? 1 : 2, Math.floor(length * 0.4)) + 1;
  for (const candidate of known) {
    const edits = editDistance(name.toLowerCase(), candidate.toLowerCase());
    if (edits < least) {
      least = edits;
      best = candidate;
    }
  }
  return best;
}

/** Edits between two texts where a swap of neighbours is one edit (optimal string alignment). */
export function editDistance(from: string, to: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, j) => j);
  for (let i = 1; i <= from.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= to.length; j += 1) {
      const replaced = last[j - 1]! + (from[i - 1] === to[j - 1] ? 0 : 1);
      let edits = Math.min(last[j]! + 1, row[j - 1]! + 1, replaced);
      const swapped = i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1];
      if (swapped) edits = Math.min(edits, beforeLast[j - 2]! + 1);
      row.push(edits);
    }
    beforeLast = last;
    last = row;
  }
  return last[to.length]!;
}
