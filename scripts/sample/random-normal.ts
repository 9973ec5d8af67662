/**
 * Standard normal draws from uniform ones by comparisons and + - * / alone, so that every engine draws the same bits.
 *
 *   P(k) ~ exp(-k / 2), kept with exp(-k (k - 1) / 2); x uniform, kept with exp(-x (2 k + x) / 2); result +-(k + x)
 *
 * Together that is exp(-(k + x)^2 / 2). Events of these probabilities come from von Neumann's rule: a run of falling
 * uniform numbers below p has an even length with probability exp(-p).
 *
 * Source  Karney 2016, Sampling exactly from the normal distribution, ACM TOMS 42(1), algorithms N, H, G, P, B
 */
import { nextUint32, nextUnit, type Random } from '../../src/math/random.ts';

/** One standard normal number. */
export function nextNormal(random: Random): number {
  for (;;) {
    const whole = wholePart(random);
    if (!keepsWhole(random, whole)) continue;
    const x = nextUnit(random);
    if (!keepsFraction(random, whole, x)) continue;
    return nextUint32(random) >>> 31 === 0 ? whole + x : -(whole + x);
  }
}

/** k with probability exp(-k / 2) (1 - exp(-1 / 2)). */
function wholePart(random: Random): number {
  let k = 0;
  while (halves(random)) k += 1;
  return k;
}

/** True with probability exp(-k (k - 1) / 2). */
function keepsWhole(random: Random, k: number): boolean {
  for (let i = k * (k - 1); i > 0; i -= 1) if (!halves(random)) return false;
  return true;
}

/** True with probability exp(-1 / 2). */
function halves(random: Random): boolean {
  let last = 0.5;
  for (let even = true; ; even = !even) {
    const next = nextUnit(random);
    if (next >= last) return even;
    last = next;
  }
}

/** True with probability exp(-x (2 k + x) / 2): k + 1 times an event of exp(-x (2 k + x) / (2 k + 2)). */
function keepsFraction(random: Random, k: number, x: number): boolean {
  const share = (2 * k + x) / (2 * k + 2);
  for (let i = 0; i <= k; i += 1) {
    let last = x;
    let even = true;
    for (;;) {
      const next = nextUnit(random);
      if (next >= last || nextUnit(random) >= share) break;
      last = next;
      even = !even;
    }
    if (!even) return false;
  }
  return true;
}
