/**
 * The traffic light of the Basel committee, for any number of days and any confidence.
 *
 * Source  BCBS 1996, Supervisory framework for the use of "backtesting" in conjunction with the internal models approach
 */
import { binomialAtLeast, binomialCdf } from '../../math/binomial.ts';

/** Probabilities from which on the zones begin. */
const YELLOW_FROM = 0.95;
const RED_FROM = 0.9999;

export type TrafficLight = {
  readonly zone: 'green' | 'yellow' | 'red';
  /** P(X <= exceptions) where the VaR is right; decides the zone. */
  readonly probability: number;
  /** P(X >= exceptions) where the VaR is right: how often a right VaR has as many exceptions or more. */
  readonly typeOneError: number;
};

/**
 * Green below a cumulative probability of 95 %, yellow below 99.99 %, else red.
 *
 * @param exceptions  a whole number in 0..days
 * @param days        a whole number >= 1
 * @param p           the probability of an exception that the VaR claims, in [0, 1]
 * @throws RangeError where an argument is out of its range
 */
export function trafficLight(exceptions: number, days: number, p: number): TrafficLight {
  const probability = binomialCdf(exceptions, days, p);
  return {
    zone: probability < YELLOW_FROM ? 'green' : probability < RED_FROM ? 'yellow' : 'red',
    probability,
    typeOneError: binomialAtLeast(exceptions, days, p),
  };
}
