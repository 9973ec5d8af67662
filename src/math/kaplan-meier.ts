/**
 * The product-limit estimator of survival under censoring.
 *
 *   S(t) = product over event times t_i <= t of (1 - d_i / r_i)
 *   Var S(t) = S(t)^2 * sum of d_i / (r_i (r_i - d_i))            (Greenwood)
 *
 * with d_i events among r_i subjects at risk. At ties events come before censorings.
 *
 * Source  Kaplan and Meier 1958; Greenwood 1926
 */
import { assert } from '../model/errors.ts';

export type Survival = { readonly survival: Float64Array; readonly variance: Float64Array };

export type ProductLimit = Survival & {
  /** Distinct event times, ascending; the other columns belong to them. */
  readonly time: Float64Array;
  readonly atRisk: Int32Array;
  readonly events: Int32Array;
};

/**
 * The estimate after each distinct event time. Where the last subjects at risk all have their event, survival and
 * variance are 0.
 *
 * @param censored  1 where the subject left before its event
 */
export function kaplanMeier(time: Float64Array, censored: Uint8Array): ProductLimit {
  assert(censored.length === time.length, 'times and censorings are equally many');
  const order = sortedOrder(time.length, (a, b) => time[a]! - time[b]! || censored[a]! - censored[b]!);
  const steps: Step[] = [];
  forEachStep({ order, isLater: (a, b) => time[a]! > time[b]! }, censored, (step) => {
    steps.push({ ...step });
  });
  return {
    time: Float64Array.from(steps, ({ subject }) => time[subject]!),
    survival: Float64Array.from(steps, ({ survival }) => survival),
    variance: Float64Array.from(steps, ({ variance }) => variance),
    atRisk: Int32Array.from(steps, ({ atRisk }) => atRisk),
    events: Int32Array.from(steps, ({ events }) => events),
  };
}

/**
 * For an ascending grid of levels: the probability that an excursion reaches level k, from subjects of whom some left
 * before their excursion was over.
 *
 * Subject i reached the first reached[i] levels, as its comparisons with them decided; time[i] is its excursion, which
 * orders subjects between two levels. survival[k] is the left limit at level k: the product over events with
 * reached <= k. Without censoring it is the share of subjects with reached > k.
 *
 * @param reached   how many levels each subject reached, 0..levels
 * @param time      excursions, same length
 * @param censored  1 where the subject left for another reason than the end of its excursion
 */
export function survivalAtLevels(
  reached: Int32Array,
  time: Float64Array,
  censored: Uint8Array,
  levels: number,
): Survival {
  assert(
    time.length === reached.length && censored.length === reached.length,
    'reached levels, excursions and censorings are equally many',
  );
  const order = sortedOrder(
    reached.length,
    (a, b) => reached[a]! - reached[b]! || time[a]! - time[b]! || censored[a]! - censored[b]!,
  );
  const survival = new Float64Array(levels);
  const variance = new Float64Array(levels);
  let level = 0;
  let s = 1;
  let v = 0;
  const carryTo = (end: number) => {
    survival.fill(s, level, end);
    variance.fill(v, level, end);
    level = end;
  };
  const isLater = (a: number, b: number) => reached[a]! > reached[b]! || time[a]! > time[b]!;
  forEachStep({ order, isLater }, censored, (step) => {
    carryTo(reached[step.subject]!);
    s = step.survival;
    v = step.variance;
  });
  carryTo(levels);
  return { survival, variance };
}

function sortedOrder(length: number, compare: (a: number, b: number) => number): Int32Array {
  return Int32Array.from({ length }, (_, i) => i).sort(compare);
}

/** Subjects in the order in which they leave, and which of two does so strictly later. */
type Leaving = { readonly order: Int32Array; readonly isLater: (a: number, b: number) => boolean };

type Step = { subject: number; atRisk: number; events: number; survival: number; variance: number };

/** Visits the estimate after each time at which events happen; the visited record is used again. */
function forEachStep(
  { order, isLater }: Leaving,
  censored: Uint8Array,
  visit: (step: Readonly<Step>) => void,
): void {
  const step: Step = { subject: 0, atRisk: 0, events: 0, survival: 1, variance: 0 };
  // Between two censorings the product telescopes; so it is taken as one ratio, exact where nothing is censored.
  let base = 1;
  let baseRisk = order.length;
  let greenwood = 0;
  for (let i = 0; i < order.length; ) {
    step.subject = order[i]!;
    step.atRisk = order.length - i;
    step.events = 0;
    let next = i;
    for (; next < order.length && !isLater(order[next]!, step.subject); next += 1) {
      if (censored[order[next]!]! === 0) step.events += 1;
    }
    if (step.events > 0) {
      const left = step.atRisk - step.events;
      step.survival = base * (left / baseRisk);
      greenwood += step.events / (step.atRisk * left);
      step.variance = left === 0 ? 0 : step.survival * step.survival * greenwood;
      visit(step);
    }
    if (next - i > step.events) {
      base = step.survival;
      baseRisk = order.length - next;
    }
    i = next;
  }
}
