/**
 * The tail of a forecast distribution beyond its VaR, in units of its expected shortfall, for simulations of what hits would look
 * like where the forecast is right. Scale does not count in these units; the mean is taken as 0.
 * Draws by it are compared and counted, never told: the last bit of a logarithm is the engine's.
 */
import { normalDensity, normalQuantile } from '../../math/normal.ts';
import { studentDensity, studentQuantile } from '../../math/student-t.ts';

export type TailModel = {
  /** The probability of the tail, in (0, 0.5): 0.01 beyond a VaR at 99 %. */
  readonly p: number;
  /** The loss over ES at which a worse return has probability u, for u in [0, p); falls in u, its mean over u is 1. */
  readonly severity: (u: number) => number;
};

/** Of a normal forecast: ES = density(z_p) / p. */
export function normalTail(p: number): TailModel {
  checkTail(p);
  return tabulated(p, normalQuantile, normalDensity(normalQuantile(p)) / p);
}

/**
 * Of a forecast by Student's t: ES = density(t_p) / p * (degrees + t_p^2) / (degrees - 1).
 *
 * @param degrees  > 1: below, expected shortfall does not exist
 */
export function studentTail(p: number, degrees: number): TailModel {
  checkTail(p);
  if (!(degrees > 1))
    throw new RangeError(`an expected shortfall needs degrees of freedom > 1, was ${degrees}`);
  return tabulated(p, (u) => studentQuantile(u, degrees), studentShortfall(p, degrees));
}

function studentShortfall(p: number, degrees: number): number {
  const t = studentQuantile(p, degrees);
  return ((studentDensity(t, degrees) / p) * (degrees + t * t)) / (degrees - 1);
}

/** Degrees of freedom between which a tail is looked for; above them it is a normal one. */
const LEAST_DEGREES = 1.05;
const MOST_DEGREES = 200;

/**
 * The tail of a forecast of which no more is known than its figures: Student's t whose ES over VaR is this one, or the normal one
 * where even that is as heavy. The smaller the degrees, the larger the ratio.
 *
 * @param ratio  ES / VaR of the forecast, about a mean of 0
 * @throws RangeError where p is not in (0, 0.5), or the ratio is no number
 */
export function tailOfRatio(p: number, ratio: number): TailModel {
  checkTail(p);
  if (Number.isNaN(ratio)) throw new RangeError(`a ratio of ES to VaR must be a number, was ${ratio}`);
  const ratioOf = (degrees: number) => -studentShortfall(p, degrees) / studentQuantile(p, degrees);
  if (ratio <= ratioOf(MOST_DEGREES)) return normalTail(p);
  let low = Math.log(LEAST_DEGREES - 1);
  let high = Math.log(MOST_DEGREES - 1);
  for (let k = 0; k < HALVINGS; k += 1) {
    const middle = (low + high) / 2;
    if (ratioOf(1 + Math.exp(middle)) > ratio) low = middle;
    else high = middle;
  }
  return studentTail(p, 1 + Math.exp(high));
}

/** They leave 1e-8 of the degrees. */
const HALVINGS = 30;

function checkTail(p: number): void {
  if (!(p > 0 && p < 0.5)) throw new RangeError(`the probability of a tail must be in (0, 0.5), was ${p}`);
}

/** Nodes for each unit of log(p / u), and how many units: smaller draws than 2^-53 do not exist. */
const NODES = 64;
const UNITS = 40;

/**
 * Quantiles cost too much to be taken at every draw: the logarithm of the severity is linear between nodes, good to 1e-5. A node is
 * computed when it is first asked for; most lie farther out than any draw.
 */
function tabulated(p: number, quantile: (u: number) => number, shortfall: number): TailModel {
  const logs = new Float64Array(NODES * UNITS + 1).fill(Number.NaN);
  const logAt = (i: number): number => {
    const known = logs[i]!;
    if (!Number.isNaN(known)) return known;
    const log = Math.log(-quantile(p * Math.exp(-i / NODES)) / shortfall);
    logs[i] = log;
    return log;
  };
  const last = logs.length - 1;
  return {
    p,
    severity: (u) => {
      const place = Math.min(last, Math.log(p / u) * NODES);
      const i = Math.min(last - 1, Math.floor(place));
      const from = logAt(i);
      return Math.exp(from + (place - i) * (logAt(i + 1) - from));
    },
  };
}
