/** "Did you mean": the known name that lies nearest to one that does not exist. */

/**
 * The nearest of `known` by edits (insert, delete, replace, swap of neighbours), letters compared without case; where
 * none is near, the first that begins with `name` (three letters at least).
 *
 * Near means that at most two fifths of the letters change; one where there are three or fewer, two where there are
 * more. On a tie the first in the order given.
 */
export function nearestName(name: string, known: readonly string[]): string | null {
  const sought = name.toLowerCase();
  let best: string | null = null;
  let least = Math.max(sought.length < 4 ? 1 : 2, Math.floor(sought.length * 0.4)) + 1;
  for (const candidate of known) {
    const edits = editDistance(sought, candidate.toLowerCase());
    if (edits < least) {
      least = edits;
      best = candidate;
    }
  }
  if (best !== null || sought.length < 3) return best;
  return known.find((candidate) => candidate.toLowerCase().startsWith(sought)) ?? null;
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
