import { describe, expect, it } from 'vitest';
import { trafficLight } from '../../../src/risk/var-backtest/traffic-light.ts';
import golden from '../../golden/var-backtests.json' with { type: 'json' };
import { relativeError } from '../../support/relative-error.ts';

describe('trafficLight', () => {
  it.each(golden.basel)('has $exceptions of 250 at 99 % in $zone', (row) => {
    const light = trafficLight(row.exceptions, 250, 0.01);
    expect(light.zone).toBe(row.zone);
    expect((100 * light.probability).toFixed(2)).toBe(row.publishedPercent.toFixed(2));
    expect(relativeError(light.probability, row.probability)).toBeLessThanOrEqual(1e-12);
    expect(relativeError(light.typeOneError, row.typeOneError)).toBeLessThanOrEqual(1e-12);
  });

  it.each(golden.zones)('turns yellow at $yellowFrom and red at $redFrom of $days at $p', (row) => {
    const zoneAt = (exceptions: number) => trafficLight(exceptions, row.days, row.p).zone;
    const around = [row.yellowFrom - 1, row.yellowFrom, row.redFrom - 1, row.redFrom];
    expect(around.map(zoneAt)).toEqual(['green', 'yellow', 'yellow', 'red']);
  });

  it('equals what MathWorks prints', () => {
    const { days, exceptions, p, zone, probability, typeOneError } = golden.mathworks.trafficLight;
    const light = trafficLight(exceptions, days, p);
    expect(light.zone).toBe(zone);
    expect([light.probability.toFixed(5), light.typeOneError.toFixed(5)]).toEqual([
      String(probability),
      String(typeOneError),
    ]);
  });

  it('refuses more exceptions than days', () => {
    expect(() => trafficLight(11, 10, 0.01)).toThrow(RangeError);
  });
});
