/**
 * Simulated prices of the sample, minute by minute, of all coins at once.
 *
 * An hour's volatility follows a GARCH(1,1) recursion on what all coins share, times a slow wave; a mixture of three
 * sizes gives fat tails; slow drifts give trends to follow. Only + - * / and square roots decide, so that every
 * engine makes the same bytes: a price moves by the factor 1 + return, never through exp or log.
 */
import { nextUnit, type Random } from '../../src/math/random.ts';
import { type Coin, coins, HOURS, type Shock, shocks } from './plan.ts';
import { nextNormal } from './random-normal.ts';

export const MINUTES = 60;

/** Mean return of an hour, in standard deviations of it: what the year earns but for its shocks. */
const RISE = 0.012;

const FALL_FROM = 4;
const FALL_MINUTES = 18;
const BACK_FROM = 24;
const BACK_MINUTES = 30;

type Climate = { variance: number; wave: number; drift: number };

/** One row a coin, in the order of the plan: prices in ticks, whole numbers; minute m of hour h at 60 h + m. */
export function simulateMinutes(random: Random): Float64Array[] {
  const paths = coins.map(() => new Float64Array(HOURS * MINUTES));
  const prices = coins.map(({ price }) => price);
  const drifts = coins.map(() => 0);
  const climate: Climate = { variance: 1, wave: 1, drift: 0 };
  const byHour = new Map(shocks.map((shock) => [shock.hour, shock]));
  for (let hour = 0; hour < HOURS; hour += 1) {
    const shock = byHour.get(hour);
    const common = commonSteps(random);
    const scale = (Math.sqrt(climate.variance) * climate.wave) / Math.sqrt(MINUTES);
    coins.forEach((coin, i) => {
      drifts[i] = 0.985 * drifts[i]! + 0.004 * nextNormal(random);
      const drift = ((RISE + climate.drift + drifts[i]!) * coin.hourly) / MINUTES;
      const returns = returnsOf(random, coin, common).map(
        (step, minute) => step * scale + drift + coin.beta * shockReturn(shock, minute),
      );
      const out = paths[i]!.subarray(hour * MINUTES, (hour + 1) * MINUTES);
      prices[i] = walk(prices[i]!, returns, coin.ticks, out);
    });
    turn(random, climate, common, shock);
  }
  return paths;
}

/** Unit steps of what all coins share, one a minute, of a size drawn for the hour. */
function commonSteps(random: Random): number[] {
  const size = tailSize(random);
  return Array.from({ length: MINUTES }, () => size * nextNormal(random));
}

function returnsOf(random: Random, { hourly, loading }: Coin, common: readonly number[]): number[] {
  const own = Math.sqrt(1 - loading * loading) * tailSize(random);
  return common.map((shared) => hourly * (loading * shared + own * nextNormal(random)));
}

/** Three sizes whose squares average 1. */
function tailSize(random: Random): number {
  const draw = nextUnit(random);
  if (draw < 0.02) return 3;
  return draw < 0.14 ? 1.5 : 0.8;
}

/** Writes the price after each return in ticks, and returns the last one unrounded. */
function walk(from: number, returns: readonly number[], ticks: number, out: Float64Array): number {
  let price = from;
  returns.forEach((value, minute) => {
    price *= 1 + value;
    out[minute] = Math.round(price * ticks);
  });
  return price;
}

function shockReturn(shock: Shock | undefined, minute: number): number {
  if (shock === undefined) return 0;
  if (minute === 0) return shock.gap;
  if (minute >= FALL_FROM && minute < FALL_FROM + FALL_MINUTES) return shock.move / FALL_MINUTES;
  if (minute >= BACK_FROM && minute < BACK_FROM + BACK_MINUTES)
    return (-shock.move * shock.rebound) / BACK_MINUTES;
  return 0;
}

/** The climate of the next hour: GARCH on the hour's shared return, the slow wave, the shared drift. */
function turn(random: Random, climate: Climate, common: readonly number[], shock: Shock | undefined): void {
  const sum = common.reduce((total, step) => total + step, 0);
  const square = Math.min((sum * sum) / MINUTES, 25) * climate.variance;
  const after = shock === undefined ? 0 : 60 * Math.abs(shock.move);
  climate.variance = Math.min(0.04 + 0.1 * square + 0.86 * climate.variance + after, 20);
  const wave = 1 + 0.998 * (climate.wave - 1) + 0.025 * nextNormal(random);
  climate.wave = Math.min(Math.max(wave, 0.55), 1.7);
  climate.drift = 0.985 * climate.drift + 0.008 * nextNormal(random);
}
