import { describe, expect, it } from 'vitest';
import { configReport } from '../../src/commands/config-report.ts';
import { configTree } from '../../src/commands/config-tree.ts';
import { reportSchemas } from '../../src/commands/report-schemas.ts';
import { loadConfigWithoutFile, readSetting } from '../../src/io/config.ts';
import { leafPaths } from '../../src/io/config-schema.ts';
import { InputError } from '../../src/model/errors.ts';

const config = loadConfigWithoutFile(configTree, [readSetting('guards.stops.multiplier=3')]);
const pathsBelow = async (path: string | null) =>
  (await configReport(config, path, 1)).result.leaves.map((leaf) => leaf.path);

describe('the report of risk config', () => {
  it('fits its published schema strictly', async () => {
    const report = JSON.parse(JSON.stringify(await configReport(config, null, 1)));
    expect(reportSchemas.get('config')?.parse(report)).toEqual(report);
  });

  it('names every key with its value, its origin and what it stands instead of', async () => {
    expect(await pathsBelow(null)).toEqual(leafPaths(configTree));
    const { leaves } = (await configReport(config, 'guards.stops.multiplier', 1)).result;
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

  it('shows a section alone, by whole keys', async () => {
    expect(await pathsBelow('guards.stops')).toEqual([
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
    expect(await pathsBelow('studies.backtest-stops.multipliers')).toEqual([
      'studies.backtest-stops.multipliers',
    ]);
  });

  it('refuses a path that names nothing, with the nearest name', async () => {
    await expect(pathsBelow('guards.stop')).rejects.toThrow(InputError);
    await expect(pathsBelow('guards.stop')).rejects.toThrow('Did you mean "guards.stops"?');
    await expect(pathsBelow('guards.')).rejects.toThrow('position 8');
  });

  it('has another runId with another value or seed, and the same one again', async () => {
    const id = async (seed: number, text: string) =>
      (await configReport(loadConfigWithoutFile(configTree, [readSetting(text)]), null, seed)).runId;
    const first = await id(1, 'data.maxGap=3');
    expect(await id(1, 'data.maxGap=3.0')).toBe(first);
    expect(new Set([first, await id(2, 'data.maxGap=3'), await id(1, 'data.maxGap=4')]).size).toBe(3);
  });
});
