import { expect, test } from 'vitest';
import { joinFunding } from '../../src/market/join-funding.ts';
import { ratesOf } from '../support/funding-study.ts';

const HOUR = 3_600_000;
const later = (hours: number, rates: readonly number[]) => {
  const funding = ratesOf(rates);
  return { ...funding, time: funding.time.map((at) => at + hours * HOUR) };
};

test('puts months in order, keeps what two files share once, and reads the intervals anew', () => {
  const one = joinFunding([later(24, [0.004, 0.005]), ratesOf([0.001, 0.002, 0.003, 0.004])]);
  expect([...one.rate]).toEqual([0.001, 0.002, 0.003, 0.004, 0.005]);
  expect([...one.time].map((at) => at / HOUR)).toEqual([0, 8, 16, 24, 32]);
  expect([...one.interval].map((ms) => ms / HOUR)).toEqual([8, 8, 8, 8, 8]);
});

test('leaves one file as it is', () => {
  const one = ratesOf([0.001, 0.002]);
  expect(joinFunding([one])).toBe(one);
});

test('refuses files that disagree', () => {
  expect(() => joinFunding([ratesOf([0.001, 0.002]), later(8, [0.003, 0.004])])).toThrow(
    'files of AAAUSDT must agree on a settlement, gave 0.002 and 0.003 at 1970-01-01 08:00',
  );
});
