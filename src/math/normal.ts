/** The standard normal distribution. Uses `exp` and `log`, whose last bit is the engine's; never draw samples by it. */
import { assert } from '../model/errors.ts';

const ROOT_OF_32 = 5.656854249492381;
const DENSITY_AT_0 = 0.3989422804014327;

/**
 * The distribution function: the probability of a value of at most x. Accurate to about 1e-15 of itself in both tails,
 * so that 1e-300 is as good as 0.5; below -38.5 it is 0.
 *
 * Source  Cody 1969, Rational Chebyshev approximations for the error function, Mathematics of Computation 23
 */
export function normalCdf(x: number): number {
  const y = Math.abs(x);
  if (y > 39) return x < 0 ? 0 : 1;
  if (y <= 0.67448975) return 0.5 + x * rational(y * y, cdfCentre);
  const upper = bell(y) * (y <= ROOT_OF_32 ? rational(y, cdfMiddle) : farTail(y));
  return x < 0 ? upper : 1 - upper;
}

/** The density exp(-z^2 / 2) / sqrt(2 pi), to about 1e-15 of itself; 0 beyond 38.6. */
export function normalDensity(z: number): number {
  const y = Math.abs(z);
  return y > 39 ? 0 : DENSITY_AT_0 * bell(y);
}

/** exp(-y^2 / 2), the square taken in two parts of which the first is exact: its rounding would show in the tail. */
function bell(y: number): number {
  const coarse = Math.trunc(y * 16) / 16;
  const rest = (y - coarse) * (y + coarse);
  return Math.exp(-coarse * coarse * 0.5) * Math.exp(-rest * 0.5);
}

function farTail(y: number): number {
  const inverse = 1 / (y * y);
  return (DENSITY_AT_0 - inverse * rational(inverse, cdfFar)) / y;
}

/**
 * The quantile function (inverse of the distribution function), to about 16 digits.
 *
 * @param p  strictly between 0 and 1
 * Source  Wichura 1988, Algorithm AS 241 (PPND16), Applied Statistics 37, 477-484
 */
export function normalQuantile(p: number): number {
  assert(p > 0 && p < 1, 'a normal quantile is taken at a probability strictly between 0 and 1');
  const q = p - 0.5;
  if (Math.abs(q) <= 0.425) {
    const r = 0.180625 - q * q;
    return q * rational(r, quantileCentre);
  }
  const tail = q < 0 ? p : 1 - p;
  const r = Math.sqrt(-Math.log(tail));
  const value = r <= 5 ? rational(r - 1.6, quantileMiddle) : rational(r - 5, quantileFar);
  return q < 0 ? -value : value;
}

type Rational = { readonly over: readonly number[]; readonly under: readonly number[] };

/** Coefficients from the highest power down. */
const cdfCentre: Rational = {
  over: [0.06568233791820745, 2.2352520354606837, 161.02823106855587, 1067.6894854603709, 18154.98125334356],
  under: [1, 47.202581904688245, 976.0985517377767, 10260.932208618979, 45507.78933502673],
};
const cdfMiddle: Rational = {
  over: [
    1.0765576773720192e-8, 0.39894151208813466, 8.883149794388377, 93.50665613217785, 597.2702763948002,
    2494.5375852903726, 6848.190450536283, 11602.65143764735, 9842.714838383978,
  ],
  under: [
    1, 22.266688044328117, 235.387901782625, 1519.3775994075547, 6485.558298266761, 18615.571640885097,
    34900.95272114598, 38912.00328609327, 19685.429676859992,
  ],
};
const cdfFar: Rational = {
  over: [
    0.023073441764940174, 0.215898534057957, 0.12740116116024736, 0.022235277870649807, 0.0014216191932278934,
    2.9112874951168793e-5,
  ],
  under: [
    1, 1.284260096144911, 0.4682382124808651, 0.06598813786892856, 0.0037823963320275824,
    7.297515550839662e-5,
  ],
};
const quantileCentre: Rational = {
  over: [
    2509.0809287301227, 33430.57558358813, 67265.7709270087, 45921.95393154987, 13731.69376550946,
    1971.5909503065513, 133.14166789178438, 3.3871328727963665,
  ],
  under: [
    5226.495278852546, 28729.085735721943, 39307.89580009271, 21213.794301586597, 5394.196021424751,
    687.1870074920579, 42.31333070160091, 1,
  ],
};
const quantileMiddle: Rational = {
  over: [
    0.0007745450142783414, 0.022723844989269184, 0.2417807251774506, 1.2704582524523684, 3.6478483247632045,
    5.769497221460691, 4.630337846156546, 1.4234371107496835,
  ],
  under: [
    1.0507500716444169e-9, 0.0005475938084995345, 0.015198666563616457, 0.14810397642748008, 0.6897673349851,
    1.6763848301838038, 2.053191626637759, 1,
  ],
};
const quantileFar: Rational = {
  over: [
    2.0103343992922881e-7, 2.7115555687434876e-5, 0.0012426609473880784, 0.026532189526576124,
    0.29656057182850487, 1.7848265399172913, 5.463784911164114, 6.657904643501103,
  ],
  under: [
    2.0442631033899397e-15, 1.421511758316446e-7, 1.8463183175100548e-5, 0.0007868691311456133,
    0.014875361290850615, 0.1369298809227358, 0.599832206555888, 1,
  ],
};

function rational(x: number, { over, under }: Rational): number {
  return horner(over, x) / horner(under, x);
}

function horner(coefficients: readonly number[], x: number): number {
  let value = 0;
  for (const coefficient of coefficients) value = value * x + coefficient;
  return value;
}
