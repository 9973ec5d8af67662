import { describe, expect, it } from 'vitest';
import { refused, requireReturns, tailOf } from '../../../src/risk/var/estimate.ts';

describe('tailOf', () => {
  it.each([
    [0.99, 0.01],
    [0.975, 0.025],
    [0.95, 0.05],
    [0.999, 0.001],
    [0.9, 0.1],
  ])('of %d is exactly %d', (confidence, tail) => {
    expect(tailOf(confidence)).toBe(tail);
  });

  it.each([0, 1, 99, -0.5, Number.NaN])('refuses %d', (confidence) => {
    expect(() => tailOf(confidence)).toThrow(
      new RangeError(`a confidence must lie strictly between 0 and 1, was ${confidence}`),
    );
  });
});

it('names the count or the row that is wrong', () => {
  expect(() => requireReturns(Float64Array.of(0.1), 2)).toThrow('returns must be at least 2, were 1');
  expect(() => requireReturns(Float64Array.of(0.1, Number.NaN), 2)).toThrow(
    'returns must be finite numbers, was NaN in row 1',
  );
});

it('has no number where a method refuses', () => {
  expect(refused('why')).toEqual({
    varRaw: null,
    esRaw: null,
    valid: false,
    reason: 'why',
    parameters: [],
  });
});
