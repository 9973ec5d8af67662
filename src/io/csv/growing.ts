/** Columns of doubles that grow with the rows that are read into them. */

export type Growing = { readonly columns: Float64Array[]; length: number; capacity: number };

export function createGrowing(count: number, capacity: number): Growing {
  const rows = Math.max(16, Math.ceil(capacity));
  return { columns: Array.from({ length: count }, () => new Float64Array(rows)), length: 0, capacity: rows };
}

/** Makes room for one row more. Grows by a quarter: a good first guess of the capacity must not be doubled. */
export function makeRoom(growing: Growing): void {
  if (growing.length < growing.capacity) return;
  const capacity = Math.ceil(growing.capacity * 1.25) + 1024;
  // One after the other, so that each old column can go before the next new one comes.
  for (let i = 0; i < growing.columns.length; i += 1) {
    const larger = new Float64Array(capacity);
    larger.set(growing.columns[i]!);
    growing.columns[i] = larger;
  }
  growing.capacity = capacity;
}

/** The columns at their length; views, so that nothing is held twice. */
export function grown(growing: Growing): Float64Array[] {
  return growing.columns.map((column) => column.subarray(0, growing.length));
}
