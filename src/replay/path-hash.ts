/** The name of a path: equal for all runs that were driven along the same prices, different where one bit differs. */
import { createHash } from 'node:crypto';
import type { Path } from './path.ts';

/** SHA-256 over symbols, times, jumps and prices, as little-endian doubles with one form of zero and of no price. */
export function pathHash({ symbols, time, jump, last, mark }: Path): string {
  const hash = createHash('sha256').update(JSON.stringify(symbols));
  hash.update(littleEndian(time)).update(jump).update(littleEndian(last));
  if (mark !== last) hash.update(littleEndian(mark));
  return hash.digest('hex');
}

function littleEndian(values: Float64Array): Uint8Array {
  const bytes = new Uint8Array(values.length * 8);
  const view = new DataView(bytes.buffer);
  // Adding 0 makes -0 plain; there is one NaN.
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i]!;
    view.setFloat64(i * 8, Number.isNaN(value) ? Number.NaN : value + 0, true);
  }
  return bytes;
}
