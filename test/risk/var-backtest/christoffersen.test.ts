import { describe, expect, it } from 'vitest';
import { conditionalCoverage, independence } from '../../../src/risk/var-backtest/christoffersen.ts';
import { transitionsOf } from '../../../src/risk/var-backtest/hits.ts';
import { kupiec } from '../../../src/risk/var-backtest/kupiec.ts';
import golden from '../../golden/var-backtests.json' with { type: 'json' };
import { relativeError } from '../../support/relative-error.ts';

/** A hit sequence with these transitions: single hits, pairs of hits, and calm days between and around them. */
function sequenceOf(singles: number, pairs: number, days: number): Uint8Array {
  const hits = new Uint8Array(days);
  for (let k = 0; k < singles; k += 1) hits[2 + 4 * k] = 1;
  for (let k = 0; k < pairs; k += 1) hits.fill(1, 2 + 4 * (singles + k), 4 + 4 * (singles + k));
  return hits;
}

describe('independence', () => {
  it.each(golden.independence)('of $n00, $n01, $n10, $n11 is $ratio', ({ ratio, pValue, ...transitions }) => {
    const test = independence(transitions);
    expect(Math.abs(test.ratio - ratio)).toBeLessThanOrEqual(1e-12 * Math.max(1, ratio));
    expect(relativeError(test.pValue, pValue)).toBeLessThanOrEqual(1e-11);
  });

  it('equals what MathWorks prints', () => {
    const { n00, n01, n10, n11, independence: printed, computedIndependence } = golden.mathworks.conditional;
    const test = independence({ n00, n01, n10, n11 });
    expect([test.ratio.toFixed(5), test.pValue.toFixed(5)]).toEqual([
      String(printed.ratio),
      String(printed.pValue),
    ]);
    expect(Math.abs(test.ratio - computedIndependence[0]!)).toBeLessThanOrEqual(1e-12);
  });

  it.each([
    [{ n00: 0, n01: 0, n10: 0, n11: 0 }],
    [{ n00: -1, n01: 1, n10: 1, n11: 0 }],
    [{ n00: 1.5, n01: 1, n10: 1, n11: 0 }],
  ])('refuses %o', (transitions) => {
    expect(() => independence(transitions)).toThrow('whole numbers of at least one pair');
  });
});

describe('conditionalCoverage', () => {
  // 57 hits in 1043 days with 4 pairs of hits in a row: the transitions of MathWorks' example.
  it('equals what MathWorks prints', () => {
    const hits = sequenceOf(49, 4, 1043);
    const { n00, n01, n10, n11, joint, computedJoint } = golden.mathworks.conditional;
    expect(transitionsOf(hits)).toEqual({ n00, n01, n10, n11 });
    const test = conditionalCoverage(hits, 0.05);
    expect([test.ratio.toFixed(5), test.pValue.toFixed(5)]).toEqual([
      String(joint.ratio),
      String(joint.pValue),
    ]);
    expect(Math.abs(test.ratio - computedJoint[0]!)).toBeLessThanOrEqual(1e-12);
    expect(relativeError(test.pValue, computedJoint[1]!)).toBeLessThanOrEqual(1e-12);
  });

  it('is coverage alone where there was no hit', () => {
    expect(conditionalCoverage(new Uint8Array(250), 0.01).ratio).toBe(kupiec(0, 250, 0.01).ratio);
  });

  it('refuses a single day', () => {
    expect(() => conditionalCoverage(Uint8Array.of(1), 0.01)).toThrow(RangeError);
  });
});
