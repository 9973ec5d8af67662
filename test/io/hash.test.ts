import { describe, expect, it } from 'vitest';
import { canonicalJson, hashText } from '../../src/io/hash.ts';

describe('hashText', () => {
  // FIPS 180-4 examples of SHA-256: the one-block message "abc", and the empty message.
  it('is SHA-256 in lower-case hex', () => {
    expect(hashText('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
    expect(hashText('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  });
});

describe('canonicalJson', () => {
  it('sorts keys by code unit at every depth, whatever order they were written in', () => {
    expect(canonicalJson({ b: 1, a: { d: [2, { z: 1, y: 2 }], C: null } })).toBe(
      '{"a":{"C":null,"d":[2,{"y":2,"z":1}]},"b":1}',
    );
  });

  it('writes -0 as 0', () => {
    expect(canonicalJson([-0])).toBe('[0]');
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, undefined, Symbol.iterator])('refuses %s', (value) => {
    expect(() => canonicalJson({ a: value })).toThrow();
  });
});
