import { describe, expect, test } from 'vitest';
import { configTree } from '../../src/commands/config-tree.ts';
import { leverageDoubts, refuseConfig, silentKeys } from '../../src/engine/check-config.ts';
import { loadConfigWithoutFile, readSetting } from '../../src/io/config.ts';
import { faultOf } from '../support/small-config.ts';

const treeOf = (...settings: readonly string[]) =>
  loadConfigWithoutFile(configTree, settings.map(readSetting)).values;

const at = (most: number | null, leastOfOrders: number | null = null) => ({ most, leastOfOrders });

describe('what is refused (RULES 3.10)', () => {
  test('10x without a guard passes, more does not', () => {
    const none = treeOf('engine.guards=[]');
    refuseConfig(none, at(10));
    refuseConfig(none, at(null));
    expect(faultOf(() => refuseConfig(none, at(10.01)))).toEqual({
      code: 'CONFIG_VALUE',
      message: 'leverage must be at most 10 where no guard acts, was 10.01',
      place: { path: 'engine.guards' },
      remedy: 'Let guards speak (--guards all); the run without them stands beside theirs all the same',
    });
  });

  test('flags only tell; one guard that acts is a guardian', () => {
    expect(faultOf(() => refuseConfig(treeOf('engine.guards=[flags]'), at(20))).code).toBe('CONFIG_VALUE');
    refuseConfig(treeOf('engine.guards=[stops]'), at(20));
  });

  test('speculative asks for every breaker', () => {
    refuseConfig(treeOf('mode=speculative'), at(20));
    for (const key of [
      'circuit-breakers.dailyLoss.limit',
      'circuit-breakers.drawdown.limit',
      'circuit-breakers.volatility.limit',
      'circuit-breakers.tradeCount.limit',
      'circuit-breakers.executionFailures.limit',
      'circuit-breakers.dataSanity.moveSigmas',
      'circuit-breakers.dataSanity.markGap',
      'circuit-breakers.dataSanity.silenceSeconds',
      'funding-breaker.maxRate8h',
    ]) {
      const fault = faultOf(() => refuseConfig(treeOf('mode=speculative', `guards.${key}=null`), at(1)));
      expect(fault.message).toBe(`guards.${key} must be a number in mode speculative, was null`);
      refuseConfig(treeOf('mode=aggressive', `guards.${key}=null`), at(1));
    }
  });

  test('and for the guards that hold them', () => {
    const without = (list: string) =>
      faultOf(() => refuseConfig(treeOf('mode=speculative', `engine.guards=[${list}]`), at(1))).message;
    expect(without('funding-breaker')).toBe(
      'engine.guards must hold circuit-breakers in mode speculative, was funding-breaker',
    );
    expect(without('circuit-breakers')).toBe(
      'engine.guards must hold funding-breaker in mode speculative, was circuit-breakers',
    );
    expect(without('')).toBe('engine.guards must hold circuit-breakers in mode speculative, was empty');
    refuseConfig(treeOf('mode=speculative', 'engine.guards=[circuit-breakers, funding-breaker]'), at(20));
  });

  test('and for a latency of 30 seconds at most', () => {
    refuseConfig(treeOf('mode=speculative', 'engine.latency=30'), at(20));
    const slow = treeOf('mode=speculative', 'engine.latency=30.1');
    expect(faultOf(() => refuseConfig(slow, at(20))).message).toBe(
      'engine.latency must be at most 30 in mode speculative, was 30.1',
    );
    refuseConfig(treeOf('mode=aggressive', 'engine.latency=30.1'), at(10));
  });
});

/** Beside what the profiles switch off. */
const toldOf = (...settings: readonly string[]) =>
  silentKeys(treeOf(...settings))
    .filter(({ isOff }) => !isOff)
    .map(({ path, note }) => `${path}: ${note}`);

const keysOf = (...settings: readonly string[]) => silentKeys(treeOf(...settings)).map(({ path }) => path);

