import { describe, expect, it } from 'vitest';
import { configReport } from '../../src/commands/config-report.ts';
import { configTree } from '../../src/commands/config-tree.ts';
import { reportSchemas } from '../../src/commands/report-schemas.ts';
import { loadConfigWithoutFile, readSetting } from '../../src/io/config.ts';
import { leafPaths } from '../../src/io/config-schema.ts';
import { InputError } from '../../src/model/errors.ts';

const config = loadConfigWithoutFile(configTree, [readSetting('guards.stops.multiplier=3')]);
const pathsBelow = (path: string | null) =>
  configReport(config, path, 1).result.leaves.map((leaf) => leaf.path);

describe('the report of risk config', () => {
  it('fits its published schema strictly', () => {
    const report = JSON.parse(JSON.stringify(configReport(config, null, 1)));
    expect(reportSchemas.get('config')?.parse(report)).toEqual(report);
  });

  it('names every key with its value, its origin and what it stands instead of', () => {
    expect(pathsBelow(null)).toEqual(leafPaths(configTree));
    const { leaves } = configReport(config, 'guards.stops.multiplier', 1).result;
    expect(leaves).toMatchObject([
      {
        value: 3,
        origin: '--set',
        losers: [
          { value: 2, origin: expect.stringContaining('S2 layer 3') },
          { value: 1, origin: expect.stringContaining('mean-reversion') },
        ],
      },
    ]);
  });

  it('shows a section alone, by whole keys', () => {
    expect(pathsBelow('guards.stops')).toEqual([
      'guards.stops.type',
      'guards.stops.multiplier',
      'guards.stops.byStrategy.trend-following',
      'guards.stops.byStrategy.mean-reversion',
      'guards.stops.atrPeriod',
      'guards.stops.atrMethod',
      'guards.stops.adaptive.confidence',
      'guards.stops.adaptive.trails',
      'guards.stops.adaptive.base',
      'guards.stops.adaptive.range',
      'guards.stops.adaptive.trending',
      'guards.stops.adaptive.choppy',
      'guards.stops.adaptive.volatile',
      'guards.stops.adaptive.stable',
      'guards.stops.retry',
    ]);
    expect(pathsBelow('studies.backtest-stops.multipliers')).toEqual(['studies.backtest-stops.multipliers']);
  });

  it('refuses a path that names nothing, with the nearest name', () => {
    expect(() => pathsBelow('guards.stop')).toThrow(InputError);
    expect(() => pathsBelow('guards.stop')).toThrow('Did you mean "guards.stops"?');
    expect(() => pathsBelow('guards.')).toThrow('position 8');
  });

  it('has another runId with another value or seed, and the same one again', () => {
    const id = (seed: number, text: string) =>
      configReport(loadConfigWithoutFile(configTree, [readSetting(text)]), null, seed).runId;
    expect(id(1, 'data.maxGap=3')).toBe(id(1, 'data.maxGap=3.0'));
    expect(new Set([id(1, 'data.maxGap=3'), id(2, 'data.maxGap=3'), id(1, 'data.maxGap=4')]).size).toBe(3);
  });
});
