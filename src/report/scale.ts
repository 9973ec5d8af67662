/** From values to places on a chart, with round ticks. */

export type Scale = {
  readonly place: (value: number) => number;
  readonly ticks: readonly number[];
};

/** A straight scale from [low, high] to [from, to]; ticks lie inside [low, high] at 1, 2 or 5 times a power of ten. */
export function scaleOf(low: number, high: number, from: number, to: number): Scale {
  const span = high > low ? high - low : 1;
  const step = roundStep(span / 6);
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor((low + span) / step + 1e-9);
  const ticks = Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => tick(first + i, step));
  return { place: (value) => from + ((value - low) / span) * (to - from), ticks };
}

function roundStep(rough: number): number {
  const power = Number(`1e${Math.floor(Math.log10(rough))}`);
  const lead = rough / power;
  const round = lead <= 1 ? 1 : lead <= 2 ? 2 : lead <= 5 ? 5 : 10;
  return round * power;
}

/** A multiple of the step without the dust of binary fractions. */
function tick(count: number, step: number): number {
  return Number((count * step).toPrecision(12));
}
