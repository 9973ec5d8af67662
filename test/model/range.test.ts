import { describe, expect, test } from 'vitest';
import { InputError } from '../../src/model/errors.ts';
import { parseRange } from '../../src/model/range.ts';

describe('parseRange', () => {
  test('gives both ends, each value the double nearest to its decimal', () => {
    expect(parseRange('0.5:1:0.1')).toEqual([0.5, 0.6, 0.7, 0.8, 0.9, 1]);
    expect(parseRange('0.5:6:0.1')).toHaveLength(56);
    expect(parseRange('0.5:6:0.1').at(33)).toBe(3.8);
    expect(parseRange('1:2:0.4')).toEqual([1, 1.4, 1.8]);
    expect(parseRange('2:2:1')).toEqual([2]);
  });
  test.each(['', '1:2', '2:1:0.5', '1:2:0', '0:1000:0.001', '1:a:1', '-1:2:1'])('refuses "%s"', (text) => {
    expect(() => parseRange(text)).toThrow(InputError);
  });
});
