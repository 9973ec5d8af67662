import { chiSquareTail } from '../../math/chi-square.ts';

export type LikelihoodRatio = {
  /** -2 log (likelihood under the hypothesis / largest likelihood), >= 0. */
  readonly ratio: number;
  /** The probability of a ratio this large or larger where the hypothesis holds, by its limit for many days. */
  readonly pValue: number;
};

/**
 * @param ratio    >= 0
 * @param degrees  how many parameters the hypothesis fixes
 */
export function likelihoodRatio(ratio: number, degrees: number): LikelihoodRatio {
  return { ratio, pValue: chiSquareTail(ratio, degrees) };
}
