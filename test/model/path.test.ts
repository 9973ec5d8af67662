import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/model/errors.ts';
import {
  formatPath,
  getPath,
  type PathStep,
  parsePath,
  pathOf,
  sameValue,
  setPath,
} from '../../src/model/path.ts';

const report = {
  result: {
    levels: [
      { multiplier: 1, side: 'long', hits: 30, interval: { low: 0.1 } },
      { multiplier: 2, side: 'long', hits: 20, interval: { low: 0.2 } },
      { multiplier: 2, side: 'short', hits: 10, interval: { low: 0.3 } },
    ],
    endEquity: '100000.10',
    passed: true,
    none: null,
    grid: [
      [1, 2],
      [3, 4],
    ],
  },
  studies: { 'backtest-stops': { multipliers: [2] } },
};

const values = (path: string) => getPath(report, path).map((match) => match.value);
const paths = (path: string) => getPath(report, path).map((match) => match.path);

describe('getPath', () => {
  it('follows keys, also keys with hyphens', () => {
    expect(getPath(report, 'studies.backtest-stops.multipliers')).toEqual([
      { path: 'studies.backtest-stops.multipliers', value: [2] },
    ]);
  });

  it('takes one entry of a list by its index', () => {
    expect(values('result.levels[1].hits')).toEqual([20]);
    expect(values('result.grid[1][0]')).toEqual([3]);
    expect(values('result.levels[3]')).toEqual([]);
  });

  it('takes all entries of a list with concrete paths', () => {
    expect(values('result.levels[*].hits')).toEqual([30, 20, 10]);
    expect(paths('result.levels[*].interval.low')).toEqual([
      'result.levels[0].interval.low',
      'result.levels[1].interval.low',
      'result.levels[2].interval.low',
    ]);
    expect(values('result.grid[*][*]')).toEqual([1, 2, 3, 4]);
  });

  it('selects entries by one field and by several', () => {
    expect(paths('result.levels[multiplier=2]')).toEqual(['result.levels[1]', 'result.levels[2]']);
    expect(getPath(report, 'result.levels[multiplier=2,side=short].hits')).toEqual([
      { path: 'result.levels[2].hits', value: 10 },
    ]);
    expect(values('result.levels[multiplier=7].hits')).toEqual([]);
  });

  it('filters what an earlier selection left only by following it, never by joining lists', () => {
    expect(values('result.levels[multiplier=2][0]')).toEqual([]);
  });

  it('counts a list by .length and nothing else', () => {
    expect(getPath(report, 'result.levels.length')).toEqual([{ path: 'result.levels.length', value: 3 }]);
    expect(values('result.endEquity.length')).toEqual([]);
    expect(values('result.length')).toEqual([]);
  });

  it('finds values that are null or false', () => {
    expect(values('result.none')).toEqual([null]);
    expect(values('result.passed')).toEqual([true]);
  });

  it('finds nothing by a key that is only inherited, on a list, or on a plain value', () => {
    expect(values('result.constructor')).toEqual([]);
    expect(values('result.toString')).toEqual([]);
    expect(values('result.levels.hits')).toEqual([]);
    expect(values('result.endEquity.low')).toEqual([]);
    expect(values('result[0]')).toEqual([]);
  });

  it('gives every concrete path that names the same value again', () => {
    for (const { path, value } of getPath(report, 'result.levels[side=long].interval')) {
      expect(getPath(report, path)).toEqual([{ path, value }]);
    }
  });
});

describe('sameValue', () => {
  it.each([
    ['2', 2],
    ['2.0', 2],
    ['2', '2.00'],
    ['+2', 2],
    ['02', 2],
    ['1e-7', 0.0000001],
    ['0.0000001', 1e-7],
    ['-0', 0],
    ['100000.1', '100000.10'],
    ['1000000000000000000000', 1e21],
    ['.5', 0.5],
  ])('compares the decimal %s with %s by its number', (text, value) => {
    expect(sameValue(text, value)).toBe(true);
  });

  it.each([
    ['12345678901234567890.1', '12345678901234567890.2'],
    ['2', -2],
    ['2', 20],
    ['0.2', 2],
    ['', 0],
    ['.', 0],
    ['2x', 2],
    ['0x2', 2],
    ['1', true],
    ['0', null],
  ])('tells %s from %s, without rounding', (text, value) => {
    expect(sameValue(text, value)).toBe(false);
  });

  it('compares anything else as text', () => {
    expect(sameValue('true', true)).toBe(true);
    expect(sameValue('null', null)).toBe(true);
    expect(sameValue('long', 'long')).toBe(true);
    expect(sameValue('Long', 'long')).toBe(false);
    expect(sameValue('[object Object]', {})).toBe(false);
  });
});

