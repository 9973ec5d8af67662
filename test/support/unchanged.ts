import { expect } from 'vitest';

type Column = Float64Array | Int32Array | Uint8Array;

/** The result of a kernel, after a check that the columns it was given are as they were. */
export function unchanged<T>(columns: readonly Column[], run: () => T): T {
  const before = columns.map((column) => column.slice());
  const result = run();
  expect(columns).toEqual(before);
  return result;
}
