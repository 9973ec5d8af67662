import type { Bars } from '../../src/market/bars.ts';

/** Hourly bars with invented prices of many digits, from a small generator of their own (a linear congruence). */
export function invented(count: number): Bars {
  let state = 12345;
  const random = (): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return state / 4_294_967_296;
  };
  const column = (cell: (i: number) => number): Float64Array =>
    Float64Array.from({ length: count }, (_, i) => cell(i));
  const open = column(() => 100 + 50 * random());
  const close = column(() => 100 + 50 * random());
  const high = column((i) => Math.max(open[i]!, close[i]!) + random());
  const low = column((i) => Math.min(open[i]!, close[i]!) - random());
  const volume = column(() => 1000 * random());
  const time = column((i) => 1_600_000_000_000 - (1_600_000_000_000 % 3_600_000) + i * 3_600_000);
  return { symbol: 'TESTUSDT', interval: 3_600_000, time, open, high, low, close, volume };
}
