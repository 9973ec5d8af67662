import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A column of a CSV file of the golden folder. */
export function goldenColumn(folder: string, file: string, name: string): Float64Array {
  const [head = '', ...lines] = readFileSync(join(folder, file), 'utf8').trim().split(/\r?\n/);
  const at = head.split(',').indexOf(name);
  if (at < 0) throw new Error(`${file} has no column ${name}`);
  return Float64Array.from(lines, (line) => Number(line.split(',')[at]));
}

/** The log returns of a column of prices. */
export function logReturns(prices: Float64Array): Float64Array {
  return Float64Array.from({ length: prices.length - 1 }, (_, i) => Math.log(prices[i + 1]! / prices[i]!));
}
