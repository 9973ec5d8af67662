/**
 * A seeded Brownian bridge between two prices: how a market may have gone from one known price to the next.
 *
 *   x' = x + (end - x) dt / left + sigma sqrt(dt (left - dt) / left) z
 *
 * on log prices, `left` the time to the end, z of mean 0 and deviation 1. The steps are a quarter of a bar, so that bars have
 * the wicks that ranges such as the ATR look at; z is uniform, which four steps a bar make near normal. The walk is reflected
 * at bounds, so that a known extreme stays one.
 */
import { nextUnit, type Random } from '../math/random.ts';
import type { Known } from '../model/scenario.ts';
import { MS_PER_DAY } from '../model/time.ts';

const STEPS_A_BAR = 4;
/** A uniform draw from an interval of this length has deviation 1. */
const ROOT_OF_12 = Math.sqrt(12);

export type BridgeRule = {
  /** Volatility of a day. */
  readonly sigma: number;
  /** Of the bars that it is seen through, ms. */
  readonly interval: number;
  /** Prices that it does not leave; 0 and Infinity for none. */
  readonly low: number;
  readonly high: number;
};

/** The points strictly between two known ones. */
export function bridge(from: Known, to: Known, rule: BridgeRule, random: Random): Known[] {
  const { sigma, interval } = rule;
  const low = Math.log(rule.low);
  const high = Math.log(rule.high);
  const end = Math.log(to.value);
  const points: Known[] = [];
  let now = from.time;
  let x = Math.log(from.value);
  const stride = interval / STEPS_A_BAR;
  for (let time = nextOn(from.time, stride); time < to.time; time += stride) {
    const left = to.time - now;
    const step = time - now;
    const spread = sigma * Math.sqrt((step * (left - step)) / left / MS_PER_DAY);
    x = reflected(x + ((end - x) * step) / left + spread * (nextUnit(random) - 0.5) * ROOT_OF_12, low, high);
    points.push({ time, value: Math.exp(x) });
    now = time;
  }
  return points;
}

function nextOn(time: number, interval: number): number {
  return (Math.floor(time / interval) + 1) * interval;
}

function reflected(x: number, low: number, high: number): number {
  if (x < low) return Math.min(2 * low - x, high);
  if (x > high) return Math.max(2 * high - x, low);
  return x;
}
