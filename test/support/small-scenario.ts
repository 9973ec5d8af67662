/** A scenario with nothing in it but what a test asks for: BTC from 100, two days of history, a day of event, hourly. */
import type { Known, Scenario, StatedAsset } from '../../src/model/scenario.ts';
import { HOUR } from './venue-scene.ts';

export const START = Date.UTC(2025, 0, 10);

/** Points by hours from the start. */
export function hours(...points: readonly (readonly [number, number])[]): Known[] {
  return points.map(([hour, value]) => ({ time: START + hour * HOUR, value }));
}

export function statedAsset(
  asset: string,
  points: readonly Known[],
  more: Partial<StatedAsset> = {},
): StatedAsset {
  return { asset, bars: [], points, exact: false, bridge: 0, ...more };
}

export function smallScenario(more: Partial<Scenario> = {}): Scenario {
  return {
    id: 'small',
    title: 'A small event',
    kind: 'hypothetical',
    origin: 'synthetic',
    story: 'invented',
    sources: [{ text: 'invented', date: '2025-01-10' }],
    claims: [],
    start: START,
    end: START + 24 * HOUR,
    interval: HOUR,
    prices: 'absolute',
    stated: [statedAsset('BTC', hours([-48, 100], [0, 100], [24, 80]))],
    linked: [{ asset: 'DEFAULT', by: 'beta', of: 'BTC', beta: 1.5 }],
    factor: null,
    cascade: null,
    gaps: [],
    funding: [],
    spread: [],
    depth: [],
    depths: [],
    collateral: [],
    venue: [],
    faults: [],
    shocks: [
      { asset: 'BTC', move: -0.2 },
      { asset: 'DEFAULT', move: -0.3 },
    ],
    notModelled: [],
    ...more,
  };
}
