import { describe, expect, it } from 'vitest';
import { createRandom, nextBelow, nextUint32, nextUnit, splitMix64 } from '../../src/math/random.ts';

describe('nextUint32', () => {
  // rust-random/rngs, rand_xoshiro/src/xoshiro128starstar.rs, test `reference`, from xoshiro128starstar.c 1.1.
  it('draws the published numbers of xoshiro128** from the state 1, 2, 3, 4', () => {
    const random = { state: Uint32Array.of(1, 2, 3, 4) };
    const drawn = Array.from({ length: 10 }, () => nextUint32(random));
    expect(drawn).toEqual([
      11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804,
    ]);
  });
});

describe('splitMix64', () => {
  // rust-random/rngs, rand_xoshiro/src/splitmix64.rs, test `reference`, from splitmix64.c.
  it('gives the published numbers for the seed 1477776061723855037', () => {
    expect(splitMix64(1477776061723855037n, 5)).toEqual([
      1985237415132408290n,
      2979275885539914483n,
      13511426838097143398n,
      8488337342461049707n,
      15141737807933549159n,
    ]);
  });
});

describe('createRandom', () => {
  it('fills the state with two words of SplitMix64, low half first', () => {
    const [first = 0n, second = 0n] = splitMix64(42n, 2);
    const { state } = createRandom(42);
    expect(BigInt(state[0]!) + (BigInt(state[1]!) << 32n)).toBe(first);
    expect(BigInt(state[2]!) + (BigInt(state[3]!) << 32n)).toBe(second);
  });

  it('draws the same from the same seed, and otherwise from seeds 2^32 apart', () => {
    const draw = (seed: number) => nextUint32(createRandom(seed));
    expect(draw(5)).toBe(draw(5));
    expect(draw(5)).not.toBe(draw(5 + 4_294_967_296));
  });

  it('goes on from a copy of its state as from itself', () => {
    const random = createRandom(9);
    for (let i = 0; i < 100; i += 1) nextUint32(random);
    const copy = structuredClone(random);
    expect(Array.from({ length: 20 }, () => nextUint32(copy))).toEqual(
      Array.from({ length: 20 }, () => nextUint32(random)),
    );
  });

  it.each([-1, 0.5, 2 ** 53, Number.NaN])('refuses the seed %d', (seed) => {
    expect(() => createRandom(seed)).toThrow('a seed is a whole number from 0 to 2^53 - 1');
  });
});

describe('nextUnit', () => {
  it('stays in [0, 1), in steps of 2^-53, around one half', () => {
    const random = createRandom(1);
    let total = 0;
    for (let i = 0; i < 100_000; i += 1) {
      const u = nextUnit(random);
      expect(u >= 0 && u < 1 && Number.isInteger(u * 2 ** 53)).toBe(true);
      total += u;
    }
    // Five standard errors of a uniform mean.
    expect(Math.abs(total / 100_000 - 0.5)).toBeLessThan(5 * Math.sqrt(1 / 12 / 100_000));
  });

  it('is made of 27 bits of one draw and 26 of the next', () => {
    const random = { state: Uint32Array.of(1, 2, 3, 4) };
    // From the published draws 11520 and 0.
    expect(nextUnit(random)).toBe(((11520 >>> 5) * 2 ** 26) / 2 ** 53);
  });
});

describe('nextBelow', () => {
  it.each([1, 2, 3, 7, 700, 1000])('draws every number below %d about equally often', (n) => {
    const random = createRandom(n);
    const counts = new Float64Array(n);
    const draws = 200 * n;
    for (let i = 0; i < draws; i += 1) {
      const drawn = nextBelow(random, n);
      counts[drawn] = counts[drawn]! + 1;
    }
    let chiSquare = 0;
    for (const count of counts) chiSquare += ((count - 200) * (count - 200)) / 200;
    // Mean n - 1, variance 2 (n - 1); five deviations.
    expect(Math.abs(chiSquare - (n - 1))).toBeLessThanOrEqual(5 * Math.sqrt(2 * n));
  });

  it('reaches over the whole range of 2^32 and half of it', () => {
    const random = { state: Uint32Array.of(1, 2, 3, 4) };
    const drawn = Array.from({ length: 5 }, () => nextBelow(random, 4_294_967_296));
    expect(drawn).toEqual([11520, 0, 5927040, 70819200, 2031721883]);
    const other = createRandom(2);
    for (let i = 0; i < 1000; i += 1) expect(nextBelow(other, 2_147_483_649)).toBeLessThan(2_147_483_649);
  });

  it.each([0, -1, 4_294_967_297, Number.NaN])('refuses to draw below %d', (n) => {
    expect(() => nextBelow(createRandom(1), n)).toThrow('from 1 to 2^32 numbers');
  });
});
