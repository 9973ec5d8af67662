import { describe, expect, it } from 'vitest';
import { mergeInstants } from '../../src/replay/merge-instants.ts';

const EVER = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY] as const;

/** Times, a jump written as a string. */
function merged(series: readonly (readonly number[])[], [from, to] = EVER as readonly [number, number]) {
  const { time, jump } = mergeInstants(
    series.map((times) => Float64Array.from(times)),
    from,
    to,
  );
  return Array.from(time, (at, i) => (jump[i] === 1 ? `jump ${at}` : at));
}

describe('mergeInstants', () => {
  it('is the union of all times, ascending, each once', () => {
    expect(
      merged([
        [1, 4, 9],
        [2, 4, 8, 11],
      ]),
    ).toEqual([1, 2, 4, 8, 9, 11]);
  });

  it('steps where one series does, once for all that step at that time', () => {
    expect(
      merged([
        [1, 4, 4, 9],
        [4, 6, 6],
        [4, 4],
      ]),
    ).toEqual([1, 4, 'jump 4', 6, 'jump 6', 9]);
  });

  it('steps as often as the series with most knots of a time', () => {
    expect(
      merged([
        [5, 5],
        [5, 5, 5, 5],
      ]),
    ).toEqual([5, 'jump 5', 'jump 5', 'jump 5']);
  });

  it('is empty without series, without times and where the span ends before it begins', () => {
    expect(merged([])).toEqual([]);
    expect(merged([[], []])).toEqual([]);
    expect(merged([[1, 3]], [2.5, 1.5])).toEqual([]);
  });

  it.each([
    ['cuts the legs that the ends of the span lie in', [2, 7], [2, 4, 'jump 4', 6, 7]],
    ['keeps both sides of a step at its first instant', [4, 6], [4, 'jump 4', 6]],
    ['keeps both sides of a step at its last instant', [1, 4], [1, 4, 'jump 4']],
    ['has no instant before the first and after the last time', [0, 99], [1, 4, 'jump 4', 6, 9]],
    ['has both ends inside of one leg', [7, 8], [7, 8]],
    ['is one instant where it has no length inside a leg', [7, 7], [7]],
    ['is one instant where it has no length at a time', [6, 6], [6]],
    ['is empty before the first time', [-5, 0], []],
    ['is empty behind the last time', [10, 12], []],
    ['ends inside the first leg', [-5, 2], [1, 2]],
    ['begins inside the last leg', [8, 12], [8, 9]],
  ] as const)('%s', (_, span, instants) => {
    expect(merged([[1, 4, 4, 6, 9]], span)).toEqual(instants);
  });
});
