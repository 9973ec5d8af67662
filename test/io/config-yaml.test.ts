import { describe, expect, it } from 'vitest';
import { readYaml } from '../../src/io/config-yaml.ts';

function valueIn(text: string): unknown {
  const yaml = readYaml(text);
  if ('problem' in yaml) throw new Error(yaml.problem);
  return yaml.value;
}

describe('readYaml', () => {
  it.each([
    ['on', 'on'],
    ['off', 'off'],
    ['yes', 'yes'],
    ['no', 'no'],
    ['true', true],
    ['010', 10],
    ['0o10', 8],
    ['0x10', 16],
    ['1e3', 1000],
    ['1_000', '1_000'],
    ['12:30:45', '12:30:45'],
    ['2022-05-09', '2022-05-09'],
    ['2022-05-09T00:00:00Z', '2022-05-09T00:00:00Z'],
    ['~', null],
    ['', null],
    ['"2"', '2'],
    ['.5', 0.5],
    ['.nan', Number.NaN],
    ['.inf', Number.POSITIVE_INFINITY],
  ])('reads %s by the core schema of YAML 1.2', (text, value) => {
    expect(valueIn(`a: ${text}`)).toEqual({ a: value });
  });

  it('knows every number as it is written, with the digits that a double cuts, and no text or word', () => {
    const yaml = readYaml('a: 0.1234567890123456789\nb: [1e3, "2.50", -0.0, x, .5]\n');
    if ('problem' in yaml) throw new Error(yaml.problem);
    expect(yaml.numberText('a')).toBe('0.1234567890123456789');
    expect([0, 1, 2, 3, 4].map((i) => yaml.numberText(`b[${i}]`))).toEqual(['1e3', null, '-0.0', null, '.5']);
    expect(yaml.numberText('c')).toBeNull();
  });

  it('reads a text of comments as null', () => {
    expect(valueIn('# nothing\n')).toBeNull();
  });

  it('reads a merge key as a plain key', () => {
    expect(valueIn('<<: { a: 1 }')).toEqual({ '<<': { a: 1 } });
  });

  it('keeps a key named like a built-in one as an own key', () => {
    expect(Object.keys(Object(valueIn('__proto__: { a: 1 }')))).toEqual(['__proto__']);
  });

  it('remembers the line of each key and list entry', () => {
    const yaml = readYaml('# head\na:\n  b: 1\n\n  c-d:\n    - 1\n    - x: 2\ne: [1,\n  2]\n');
    if ('problem' in yaml) throw new Error(yaml.problem);
    const lines = ['a', 'a.b', 'a.c-d', 'a.c-d[0]', 'a.c-d[1]', 'a.c-d[1].x', 'e', 'e[0]', 'e[1]', 'none'];
    expect(lines.map((path) => yaml.lineOf(path))).toEqual([2, 3, 5, 6, 7, 7, 8, 8, 9, null]);
  });

  it('counts lines that end by CR LF', () => {
    const yaml = readYaml('a: 1\r\nb: 2\r\n');
    expect('problem' in yaml ? null : yaml.lineOf('b')).toBe(2);
  });

  it.each([
    [
      'a key twice',
      'a: 1\nb: 2\na: 3\n',
      3,
      'a key must stand once in its section, a stood there twice: keep one of them',
    ],
    [
      'a key twice in a flow map',
      'x: 1\ny: { a: 1, a: 2 }',
      2,
      'a key must stand once in its section, a stood there twice',
    ],
    ['an open list', 'a: 1\nb: [1, 2\n', 3, 'it must be YAML'],
    ['a tab', 'a:\n\tb: 1\n', 2, 'lines must be indented by spaces, was a tab'],
    ['two documents', 'a: 1\n---\nb: 2\n', 2, 'it must hold one document'],
    ['an alias', 'a: &x 1\nb: *x\n', 2, 'without aliases and tags'],
    ['an unknown tag', 'a: 1\nb: !secret 1\n', 2, 'it must be YAML'],
    ['a tag of another schema', 'a: 1\nb: !!timestamp 2001-01-01\n', 2, 'without aliases and tags'],
    ['a set', 'a: !!set { x }', 1, 'without aliases and tags'],
    ['a list as a key', '? [1]\n: 2\n', 1, 'a key must be a plain word'],
    ['another version', '%YAML 1.1\n---\na: on\n', 1, 'it must be YAML 1.2'],
    ['nesting without end', '['.repeat(50_000), 1, 'it must be'],
  ])('refuses %s and names the line', (_, text, line, problem) => {
    const yaml = readYaml(text);
    expect(yaml).toEqual({ problem: expect.stringContaining(problem), line });
  });
});
