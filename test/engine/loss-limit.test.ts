import { describe, expect, test } from 'vitest';
import type { Bounds } from '../../src/engine/bounds.ts';
import { createAsking } from '../../src/engine/collect-bounds.ts';
import { alertShares } from '../../src/engine/limit-alerts.ts';
import {
  createLossLimit,
  type LossMeasure,
  lookAtLoss,
  lossOf,
  offText,
  watchLoss,
} from '../../src/engine/loss-limit.ts';
import { createSaid } from '../../src/engine/said.ts';
import type { View } from '../../src/engine/view.ts';
import { engineScene } from '../support/engine-scene.ts';
import { bookOf, HOUR } from '../support/venue-scene.ts';
import { sayOf } from '../support/voice.ts';

/** An account in cash, beside bases that a test states. */
function viewOf(balance: string, bases: Partial<View['bases']> = {}, time = 0): View {
  const scene = engineScene({ marks: [1], book: bookOf([], { balance }), guards: [] });
  return { ...scene.viewNow(), time, bases: { day: 1000, weekPeak: 1250, peak: 2000, ...bases } };
}

describe('what a loss is measured from: 1 - equity / base, so that 800 are', () => {
  test.each([
    // Of the day that began at 1000, of the 1250 of the week, of the peak of 2000.
    ['dailyLoss', 0.2],
    ['weekDrawdown', 0.36],
    ['drawdown', 0.6],
  ] as const)('%s: %s', (measure, loss) => {
    expect(lossOf(viewOf('800'), measure)).toBeCloseTo(loss, 12);
  });

  test('a gain is below 0; of a base of nothing all is lost', () => {
    expect(lossOf(viewOf('1100'), 'dailyLoss')).toBeCloseTo(-0.1, 12);
    expect(lossOf(viewOf('1100', { day: 0 }), 'dailyLoss')).toBe(1);
    expect(lossOf(viewOf('1100', { weekPeak: 0 }), 'weekDrawdown')).toBe(1);
    expect(lossOf(viewOf('1100', { peak: -5 }), 'drawdown')).toBe(1);
  });
});

const baseOf = { dailyLoss: 'day', drawdown: 'peak', weekDrawdown: 'weekPeak' } as const;

/** Looks at one measure with a limit of 20 % at several equities; by the others nothing is lost. */
function looker(measure: LossMeasure, limit: number | null = 0.2) {
  const own = createLossLimit('rule', measure, limit, alertShares);
  const at = (balance: string, severity?: 'emergency') => {
    const said = createSaid(0);
    const view = viewOf(balance, { day: 100, weekPeak: 100, peak: 100, [baseOf[measure]]: 1000 });
    const found = lookAtLoss(own, view, sayOf(said, 'session-limits'), severity);
    const alerts = said.decisions.map(({ rule, threshold }) => `${rule} ${threshold}`);
    return { found, alerts, on: said.rules.map(({ on }) => on) };
  };
  return { own, at };
}

describe('a limit breaks above it, once (RULES 3.6: strictly greater)', () => {
  test.each(['dailyLoss', 'drawdown', 'weekDrawdown'] as const)('%s', (measure) => {
    const { own, at } = looker(measure);
    expect(at('800')).toEqual({ found: null, alerts: ['rule 0.2'], on: [false] });
    expect(own.broken).toBe(false);
    const found = { rule: 'rule', severity: 'critical', measure, threshold: 0.2 };
    expect(at('799.99999')).toEqual({
      found: { ...found, observed: expect.closeTo(0.200_000_01, 12) },
      alerts: [],
      on: [true],
    });
    expect(own.broken).toBe(true);
    expect(at('700')).toEqual({ found: null, alerts: [], on: [true] });
    expect(at('800')).toEqual({ found: null, alerts: [], on: [false] });
    expect(at('799')).toMatchObject({ found: { ...found, observed: expect.closeTo(0.201, 12) } });
  });

  test('compared in decimals: 0.3 of 1000 leaves 700, and not a double beside it', () => {
    // 1 - 0.7 is 0.30000000000000004 in doubles.
    const { at } = looker('dailyLoss', 0.3);
    expect(at('700').found).toBeNull();
    expect(at('699.999999999').found).toMatchObject({ threshold: 0.3 });
  });

  test('as severe as is asked for', () => {
    expect(looker('drawdown').at('700', 'emergency').found?.severity).toBe('emergency');
  });

  test('a limit that is off says nothing at all', () => {
    const { own, at } = looker('drawdown', null);
    expect(at('1')).toEqual({ found: null, alerts: [], on: [] });
    expect(own.broken).toBe(false);
  });

  test('alerts know the day: what swings in one is heard of once, and again in the next', () => {
    const own = createLossLimit('rule', 'dailyLoss', 0.2, alertShares);
    const at = (balance: string, time: number) => {
      const said = createSaid(time);
      lookAtLoss(own, viewOf(balance, {}, time), sayOf(said, 'session-limits'));
      return said.decisions.map(({ rule }) => rule);
    };
    expect(at('900', 0)).toEqual(['rule']);
    expect(at('1000', 1)).toEqual(['rule-recovered']);
    expect(at('900', 24 * HOUR - 2)).toEqual([]);
    expect(at('1000', 24 * HOUR - 1)).toEqual([]);
    expect(at('900', 24 * HOUR)).toEqual(['rule']);
  });
});

describe('what is watched: the next share on either side, and the limit', () => {
  const bounds = (own: Parameters<typeof watchLoss>[0]) => {
    const seen: [string, number][] = [];
    const note = (name: string) => (fraction: number) => void seen.push([name, fraction]);
    const kept: Bounds = {
      ...createAsking(viewOf('1')).bounds,
      dayLossAbove: note('day above'),
      dayLossBelow: note('day below'),
      drawdownAbove: note('drawdown above'),
      drawdownBelow: note('drawdown below'),
      weekDrawdownAbove: note('week above'),
      weekDrawdownBelow: note('week below'),
    };
    watchLoss(own, kept);
    return seen;
  };

  test.each([
    ['dailyLoss', 'day'],
    ['drawdown', 'drawdown'],
    ['weekDrawdown', 'week'],
  ] as const)('%s', (measure, name) => {
    const { own, at } = looker(measure);
    expect(bounds(own)).toEqual([
      [`${name} above`, 0.1],
      [`${name} above`, 0.2],
    ]);
    at('850');
    expect(bounds(own)).toEqual([
      [`${name} above`, 0.2],
      [`${name} below`, 0.1],
      [`${name} above`, 0.2],
    ]);
    at('700');
    expect(bounds(own)).toEqual([
      [`${name} below`, expect.closeTo(0.15, 12)],
      [`${name} below`, 0.2],
    ]);
  });

  test('nothing where it is off', () => {
    expect(bounds(createLossLimit('rule', 'drawdown', null, alertShares))).toEqual([]);
  });
});

test('a limit of null is switched off, any other is not', () => {
  expect(offText(null)).toBe('it is switched off');
  expect(offText(0)).toBeNull();
  expect(offText(0.2)).toBeNull();
});
