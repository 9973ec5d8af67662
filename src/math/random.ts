/**
 * Seeded chance: xoshiro128** in 32-bit integer arithmetic, so that every engine draws the same numbers.
 *
 * The state starts from two outputs of SplitMix64, so that near seeds give unlike streams. No draw goes through a
 * function whose last bit an engine may choose (log, sin, pow): what is made from a seed is the same bytes everywhere.
 *
 * Source  Blackman and Vigna, Scrambled linear pseudorandom number generators, 2018, xoshiro128starstar 1.1;
 *         Steele, Lea and Flood 2014 and Vigna, splitmix64
 */
import { assert } from '../model/errors.ts';

/** Four words; plain data, changed in place by every draw. */
export type Random = { readonly state: Uint32Array };

/** @param seed  a whole number from 0 to 2^53 - 1; all of its bits count */
export function createRandom(seed: number): Random {
  assert(Number.isSafeInteger(seed) && seed >= 0, 'a seed is a whole number from 0 to 2^53 - 1');
  const words = splitMix64(BigInt(seed), 2);
  return {
    state: Uint32Array.from(words.flatMap((word) => [Number(word & 0xffffffffn), Number(word >> 32n)])),
  };
}

/** The first outputs of SplitMix64, each a whole number in [0, 2^64). */
export function splitMix64(seed: bigint, count: number): bigint[] {
  return Array.from({ length: count }, (_, i) => {
    let word = BigInt.asUintN(64, seed + BigInt(i + 1) * 0x9e3779b97f4a7c15n);
    word = BigInt.asUintN(64, (word ^ (word >> 30n)) * 0xbf58476d1ce4e5b9n);
    word = BigInt.asUintN(64, (word ^ (word >> 27n)) * 0x94d049bb133111ebn);
    return word ^ (word >> 31n);
  });
}

/** A whole number in [0, 2^32). */
export function nextUint32({ state }: Random): number {
  const s0 = state[0]!;
  const s1 = state[1]!;
  const s2 = state[2]! ^ s0;
  const s3 = state[3]! ^ s1;
  const times5 = Math.imul(s1, 5);
  state[0] = s0 ^ s3;
  state[1] = s1 ^ s2;
  state[2] = s2 ^ (s1 << 9);
  state[3] = (s3 << 11) | (s3 >>> 21);
  return Math.imul((times5 << 7) | (times5 >>> 25), 9) >>> 0;
}

/** A number in [0, 1), a multiple of 2^-53, every one equally likely. */
export function nextUnit(random: Random): number {
  const high = nextUint32(random) >>> 5;
  const low = nextUint32(random) >>> 6;
  return (high * 67_108_864 + low) / 9_007_199_254_740_992;
}

/**
 * A whole number in [0, n), every one equally likely.
 *
 * @param n  a whole number in 1..2^32
 */
export function nextBelow(random: Random, n: number): number {
  assert(n >= 1 && n <= 4_294_967_296, 'a draw is from 1 to 2^32 numbers');
  if (n === 1) return 0;
  // As many high bits as n - 1 has, drawn again until they are below n: a remainder would favour small numbers.
  const shift = Math.clz32(n - 1);
  let draw = nextUint32(random) >>> shift;
  while (draw >= n) draw = nextUint32(random) >>> shift;
  return draw;
}

/**
 * A draw of mean 0 and deviation 1, near normal: the sum of twelve uniform draws less six, within [-6, 6]. Additions alone,
 * so that it is the same bytes everywhere.
 */
export function drawNormal(random: Random): number {
  let sum = -6;
  for (let i = 0; i < 12; i += 1) sum += nextUnit(random);
  return sum;
}
