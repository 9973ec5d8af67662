/** Days that are not there: counted, and said where what lies on either side is taken as consecutive. */
import { describe, expect, it } from 'vitest';
import type { Bars } from '../../../src/market/bars.ts';
import { barsOfReturns, someReturns, varOf } from '../../support/var-study.ts';

const DAYS = 301;
const whole = barsOfReturns('BTCUSDT', someReturns(DAYS - 1, 1));
const without = (...left: readonly number[]): Bars => {
  const keep = Array.from({ length: DAYS }, (_, i) => i).filter((i) => !left.includes(i));
  const column = (values: Float64Array) => Float64Array.from(keep, (i) => values[i] ?? 0);
  const { open, high, low, close, volume, time } = whole;
  return {
    ...whole,
    ...{ open: column(open), high: column(high), low: column(low), close: column(close) },
    ...{ volume: column(volume), time: column(time) },
  };
};
const set = ['studies.var.window=200', 'studies.var.methods=[historical]'];
const of = (bars: Bars, ...more: string[]) => varOf([bars], { set: [...set, ...more] });

describe('daily bars with holes', () => {
  it('lose the days that are missing and the first one after each hole', () => {
    expect(of(whole).result.window.dropped).toBe(0);
    // Two days and one, then three and one.
    expect(of(without(150, 151, 200, 201, 202)).result.window.dropped).toBe(7);
  });

  it('say that returns on either side of one are taken as consecutive', () => {
    const told = 'the returns have 2 holes, 7 missing in all: ewma, garch, fhs and a backtest take';
    expect(of(without(150, 151, 200, 201, 202)).warnings.join()).toContain(told);
    expect(of(whole).warnings).toEqual([]);
  });

  it('count those before the window where a backtest goes through them', () => {
    const early = without(40, 41);
    expect(of(early).warnings).toEqual([]);
    expect(of(early, 'studies.var.backtest=true').warnings.join()).toContain('a hole, 3 missing in all');
  });
});
