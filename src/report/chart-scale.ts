/** From values to places in a drawing, with the round values of its axis. */
import type { Unit } from '../model/page.ts';
import { formatTick } from './format.ts';
import { type Ticks, ticksOf } from './ticks.ts';

export type Tick = {
  /** Share of the axis, 0 at its start. */
  readonly share: number;
  readonly label: string;
};

export type Scale = {
  readonly low: number;
  readonly high: number;
  /** Share of the axis, 0 at `low`, 1 at `high`. */
  readonly share: (value: number) => number;
  readonly ticks: readonly Tick[];
};

export type Range = { readonly low: number; readonly high: number };

/** An axis that ends where its range ends. */
export function tightScale(unit: Unit, range: Range, about: number): Scale {
  return scaleOf(unit, range, ticksOf(unit, range, about));
}

/** An axis that begins and ends at round values; zero belongs to it where the values begin near it. */
export function roundScale(unit: Unit, { low, high }: Range, about: number): Scale {
  const from = low > 0 && low <= high / 3 ? 0 : low;
  const { step } = ticksOf(unit, { low: from, high }, about);
  const range = {
    low: Math.floor(from / step + 1e-9) * step,
    high: Math.ceil(high / step - 1e-9) * step,
  };
  return scaleOf(unit, range, ticksOf(unit, range, about + 1));
}

function scaleOf(unit: Unit, { low, high }: Range, { step, values }: Ticks): Scale {
  const share = (value: number) => (value - low) / (high - low);
  const ticks = values.map((value) => ({ share: share(value), label: formatTick(unit, value, step) }));
  return { low, high, share, ticks };
}
