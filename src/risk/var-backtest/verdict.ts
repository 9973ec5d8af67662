/** What a backtest of a VaR comes to. */

/** p-values below it reject. */
const SIGNIFICANCE = 0.05;
/** Below it the test would more often than not miss twice the exceptions. */
export const ENOUGH_POWER = 0.5;

export type VarVerdict = 'pass' | 'fail' | 'inconclusive';

/**
 * `fail` where coverage or conditional coverage is rejected at 5 %; `pass` where neither is and the test would see twice the
 * exceptions with a probability of at least one half; else `inconclusive`: too few days to tell a good VaR from a bad one.
 *
 * @param kupiec       p-value of coverage
 * @param conditional  p-value of conditional coverage
 * @param power        of the test of coverage against twice the exceptions, at 5 %
 * Source  RULES 4.5
 */
export function varVerdict(kupiec: number, conditional: number, power: number): VarVerdict {
  for (const [name, value] of Object.entries({ kupiec, conditional, power })) {
    if (!(value >= 0 && value <= 1)) throw new RangeError(`${name} must be in [0, 1], was ${value}`);
  }
  if (kupiec < SIGNIFICANCE || conditional < SIGNIFICANCE) return 'fail';
  return power >= ENOUGH_POWER ? 'pass' : 'inconclusive';
}
