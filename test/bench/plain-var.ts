/**
 * VaR and ES written plainly, as a notebook has them: arrays, a sorted copy of each window, every likelihood by Nelder and Mead from a
 * fixed start. One fit of the volatility a day serves three methods and all confidences, which is kind to this side.
 */
import { logGamma } from '../../src/math/gamma.ts';
import { normalDensity, normalQuantile } from '../../src/math/normal.ts';
import { studentDensity, studentQuantile } from '../../src/math/student-t.ts';

export type PlainFigures = { readonly varRaw: number; readonly esRaw: number };

/** Figures of each day; in a day each method in the order of the house, and in it each tail. */
export function plainForecasts(
  returns: number[],
  window: number,
  tails: readonly number[],
): PlainFigures[][] {
  return returns.slice(window).map((_, day) => {
    const sample = returns.slice(day, day + window);
    const student = fitStudent(sample);
    const model = fitModel(sample);
    const shape = shapeOf(sample);
    return [
      tails.map((tail) => historical(sample, tail)),
      tails.map((tail) => gaussian(mean(sample), deviation(sample), tail)),
      tails.map((tail) => studentFigures(student, tail)),
      tails.map((tail) => cornishFisher(shape, tail)),
      tails.map((tail) => gaussian(0, ewma(sample), tail)),
      tails.map((tail) => studentFigures(model.innovation, tail)),
      tails.map((tail) => scaled(model, historical(model.residuals, tail))),
      tails.map((tail) => scaled(model, pareto(model.residuals, tail))),
    ].flat();
  });
}

const mean = (xs: readonly number[]) => xs.reduce((total, one) => total + one, 0) / xs.length;

function deviation(xs: readonly number[]): number {
  const centre = mean(xs);
  return Math.sqrt(xs.reduce((total, one) => total + (one - centre) * (one - centre), 0) / (xs.length - 1));
}

function historical(xs: readonly number[], tail: number): PlainFigures {
  const sorted = [...xs].sort((a, b) => a - b);
  const at = (sorted.length - 1) * tail;
  const low = sorted[Math.floor(at)] ?? 0;
  const quantile = low + (at - Math.floor(at)) * ((sorted[Math.floor(at) + 1] ?? low) - low);
  const size = sorted.length * tail;
  const whole = Math.floor(size);
  const beyond = sorted.slice(0, whole).reduce((total, one) => total + one, 0);
  return { varRaw: -quantile, esRaw: -(beyond + (size - whole) * (sorted[whole] ?? 0)) / size };
}

function gaussian(centre: number, sd: number, tail: number): PlainFigures {
  const z = normalQuantile(tail);
  return { varRaw: -(centre + z * sd), esRaw: (sd * normalDensity(z)) / tail - centre };
}

function ewma(xs: readonly number[]): number {
  const sd = deviation(xs);
  return Math.sqrt(xs.reduce((variance, one) => 0.94 * variance + 0.06 * one * one, sd * sd));
}

function shapeOf(xs: readonly number[]) {
  const centre = mean(xs);
  const moment = (power: number) => mean(xs.map((one) => (one - centre) ** power));
  const sd = Math.sqrt(moment(2));
  return { centre, sd, s: moment(3) / sd ** 3, k: moment(4) / sd ** 4 - 3 };
}

function cornishFisher({ centre, sd, s, k }: ReturnType<typeof shapeOf>, tail: number): PlainFigures {
  const z = normalQuantile(tail);
  const h =
    z + ((z * z - 1) * s) / 6 + ((z * z * z - 3 * z) * k) / 24 - ((2 * z * z * z - 5 * z) * s * s) / 36;
  const h2 = h * h;
  const expansion =
    1 +
    (h2 * h * s) / 6 +
    ((h2 * h2 - 2 * h2 - 1) * k) / 24 +
    ((h2 * h2 * h2 - 9 * h2 * h2 + 9 * h2 + 3) * s * s) / 72;
  const varRaw = -(centre + h * sd);
  return { varRaw, esRaw: Math.max(varRaw, (sd * normalDensity(h) * expansion) / tail - centre) };
}

type PlainStudent = { readonly loc: number; readonly scale: number; readonly nu: number };

function studentFigures({ loc, scale, nu }: PlainStudent, tail: number): PlainFigures {
  const t = studentQuantile(tail, nu);
  const beyond = (studentDensity(t, nu) / tail) * ((nu + t * t) / (nu - 1));
  return { varRaw: -(loc + scale * t), esRaw: scale * beyond - loc };
}

function constant(nu: number): number {
  return logGamma((nu + 1) / 2) - logGamma(nu / 2) - 0.5 * Math.log(Math.PI * nu);
}

function fitStudent(xs: readonly number[]): PlainStudent {
  const [centre, sd] = [mean(xs), deviation(xs)];
  const natural = ([a = 0, b = 0, c = 0]: number[]) => ({
    loc: centre + a * sd,
    scale: sd * Math.exp(b),
    nu: Math.min(200, Math.exp(c)),
  });
  const cost = (x: number[]) => {
    const { loc, scale, nu } = natural(x);
    const logs = xs.map((one) => Math.log(1 + ((one - loc) / scale) ** 2 / nu));
    return xs.length * (Math.log(scale) - constant(nu)) + ((nu + 1) / 2) * xs.length * mean(logs);
  };
  return natural(nelderMead(cost, [0, -0.3, 1.5]));
}

