/** Seeded bars of any length for the benches. */
import type { Bars } from '../../src/market/bars.ts';
import { createRandom, nextUnit } from '../../src/math/random.ts';

export function randomBars(count: number, interval: number, symbol = 'BTCUSDT', seed = 42): Bars {
  const random = createRandom(seed);
  const column = () => new Float64Array(count);
  const bars = {
    time: column(),
    open: column(),
    high: column(),
    low: column(),
    close: column(),
    volume: column(),
  };
  let price = 30_000;
  for (let i = 0; i < count; i += 1) {
    const open = price;
    price *= 1 + (nextUnit(random) - 0.5) * 0.002;
    bars.time[i] = 1_600_000_000_000 - (1_600_000_000_000 % 86_400_000) + i * interval;
    bars.open[i] = open;
    bars.close[i] = price;
    bars.high[i] = Math.max(open, price) * (1 + nextUnit(random) * 0.0005);
    bars.low[i] = Math.min(open, price) * (1 - nextUnit(random) * 0.0005);
    bars.volume[i] = nextUnit(random) * 10;
  }
  return { symbol, interval, ...bars };
}
