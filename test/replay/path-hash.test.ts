import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Path } from '../../src/replay/path.ts';
import { pathHash } from '../../src/replay/path-hash.ts';

const last = Float64Array.of(10, Number.NaN, 8, 0.5, 14, 0.25);
const path: Path = {
  symbols: ['A', 'B'],
  time: Float64Array.of(0, 10, 10),
  jump: Uint8Array.of(0, 0, 1),
  last,
  mark: last,
  marked: Uint8Array.of(0, 0),
};

/** Flips one bit of a copy. */
function flipped<T extends Float64Array | Uint8Array>(values: T, bit: number): T {
  const copy = values.slice() as T;
  const bytes = new Uint8Array(copy.buffer);
  bytes[bit >> 3] = bytes[bit >> 3]! ^ (1 << (bit & 7));
  return copy;
}

const sha = (...parts: (string | Uint8Array)[]): Buffer =>
  parts
    .reduce<ReturnType<typeof createHash>>((hash, part) => hash.update(part), createHash('sha256'))
    .digest();

describe('pathHash', () => {
  it('is the SHA-256 of the bytes that its definition names', () => {
    // 10 = 0x4024000000000000, 8 = 0x4020..., 0.5 = 0x3fe0..., 14 = 0x402c..., 0.25 = 0x3fd0..., NaN = 0x7ff8...
    const doubles = (...heads: string[]) =>
      sha(Buffer.from(heads.map((head) => `000000000000${head}`).join(''), 'hex'));
    const times = doubles('0000', '2440', '2440');
    const prices = doubles('2440', 'f87f', '2040', 'e03f', '2c40', 'd03f');
    const whole = sha('["A","B"]\n3\n', times, Uint8Array.of(0, 0, 1), prices, prices);
    expect(pathHash(path)).toBe(whole.toString('hex'));
  });

  it('differs where one bit of a time, a jump, a price or a mark does', () => {
    // Numbers of which no flipped bit makes a zero or a NaN, which have one form.
    const time = Float64Array.of(5, 10, 10);
    const prices = Float64Array.of(10, 9, 8, 0.5, 14, 0.25);
    const numbers: Path = { ...path, time, last: prices, mark: prices };
    const known = new Set([pathHash(numbers)]);
    for (let bit = 0; bit < 3 * 64; bit += 1) known.add(pathHash({ ...numbers, time: flipped(time, bit) }));
    for (let bit = 0; bit < 3 * 8; bit += 1) {
      known.add(pathHash({ ...numbers, jump: flipped(path.jump, bit) }));
    }
    for (let bit = 0; bit < 6 * 64; bit += 1) {
      known.add(pathHash({ ...numbers, last: flipped(prices, bit) }));
      known.add(pathHash({ ...numbers, mark: flipped(prices, bit) }));
    }
    expect(known.size).toBe(1 + 3 * 64 + 3 * 8 + 2 * 6 * 64);
  });

  it('differs by the names of the symbols and their order', () => {
    const hashes = [
      ['A', 'B'],
      ['B', 'A'],
      ['A', 'C'],
      ['AB', ''],
    ].map((symbols) => pathHash({ ...path, symbols }));
    expect(new Set(hashes).size).toBe(4);
  });

  it('takes -0 as 0, any NaN as none, and marks that are a copy as those that are shared', () => {
    const plain = Float64Array.of(10, Number.NaN, 8, 0.5, Number.NaN, 0.25);
    const bits = new BigUint64Array(plain.slice().buffer);
    bits[1] = 0xfff8000000000123n;
    bits[4] = 0x7ff0000000000001n;
    const odd = new Float64Array(bits.buffer);
    expect(pathHash({ ...path, time: Float64Array.of(-0, 10, 10), last: odd, mark: odd.slice() })).toBe(
      pathHash({ ...path, last: plain, mark: plain }),
    );
  });

  it('reads a view of a larger buffer, and more doubles than it turns into bytes at once', () => {
    const long = Float64Array.from({ length: 20_001 }, (_, i) => Math.sqrt(i));
    const one = (cells: Float64Array): Path => ({
      ...path,
      symbols: ['A'],
      time: cells,
      jump: new Uint8Array(cells.length),
      last: cells,
      mark: cells,
    });
    const framed = new Float64Array(long.length + 2);
    framed.set(long, 1);
    expect(pathHash(one(framed.subarray(1, -1)))).toBe(pathHash(one(long)));
    const bytes = sha(Buffer.from(long.buffer));
    const whole = sha('["A"]\n20001\n', bytes, new Uint8Array(20_001), bytes, bytes);
    expect(pathHash(one(long))).toBe(whole.toString('hex'));
  });
});