describe('rules that say nothing are named before the run', () => {
  test('those that are switched off, of the guards that speak', () => {
    const off = silentKeys(treeOf()).filter(({ isOff }) => isOff);
    expect(off.map(({ path }) => path)).toEqual([
      'guards.portfolio-limits.maxGrossNotional',
      'guards.portfolio-limits.maxVenueShare',
      'guards.trade-limits.maxPositionNotional',
    ]);
    expect(keysOf('engine.guards=[stops]')).toEqual([]);
    expect(keysOf('engine.guards=[session-limits]', 'guards.session-limits.dailyLoss=null')).toEqual([
      'guards.session-limits.dailyLoss',
    ]);
  });

  test('the drawdown of the week of S4 beside the drawdown of staging, whose peak is never lower', () => {
    expect(toldOf()).toEqual([
      'guards.session-limits.weeklyDrawdown: 0.08 is never exceeded before 0.05 of guards.circuit-breakers.drawdown.limit is',
    ]);
  });

  test.each([
    // Equal: who exceeds the one exceeds the other.
    ['guards.trade-limits.maxPositionMargin', 'guards.portfolio-limits.maxSymbolMargin', 0.29, 0.3],
    ['guards.portfolio-limits.maxSymbolMargin', 'guards.portfolio-limits.maxGrossMargin', 0.79, 0.8],
    ['guards.portfolio-limits.maxSectorMargin', 'guards.portfolio-limits.maxGrossMargin', 0.79, 0.8],
    ['guards.session-limits.dailyLoss', 'guards.circuit-breakers.drawdown.limit', 0.049, 0.05],
    ['guards.circuit-breakers.dailyLoss.limit', 'guards.circuit-breakers.drawdown.limit', 0.049, 0.05],
    ['guards.session-limits.weeklyDrawdown', 'guards.emergency-stop.drawdown', 0.19, 0.2],
    // One measure: equal limits are exceeded together.
    ['guards.circuit-breakers.drawdown.limit', 'guards.emergency-stop.drawdown', 0.2, 0.21],
  ])('%s against %s: %d is no weaker, %d is', (smaller, larger, below, beyond) => {
    const told = (value: number) =>
      toldOf(`${smaller}=${value}`).filter((text) => text.startsWith(smaller) && text.includes(larger));
    expect(told(below)).toEqual([]);
    expect(told(beyond)).toHaveLength(1);
  });

  test.each([
    ['guards.portfolio-limits.maxNetDelta', 5, 5.1],
    ['guards.trade-limits.maxPositionNotional', 0.1, 0.11],
  ])('%s %d against a gross notional that is as large, and larger', (path, gross, more) => {
    const set = (value: number) =>
      toldOf(`${path}=${gross}`, `guards.portfolio-limits.maxGrossNotional=${value}`);
    expect(set(gross).some((text) => text.startsWith(path))).toBe(true);
    expect(set(more).some((text) => text.startsWith(path))).toBe(false);
  });

  test('only where both guards speak', () => {
    const settings = ['guards.trade-limits.maxPositionMargin=0.5'];
    const key = 'guards.trade-limits.maxPositionMargin';
    expect(keysOf(...settings)).toContain(key);
    expect(keysOf(...settings, 'engine.guards=[trade-limits]')).not.toContain(key);
    expect(keysOf(...settings, 'engine.guards=[portfolio-limits]')).not.toContain(key);
  });

  test('a risk above its ceiling', () => {
    const key = 'guards.trade-limits.maxRisk';
    expect(keysOf(`${key}=0.05`)).not.toContain(key);
    expect(toldOf(`${key}=0.051`)).toContain(`${key}: 0.051 is above the ceiling 0.05, which holds instead`);
    expect(keysOf(`${key}=0.051`, 'engine.guards=[stops]')).toEqual([]);
  });

  test('more breakers at once than there are', () => {
    const key = 'guards.emergency-stop.breakersAtOnce';
    expect(keysOf(`${key}=6`)).not.toContain(key);
    expect(toldOf(`${key}=7`)).toContain(`${key}: 7 breakers never halt at once: 6 are on`);
    expect(toldOf(`${key}=6`, 'guards.circuit-breakers.volatility.limit=null')).toContain(
      `${key}: 6 breakers never halt at once: 5 are on`,
    );
    // Data sanity is one breaker, however many of its bounds are on.
    expect(keysOf(`${key}=6`, 'guards.circuit-breakers.dataSanity.markGap=null')).not.toContain(key);
    expect(toldOf(`${key}=1`, 'engine.guards=[emergency-stop]')).toEqual([
      `${key}: 1 breakers never halt at once: 0 are on`,
    ]);
  });

  test('a tier whose cap is below that of a calmer one', () => {
    const key = 'guards.leverage-cap.moderate';
    expect(keysOf(`${key}=2`)).not.toContain(key);
    expect(toldOf(`${key}=1.9`)).toContain(`${key}: 1.9 is below 2 of the calmer tier conservative`);
    expect(keysOf(`${key}=1.9`, 'engine.guards=[stops]')).toEqual([]);
  });
});

describe('what the leverage of a run makes of it', () => {
  test('every order is denied where none is within the cap of the mode', () => {
    expect(leverageDoubts(treeOf(), at(20, 5))).toEqual([]);
    expect(leverageDoubts(treeOf(), at(20, 5.1))).toEqual([
      'every order is denied: none has a leverage below 5.1, and mode moderate allows 5 (guards.leverage-cap)',
    ]);
    expect(leverageDoubts(treeOf('mode=aggressive'), at(20, 5.1))).toEqual([]);
    expect(leverageDoubts(treeOf('engine.guards=[stops]'), at(20, 20))).toEqual([]);
    expect(leverageDoubts(treeOf(), at(20))).toEqual([]);
  });

  test('a stop that lies at its bankruptcy price or beyond: 10 % at 10x', () => {
    const percent = (multiplier: number) =>
      treeOf('guards.stops.type=percent', `guards.stops.multiplier=${multiplier}`);
    expect(leverageDoubts(percent(9.99), at(10))).toEqual([]);
    expect(leverageDoubts(percent(10), at(10))).toEqual([
      'at 10x an isolated position never reaches a stop 10 % away: its margin is gone before (guards.stops.multiplier)',
    ]);
    // Ten ATRs say nothing about a price.
    expect(leverageDoubts(treeOf('guards.stops.multiplier=10'), at(10))).toEqual([]);
    expect(leverageDoubts(percent(10), at(null))).toEqual([]);
  });
});