describe('parsePath', () => {
  it.each([
    ['', 1, 'a key that begins with a letter', 'the end'],
    ['.a', 1, 'a key that begins with a letter', '".a"'],
    ['a.', 3, 'a key that begins with a letter after "."', 'the end'],
    ['a..b', 3, 'a key that begins with a letter after "."', '".b"'],
    ['a b', 2, '".", "[" or the end of the path', '" b"'],
    ['a[', 3, '"*]", an index such as "0]" or field=value', 'the end'],
    ['a[]', 3, '"*]", an index such as "0]" or field=value', '"]"'],
    ['a[-1]', 3, '"*]", an index such as "0]" or field=value', '"-1]"'],
    ['a[01]', 3, '"*]", an index such as "0]" or field=value', '"01]"'],
    ['a[1', 3, '"*]", an index such as "0]" or field=value', '"1"'],
    ['a[9007199254740993]', 3, '"*]", an index such as "0]" or field=value', '"9007199254740993]"'],
    ['a[**]', 3, '"*]", an index such as "0]" or field=value', '"**]"'],
    ['a[f]', 4, '"=" after the field "f"', '"]"'],
    ['a[f=]', 5, 'a value after "f="', '"]"'],
    ['a[f=1', 6, '"]" or ","', 'the end'],
    ['a[f=1,]', 7, '"*]", an index such as "0]" or field=value', '"]"'],
    ['a.length.b', 9, 'the end of the path after .length', '".b"'],
    ['a.__proto__', 3, 'a key that begins with a letter after "."', '"__proto__"'],
    ['a]', 2, '".", "[" or the end of the path', '"]"'],
  ])('refuses "%s" at position %i and says what it expected', (text, position, what, was) => {
    expect(() => parsePath(text)).toThrow(InputError);
    expect(() => parsePath(text)).toThrow(`must have ${what}`);
    expect(() => parsePath(text)).toThrow(`at position ${position}, was ${was} in "${text}"`);
  });

  it('reads the first name "length" as a key, since there is no list to count', () => {
    expect(parsePath('length')).toEqual([{ kind: 'key', key: 'length' }]);
  });

  it('keeps everything after the first "=" as the value', () => {
    expect(parsePath('a[f=x=y z]')).toEqual([
      { kind: 'key', key: 'a' },
      { kind: 'where', matches: [{ field: 'f', value: 'x=y z' }] },
    ]);
  });

  it('reads what formatPath writes back to the same steps', () => {
    const key = fc.stringMatching(/^[A-Za-z][A-Za-z0-9_-]{0,8}$/).filter((text) => text !== 'length');
    const value = fc.stringMatching(/^[^,\]\r\n]{1,8}$/);
    const step: fc.Arbitrary<PathStep> = fc.oneof(
      fc.record({ kind: fc.constant('key' as const), key }),
      fc.record({ kind: fc.constant('index' as const), index: fc.nat() }),
      fc.constant({ kind: 'all' as const }),
      fc.record({
        kind: fc.constant('where' as const),
        matches: fc.array(fc.record({ field: key, value }), { minLength: 1, maxLength: 3 }),
      }),
    );
    const path = fc.tuple(key, fc.array(step, { maxLength: 6 }), fc.boolean());
    fc.assert(
      fc.property(path, ([first, rest, counts]) => {
        const end: PathStep[] = counts ? [{ kind: 'length' }] : [];
        const steps: PathStep[] = [{ kind: 'key', key: first }, ...rest, ...end];
        expect(parsePath(formatPath(steps))).toEqual(steps);
      }),
      { seed: 2, numRuns: 500 },
    );
  });
});

describe('setPath', () => {
  it('changes one place and leaves the value given as it was', () => {
    const before = structuredClone(report);
    const after = setPath(report, 'result.levels[1].hits', 99);
    expect(getPath(after, 'result.levels[*].hits').map((match) => match.value)).toEqual([30, 99, 10]);
    expect(report).toEqual(before);
  });

  it('makes missing keys', () => {
    expect(setPath({}, 'guards.stops.multiplier', 3)).toEqual({ guards: { stops: { multiplier: 3 } } });
    expect(setPath(undefined, 'env', 'staging')).toEqual({ env: 'staging' });
  });

  it('writes a key named like a built-in one as an own key', () => {
    expect(Object.hasOwn(Object(setPath({}, 'constructor', 1)), 'constructor')).toBe(true);
  });

  it.each([
    ['a[*]', 'a path that sets a value must have keys and indices only, was [*] (a[*])'],
    ['a[f=1]', 'a path that sets a value must have keys and indices only, was [f=1] (a[f=1])'],
    ['a.length', 'a path that sets a value must have keys and indices only, was .length (a.length)'],
    ['a[2]', 'an index of a must be below its length 2, was 2 (a[2])'],
    ['a.b', 'a must hold keys, was [1,2] (a.b)'],
    ['n.b', 'n must hold keys, was 5 (n.b)'],
    ['n[0]', 'n must be a list, was 5 (n[0])'],
    ['m[0]', 'm must be a list, was nothing (m[0])'],
  ])('refuses %s', (path, message) => {
    expect(() => setPath({ a: [1, 2], n: 5 }, path, 0)).toThrow(InputError);
    expect(() => setPath({ a: [1, 2], n: 5 }, path, 0)).toThrow(message);
  });

  it('is read back by getPath at the same path', () => {
    const part = fc.oneof(fc.constantFrom('a', 'b', 'backtest-stops'), fc.constant(0));
    fc.assert(
      fc.property(fc.array(part, { maxLength: 5 }), fc.integer(), (rest, value) => {
        const parts = ['root', ...rest];
        const shape = parts.reduceRight<unknown>((inner, p) => (p === 0 ? [inner] : { [p]: inner }), null);
        const path = pathOf(parts);
        expect(getPath(setPath(shape, path, value), path)).toEqual([{ path, value }]);
      }),
      { seed: 3 },
    );
  });
});
