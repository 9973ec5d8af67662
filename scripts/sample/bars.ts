/** Hourly bars from minutes, and their file. */
import { nextUnit, type Random } from '../../src/math/random.ts';
import { MINUTES } from './minutes.ts';
import { type Coin, HOURS, START } from './plan.ts';

export const HOUR = 3_600_000;

/** Columns of prices in ticks, one row an hour, holes not yet cut out. */
export type HourBars = {
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
};

/** The bars that a path of minutes makes: every minute's price lies inside its bar. */
export function hourBars(minutes: Float64Array): HourBars {
  const hours = Array.from({ length: HOURS }, (_, hour) =>
    minutes.subarray(hour * MINUTES, (hour + 1) * MINUTES),
  );
  return {
    open: Float64Array.from(hours, (hour) => hour[0]!),
    high: Float64Array.from(hours, (hour) => Math.max(...hour)),
    low: Float64Array.from(hours, (hour) => Math.min(...hour)),
    close: Float64Array.from(hours, (hour) => hour[MINUTES - 1]!),
  };
}

/** `timestamp,open,high,low,close,volume`, without the rows of the coin's hole. */
export function barsFile(random: Random, coin: Coin, bars: HourBars): string {
  const lines = ['timestamp,open,high,low,close,volume'];
  for (let hour = 0; hour < HOURS; hour += 1) {
    const { open, high, low, close } = cellsOf(bars, hour);
    const volume = volumeOf(random, coin, (high - low) / open);
    if (isInHole(coin, hour)) continue;
    const prices = [open, high, low, close].map((ticks) => priceText(coin, ticks));
    lines.push([START + hour * HOUR, ...prices, volume.toFixed(3)].join(','));
  }
  return `${lines.join('\n')}\n`;
}

export function isInHole({ hole }: Coin, hour: number): boolean {
  return hour >= hole.from && hour < hole.from + hole.bars;
}

export function priceText({ ticks, places }: Coin, price: number): string {
  return (price / ticks).toFixed(places);
}

function cellsOf(bars: HourBars, hour: number) {
  return {
    open: bars.open[hour]!,
    high: bars.high[hour]!,
    low: bars.low[hour]!,
    close: bars.close[hour]!,
  };
}

/** More is traded where prices move more. */
function volumeOf(random: Random, { volume, hourly }: Coin, range: number): number {
  return volume * (0.4 + 0.6 * nextUnit(random)) * (0.3 + range / (1.5 * hourly));
}
