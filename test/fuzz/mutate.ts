/** What happens to files on their way: cut, swapped, quoted, re-encoded, blown up, emptied, overwritten. */
import { nextBelow, nextUint32, type Random } from '../../src/math/random.ts';

type Mutation = (bytes: Uint8Array, random: Random) => Uint8Array;

const encoder = new TextEncoder();
const pieces = [
  ',',
  '"',
  '\n',
  '\r\n',
  '\0',
  '-',
  'NaN',
  'null',
  '1e999',
  '0',
  '999999999999999999',
  ';',
  '\t',
  '[',
  '}',
  'é',
  '1.67867E+12',
];

/** The names are what a count of outcomes is kept by. */
export const mutations: Readonly<Record<string, Mutation>> = {
  cut: (bytes, random) => bytes.slice(0, nextBelow(random, bytes.length)),
  swapped: (bytes, random) => {
    const out = bytes.slice();
    const [a, b] = [nextBelow(random, out.length), nextBelow(random, out.length)];
    [out[a], out[b]] = [bytes[b] ?? 0, bytes[a] ?? 0];
    return out;
  },
  flipped: (bytes, random) => {
    const out = bytes.slice();
    const at = nextBelow(random, out.length);
    out[at] = (out[at] ?? 0) ^ (1 << nextBelow(random, 8));
    return out;
  },
  inserted: (bytes, random) => {
    const piece = encoder.encode(pieces[nextBelow(random, pieces.length)] ?? '');
    const at = nextBelow(random, bytes.length);
    return joined(bytes.slice(0, at), piece, bytes.slice(at));
  },
  removed: (bytes, random) => {
    const at = nextBelow(random, bytes.length);
    return joined(bytes.slice(0, at), bytes.slice(at + 1 + nextBelow(random, 40)));
  },
  'lines shuffled': (bytes, random) => {
    const lines = new TextDecoder('latin1').decode(bytes).split('\n');
    const [a, b] = [nextBelow(random, lines.length), nextBelow(random, lines.length)];
    [lines[a], lines[b]] = [lines[b] ?? '', lines[a] ?? ''];
    return Uint8Array.from(lines.join('\n'), (c) => c.charCodeAt(0));
  },
  quoted: (bytes) => encoder.encode(new TextDecoder().decode(bytes).replaceAll(/[^,\n]+/g, '"$&"')),
  'utf-16': (bytes) => {
    const wide = new Uint8Array(2 + 2 * bytes.length);
    wide.set([0xff, 0xfe]);
    for (const [i, byte] of bytes.entries()) wide[2 + 2 * i] = byte;
    return wide;
  },
  bom: (bytes) => joined(Uint8Array.of(0xef, 0xbb, 0xbf), bytes),
  huge: (bytes) => joined(...new Array<Uint8Array>(200).fill(bytes)),
  empty: () => new Uint8Array(0),
  blank: () => encoder.encode('\n\n \n'),
  binary: (bytes, random) => Uint8Array.from(bytes, () => nextUint32(random) & 255),
};

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}
