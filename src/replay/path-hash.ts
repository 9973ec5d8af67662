/** The name of a path: equal for all runs that were driven along the same prices, different where one bit differs. */
import { createHash, type Hash } from 'node:crypto';
import type { Path } from './path.ts';

/**
 * SHA-256, in lower-case hex, over symbols, times, jumps and prices, as little-endian doubles with one form of zero and
 * one of no price. Marks that are the last prices hash alike whether they share an array with them or not.
 */
export function pathHash({ symbols, time, jump, last, mark }: Path): string {
  const trades = digestOf(last);
  return createHash('sha256')
    .update(`${JSON.stringify(symbols)}\n${time.length}\n`)
    .update(digestOf(time))
    .update(jump)
    .update(trades)
    .update(mark === last ? trades : digestOf(mark))
    .digest('hex');
}

/** Doubles that are turned into bytes at once: the copy of a long path would be as large as the path. */
const CHUNK = 8192;

function digestOf(values: Float64Array): Uint8Array {
  const hash = createHash('sha256');
  const view = new DataView(new ArrayBuffer(8 * CHUNK));
  for (let from = 0; from < values.length; from += CHUNK) {
    hashChunk(hash, view, values.subarray(from, from + CHUNK));
  }
  return hash.digest();
}

function hashChunk(hash: Hash, view: DataView, values: Float64Array): void {
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i]!;
    if (Number.isNaN(value)) view.setBigUint64(8 * i, NO_PRICE, true);
    // Adding 0 makes a negative zero plain.
    else view.setFloat64(8 * i, value + 0, true);
  }
  hash.update(new Uint8Array(view.buffer, 0, 8 * values.length));
}

/** The quiet NaN; which of its many bit patterns an engine writes is its own affair. */
const NO_PRICE = 0x7ff8000000000000n;
