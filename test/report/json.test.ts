import { describe, expect, it } from 'vitest';
import { InvariantError } from '../../src/model/errors.ts';
import { jsonText } from '../../src/report/json.ts';

describe('jsonText', () => {
  it('writes keys in the order given, two spaces of indent, a final newline', () => {
    expect(jsonText({ b: 1, a: [true, null, 'x'], empty: {}, none: [] })).toBe(
      '{\n  "b": 1,\n  "a": [\n    true,\n    null,\n    "x"\n  ],\n  "empty": {},\n  "none": []\n}\n',
    );
  });

  it('writes -0 as 0 and every number in its shortest text', () => {
    expect(jsonText([-0, 0.1, 1e21, 1e-7, 5e-324, 0.1 + 0.2, 1_652_328_000_000])).toBe(
      '[\n  0,\n  0.1,\n  1e+21,\n  1e-7,\n  5e-324,\n  0.30000000000000004,\n  1652328000000\n]\n',
    );
  });

  it('escapes texts, so that they read back the same', () => {
    const text = 'quote " backslash \\ newline \n bell \u0007 lone \ud800 emoji 😀';
    expect(JSON.parse(jsonText({ text }))).toEqual({ text });
    expect(jsonText('\ud800')).toBe('"\\ud800"\n');
  });

  // biome would rewrite a hole, so it is made by its length.
  const hole: unknown[] = [];
  hole.length = 1;
  it.each<[string, unknown, string]>([
    ['NaN', { a: [{ b: Number.NaN }] }, 'report.a[0].b is a finite number, was NaN'],
    ['Infinity', [1, Number.NEGATIVE_INFINITY], 'report[1] is a finite number, was -Infinity'],
    ['a key whose value is undefined', { a: undefined }, 'report.a is plain JSON, was undefined'],
    ['a hole in an array', { a: hole }, 'report.a[0] is plain JSON, was undefined'],
    ['a typed array', { a: new Float64Array(2) }, 'report.a is plain JSON, was Float64Array'],
    ['a map', { a: new Map() }, 'report.a is plain JSON, was Map'],
    ['an object that writes itself', { a: { toJSON: () => 1 } }, 'report.a is plain JSON, was Object'],
    ['a big integer', { a: 1n }, 'report.a is plain JSON, was bigint'],
    [
      'an object without a prototype',
      { a: Object.create(null) },
      'report.a is plain JSON, was a bare object',
    ],
  ])('refuses %s and says where it is', (_, value, message) => {
    expect(() => jsonText(value)).toThrow(InvariantError);
    expect(() => jsonText(value)).toThrow(message);
  });

  it('leaves the value as it was', () => {
    const value = Object.freeze({ a: Object.freeze([-0]) });
    jsonText(value);
    expect(Object.is(value.a[0], -0)).toBe(true);
  });
});