/** GARCH(1,1) with t innovations of variance 1. */
function fitModel(xs: readonly number[]) {
  const [centre, sd] = [mean(xs), deviation(xs)];
  const logistic = (one: number) => 1 / (1 + Math.exp(-one));
  const natural = ([a = 0, b = 0, c = 0, d = 0, e = 0]: number[]) => ({
    mu: centre + a * sd,
    omega: sd * sd * Math.exp(b),
    alpha: logistic(c) * logistic(d),
    beta: logistic(c) * (1 - logistic(d)),
    nu: 2 + Math.min(200, Math.exp(e)),
  });
  const filter = ({ mu, omega, alpha, beta }: ReturnType<typeof natural>) => {
    let variance = mean(xs.map((one) => (one - mu) * (one - mu)));
    const variances = xs.map((one) => {
      const now = variance;
      variance = omega + alpha * (one - mu) * (one - mu) + beta * variance;
      return now;
    });
    return { variances, next: variance };
  };
  const cost = (x: number[]) => {
    const at = natural(x);
    const terms = filter(at).variances.map(
      (h, i) =>
        Math.log(h) / 2 + ((at.nu + 1) / 2) * Math.log(1 + ((xs[i] ?? 0) - at.mu) ** 2 / (h * (at.nu - 2))),
    );
    return xs.length * (mean(terms) - constant(at.nu) + 0.5 * Math.log((at.nu - 2) / at.nu));
  };
  const at = natural(nelderMead(cost, [0, Math.log(0.05), 3, -2, 1.5]));
  const { variances, next } = filter(at);
  const sigma = Math.sqrt(next);
  return {
    mu: at.mu,
    sigma,
    innovation: { loc: at.mu, scale: sigma * Math.sqrt((at.nu - 2) / at.nu), nu: at.nu },
    residuals: xs.map((one, i) => (one - at.mu) / Math.sqrt(variances[i] ?? 1)),
  };
}

function scaled({ mu, sigma }: { mu: number; sigma: number }, standard: PlainFigures): PlainFigures {
  return { varRaw: sigma * standard.varRaw - mu, esRaw: sigma * standard.esRaw - mu };
}

function pareto(xs: readonly number[], tail: number): PlainFigures {
  const losses = xs.map((one) => -one).sort((a, b) => b - a);
  const k = Math.floor(xs.length * 0.1);
  const u = losses[k] ?? 0;
  const excesses = losses.slice(0, k).map((one) => one - u);
  const size = mean(excesses);
  const cost = ([xi = 0, b = 0]: number[]) => {
    const beta = size * Math.exp(b);
    const terms = excesses.map((one) => 1 + (xi * one) / beta);
    if (Math.abs(xi) < 1e-9 || xi < -0.5 || terms.some((one) => one <= 0)) return Number.POSITIVE_INFINITY;
    return k * Math.log(beta) + (1 + 1 / xi) * k * mean(terms.map(Math.log));
  };
  const [xi = 0, b = 0] = nelderMead(cost, [0.1, 0]);
  const beta = size * Math.exp(b);
  const varRaw = u + (beta / xi) * (((xs.length * tail) / k) ** -xi - 1);
  return { varRaw, esRaw: (varRaw + beta - xi * u) / (1 - xi) };
}

function nelderMead(cost: (x: number[]) => number, start: number[]): number[] {
  let simplex = [start, ...start.map((_, i) => start.map((one, j) => (i === j ? one + 0.5 : one)))].map(
    (x) => ({
      x,
      value: cost(x),
    }),
  );
  for (let step = 0; step < 2000; step += 1) {
    simplex = simplex.sort((a, b) => a.value - b.value);
    const [best, worst, second] = [simplex[0], simplex.at(-1), simplex.at(-2)];
    if (best === undefined || worst === undefined || second === undefined) break;
    if (worst.value - best.value < 1e-8) break;
    const rest = simplex.slice(0, -1);
    const centre = start.map((_, i) => mean(rest.map(({ x }) => x[i] ?? 0)));
    const at = (far: number) => {
      const x = centre.map((one, i) => one + far * (one - (worst.x[i] ?? 0)));
      return { x, value: cost(x) };
    };
    const reflected = at(1);
    if (reflected.value < best.value) {
      const expanded = at(2);
      simplex = [...rest, expanded.value < reflected.value ? expanded : reflected];
    } else if (reflected.value < second.value) simplex = [...rest, reflected];
    else {
      const contracted = at(reflected.value < worst.value ? 0.5 : -0.5);
      if (contracted.value < Math.min(worst.value, reflected.value)) simplex = [...rest, contracted];
      else
        simplex = simplex.map(({ x }) => {
          const near = x.map((one, i) => ((best.x[i] ?? 0) + one) / 2);
          return { x: near, value: cost(near) };
        });
    }
  }
  return simplex.sort((a, b) => a.value - b.value)[0]?.x ?? start;
}
