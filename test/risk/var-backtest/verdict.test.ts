import { describe, expect, it } from 'vitest';
import { varVerdict } from '../../../src/risk/var-backtest/verdict.ts';

describe('varVerdict', () => {
  it.each([
    [0.05, 0.05, 0.5, 'pass'],
    [0.0499, 0.9, 1, 'fail'],
    [0.9, 0.0499, 1, 'fail'],
    [0.9, 0.9, 0.4999, 'inconclusive'],
    [0.01, 0.9, 0, 'fail'],
  ])(
    'of coverage %d, conditional coverage %d and power %d is %4$s',
    (kupiec, conditional, power, verdict) => {
      expect(varVerdict(kupiec, conditional, power)).toBe(verdict);
    },
  );

  it.each([
    [Number.NaN, 0.5, 0.5, 'kupiec'],
    [0.5, 1.1, 0.5, 'conditional'],
    [0.5, 0.5, -0.1, 'power'],
  ])('refuses %d, %d, %d', (kupiec, conditional, power, name) => {
    expect(() => varVerdict(kupiec, conditional, power)).toThrow(`${name} must be in [0, 1]`);
  });
});
