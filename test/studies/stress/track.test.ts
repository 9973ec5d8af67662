import { expect, test } from 'vitest';
import { hours, START, smallScenario, statedAsset } from '../../support/small-scenario.ts';
import { resultOf } from '../../support/stress-study.ts';
import { HOUR } from '../../support/venue-scene.ts';

test('before the first funding rate that a scenario states the flat rate of the venue holds', () => {
  // 1,000 of notional that never moves. Every 8 h at 0.01 % of the venue: 0.1 at 00:00 and at 08:00. Stated from 17:00 on, every
  // 3 h at 0.1 %: 1 at 18:00, 21:00 and 24:00.
  const scenario = smallScenario({
    stated: [statedAsset('BTC', hours([-48, 100], [24, 100]))],
    funding: [{ asset: 'DEFAULT', interval: 3 * HOUR, rates: [{ time: START + 17 * HOUR, value: 0.001 }] }],
  });
  const paid = (...set: readonly string[]) =>
    resultOf(scenario, { set: ['engine.guards=[]', 'venue.flatFunding=0.0001', ...set] }).unprotected
      .fundingPnl;
  expect(paid()).toBe('-3.2');
  // All of it is scaled.
  expect(paid('studies.stress.scale=0.5')).toBe('-1.6');
});

test('a settlement one interval before the first stated one is the flat rate: no settlement falls between them', () => {
  // Flat: 0.1 at 00:00 and 08:00. Stated from 16:00 on, every 8 h at 0.1 %: 1 at 16:00 and 24:00.
  const scenario = smallScenario({
    stated: [statedAsset('BTC', hours([-48, 100], [24, 100]))],
    funding: [{ asset: 'DEFAULT', interval: 8 * HOUR, rates: [{ time: START + 16 * HOUR, value: 0.001 }] }],
  });
  const { unprotected } = resultOf(scenario, { set: ['engine.guards=[]', 'venue.flatFunding=0.0001'] });
  expect(unprotected.fundingPnl).toBe('-2.2');
});
