/**
 * The gamma function and its incomplete integrals, in the form that keeps all digits in the tails: what is large and cancels
 * in logarithms is never computed apart.
 *
 * Source  Loader 2000, Fast and accurate computation of binomial probabilities (stirlingError, deviance);
 *         Abramowitz and Stegun 1964, 6.1.33, 6.1.41, 6.5.29, 6.5.31
 */

const HALF_LOG_2_PI = 0.9189385332046728;
const ROOT_2_PI = 2.5066282746310007;
/** 1 - Euler's constant. */
const ONE_LESS_EULER = 0.42278433509846713;

/** zeta(k) - 1 for k from 2 up. */
const zetaLessOne = [
  0.6449340668482264, 0.2020569031595943, 0.08232323371113819, 0.03692775514336993, 0.01734306198444914,
  0.008349277381922827, 0.00407735619794434, 0.0020083928260822143, 0.0009945751278180853,
  0.0004941886041194645, 0.0002460865533080483, 0.00012271334757848915, 6.124813505870483e-5,
  3.058823630702049e-5, 1.528225940865187e-5, 7.637197637899763e-6, 3.81729326499984e-6, 1.908212716553939e-6,
  9.539620338727962e-7, 4.769329867878064e-7, 2.38450502727733e-7, 1.1921992596531106e-7,
  5.960818905125948e-8, 2.980350351465228e-8, 1.4901554828365043e-8, 7.45071178983543e-9,
];

/** Bernoulli numbers B_2k / (2k (2k - 1)) for k from 1 up. */
const stirlingSeries = [
  0.08333333333333333, -0.002777777777777778, 0.0007936507936507937, -0.0005952380952380953,
  0.0008417508417508417, -0.0019175269175269176, 0.00641025641025641, -0.029550653594771242,
];
/** A factor of a continued fraction that is 1 but for rounding. */
const SETTLED = 4e-16;
/** From here on the eight terms of Stirling's series are exact to a double. */
const FAR = 10;

/**
 * The logarithm of the gamma function, to about 1e-15 of itself, at its zeros 1 and 2 too.
 *
 * @param x  > 0, finite
 * @throws RangeError where it is not
 */
export function logGamma(x: number): number {
  if (!(x > 0 && x < Number.POSITIVE_INFINITY))
    throw new RangeError(`log-gamma is taken of a finite number above 0, was ${x}`);
  if (x >= FAR) return (x - 0.5) * Math.log(x) - x + HALF_LOG_2_PI + farError(x);
  if (x < 0.5) return nearTwo(x) - Math.log1p(x) - Math.log(x);
  if (x < 1.5) return nearTwo(x - 1) - Math.log1p(x - 1);
  let product = 1;
  let base = x;
  for (; base > 2.5; product *= base) base -= 1;
  return nearTwo(base - 2) + Math.log(product);
}

/** log gamma (2 + e) for |e| <= 1/2. */
function nearTwo(e: number): number {
  let value = 0;
  for (let k = zetaLessOne.length + 1; k >= 2; k -= 1) value = -e * (zetaLessOne[k - 2]! / k + value);
  return e * (ONE_LESS_EULER - value);
}

/**
 * What Stirling's formula lacks: log gamma (x) - (x - 1/2) log x + x - log(2 pi) / 2, within 4e-15.
 *
 * @param x  > 0, finite
 */
export function stirlingError(x: number): number {
  return x >= FAR ? farError(x) : logGamma(x) - (x - 0.5) * Math.log(x) + x - HALF_LOG_2_PI;
}

function farError(x: number): number {
  const inverse = 1 / (x * x);
  let value = 0;
  for (let k = stirlingSeries.length - 1; k >= 0; k -= 1) value = value * inverse + stirlingSeries[k]!;
  return value / x;
}

/**
 * x log(x / mean) + mean - x, >= 0, without the cancellation where both are near each other.
 *
 * @param x     >= 0
 * @param mean  >= 0; 0 only where x is
 */
export function deviance(x: number, mean: number): number {
  if (x === 0) return mean;
  const difference = x - mean;
  if (Math.abs(difference) >= 0.1 * (x + mean)) return x * Math.log(x / mean) - difference;
  const v = difference / (x + mean);
  const square = v * v;
  let term = 2 * x * v;
  let total = difference * v;
  for (let k = 3; ; k += 2) {
    term *= square;
    const next = total + term / k;
    if (next === total) return total;
    total = next;
  }
}

/**
 * The regularised lower incomplete gamma function P(a, x): the share of the integral of t^(a-1) e^-t that lies below x.
 *
 * @param a  > 0, finite
 * @param x  >= 0, infinity included
 * @returns  in [0, 1], to about 1e-13 of itself
 * @throws RangeError where an argument is out of its range
 * Cost      O(sqrt a) near x = a
 */
export function gammaLower(a: number, x: number): number {
  checkArguments(a, x);
  return x < a + 1 ? lowerBySeries(a, x) : 1 - upperByFraction(a, x);
}

/**
 * The regularised upper incomplete gamma function Q(a, x) = 1 - P(a, x), to about 1e-13 of itself for a >= 1e-3: as good at
 * 1e-300 as at 0.5.
 *
 * @param a  > 0, finite
 * @param x  >= 0, infinity included
 * @throws RangeError where an argument is out of its range
 */
export function gammaUpper(a: number, x: number): number {
  checkArguments(a, x);
  return x < a + 1 ? 1 - lowerBySeries(a, x) : upperByFraction(a, x);
}

function checkArguments(a: number, x: number): void {
  if (!(a > 0 && a < Number.POSITIVE_INFINITY && x >= 0))
    throw new RangeError(`an incomplete gamma function must have a > 0 and x >= 0, was a = ${a}, x = ${x}`);
}

/** x^a e^-x / gamma (a + 1), the probability of a at a Poisson mean of x. */
function poisson(a: number, x: number): number {
  return Math.exp(-stirlingError(a) - deviance(a, x)) / (ROOT_2_PI * Math.sqrt(a));
}

function lowerBySeries(a: number, x: number): number {
  if (x === 0) return 0;
  let term = 1;
  let total = 1;
  for (let k = 1; ; k += 1) {
    term *= x / (a + k);
    const next = total + term;
    if (next === total) return poisson(a, x) * total;
    total = next;
  }
}

/** Legendre's continued fraction by the modified algorithm of Lentz, taken from x - a + 1 on. */
function upperByFraction(a: number, x: number): number {
  if (x === Number.POSITIVE_INFINITY) return 0;
  let b = x - a + 1;
  let c = Number.POSITIVE_INFINITY;
  let d = 1 / b;
  let h = d;
  for (let k = 1; ; k += 1) {
    const numerator = k * (a - k);
    b += 2;
    d = 1 / (b + numerator * d);
    c = b + numerator / c;
    const change = c * d;
    h *= change;
    if (Math.abs(change - 1) <= SETTLED) return poisson(a, x) * a * h;
  }
}
