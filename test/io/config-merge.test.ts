import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { faultOf, flag, leafOf, load, profiles } from '../support/small-config.ts';

describe('layers of the configuration', () => {
  it('gives the built-in values where nothing else is said', () => {
    expect(load({}).values).toEqual({
      env: 'staging',
      mode: 'moderate',
      limits: { 'max-leverage': 10, loss: 0.05, method: 'wilder' },
      files: [],
      grid: [0.05],
    });
  });

  it('lets the strongest of any set of layers win, and names the others from strong to weak', () => {
    const strength = ['base', 'env', 'mode', 'file', 'flag', 'set'] as const;
    const values = { base: 0.05, env: 0.04, mode: 0.03, file: 0.11, flag: 0.12, set: 0.13 };
    fc.assert(
      fc.property(fc.subarray(['env', 'mode', 'file', 'flag', 'set'] as const), (present) => {
        const config = load({
          file: present.includes('file') ? 'limits: { loss: 0.11 }' : '',
          flags: [
            ...(present.includes('env') ? [flag('--env', 'env', 'production')] : []),
            ...(present.includes('mode') ? [flag('--mode', 'mode', 'paper')] : []),
            ...(present.includes('flag') ? [flag('--loss', 'limits.loss', 0.12)] : []),
          ],
          sets: present.includes('set') ? ['limits.loss=0.13'] : [],
        });
        const layers = strength
          .filter((name) => name === 'base' || present.some((one) => one === name))
          .reverse();
        const leaf = leafOf(config, 'limits.loss');
        const all = [leaf, ...leaf.losers];
        // The last one is what base.yaml itself sets aside: S2's 0.02.
        expect(all.map((one) => one.value)).toEqual([...layers.map((name) => values[name]), 0.02]);
        expect(all.map((one) => one.origin.layer)).toEqual([...layers, 'base']);
        expect(config.values.limits.loss).toBe(leaf.value);
      }),
      { seed: 5, numRuns: 200 },
    );
  });

  it('says where every value is from, and what it overrode', () => {
    const config = load({
      file: '# my limits\nmode: paper\nlimits:\n  method: sma\n  loss: 0.1\n',
      flags: [flag('--loss', 'limits.loss', 0.2)],
      sets: ['files=[a.csv]'],
    });
    const told = config.leaves.map(({ path, origin, losers }) => [
      path,
      origin.text,
      losers.map((lost) => `${JSON.stringify(lost.value)} ${lost.origin.text}`),
    ]);
    expect(told).toEqual([
      ['env', 'base.yaml (built in)', []],
      ['mode', 'risk.yaml:2', ['"moderate" base.yaml (built in)']],
      ['limits.max-leverage', 'base.yaml (S2 layer 1)', []],
      [
        'limits.loss',
        'flag --loss',
        ['0.1 risk.yaml:5', '0.03 mode-paper.yaml (paper)', '0.05 base.yaml (S4)', '0.02 S2'],
      ],
      ['limits.method', 'risk.yaml:4', ['"wilder" base.yaml (S2)']],
      ['files', '--set', ['[] base.yaml (none named)']],
      ['grid', 'base.yaml (the limit itself): limits.loss from flag --loss', []],
    ]);
  });

  it('lets --set win over a flag, and the last --set over the first', () => {
    const flags = [flag('--loss', 'limits.loss', 0.2)];
    expect(load({ flags, sets: ['limits.loss=0.3', 'limits.loss=0.4'] }).values.limits.loss).toBe(0.4);
  });

  it('takes a file without content as a file that says nothing', () => {
    expect(load({ file: '# later\n' }).hash).toBe(load({}).hash);
  });
});

describe('the losers of a key', () => {
  const told = (layers: Parameters<typeof load>[0], texts: Readonly<Record<string, string>> = profiles) => {
    const { also, losers } = leafOf(load(layers, texts), 'limits.loss');
    return {
      also: also.map(({ text }) => text),
      losers: losers.map(({ value, origin }) => `${value} ${origin.text}`),
    };
  };
  const production = (leaf: string) => ({ ...profiles, 'env-production': `limits: { loss: ${leaf} }` });
  const file = 'env: production\n';

  it('are other values: who states the same one stands beside the winner', () => {
    expect(told({ sets: ['limits.loss=0.05'] })).toEqual({ also: ['base.yaml (S4)'], losers: ['0.02 S2'] });
    expect(told({ sets: ['limits.loss=0.02'] })).toEqual({ also: ['S2'], losers: ['0.05 base.yaml (S4)'] });
    expect(told({ file }, production('{ value: 0.02, source: "S2, the strictest" }'))).toEqual({
      also: ['S2'],
      losers: ['0.05 base.yaml (S4)'],
    });
  });

  it('are compared by what lists hold', () => {
    const leaf = leafOf(load({ file: 'files: [a]', sets: ['files=[a]'] }), 'files');
    expect(leaf.also.map(({ text }) => text)).toEqual(['risk.yaml:1']);
    expect(leaf.losers.map(({ value }) => value)).toEqual([[]]);
  });

  it('stand once for each source, as the layer where a profile above it names it too', () => {
    const names =
      '{ value: 0.01, source: x, losers: [{ value: 0.02, source: S2 }, { value: 0.05, source: S4 }] }';
    expect(told({ file }, production(names))).toEqual({
      also: [],
      losers: ['0.02 S2', '0.05 base.yaml (S4)'],
    });
    expect(told({ sets: ['limits.loss=0.3', 'limits.loss=0.3', 'limits.loss=0.4'] }).losers).toEqual([
      '0.3 --set',
      '0.05 base.yaml (S4)',
      '0.02 S2',
    ]);
  });

  it('stay two where two sources state one value, or one source two', () => {
    const names =
      '{ value: 0.01, source: x, losers: [{ value: 0.02, source: S1 }, { value: 0.03, source: S2 }] }';
    expect(told({ file }, production(names)).losers).toEqual([
      '0.02 S1',
      '0.03 S2',
      '0.05 base.yaml (S4)',
      '0.02 S2',
    ]);
  });

  it('name no source beside the winner that is the source of the winner', () => {
    expect(told({ file }, production('{ value: 0.02, source: S2 }')).also).toEqual([]);
    expect(told({ sets: ['limits.loss=0.3', 'limits.loss=0.3'] }).also).toEqual([]);
  });
});

describe('derived defaults', () => {
  it('follow the key that they name, whichever layer sets it', () => {
    expect(load({ file: 'limits: { loss: 0.5 }' }).values.grid).toEqual([0.5]);
    expect(load({ sets: ['limits.loss=0.25'] }).values.grid).toEqual([0.25]);
  });

  it('give way to a value of their own, and stand among the losers with what they were', () => {
    const leaf = leafOf(load({ sets: ['grid=[1,2]'], file: 'limits: { loss: 0.5 }' }), 'grid');
    expect(leaf.value).toEqual([1, 2]);
    expect(leaf.also).toEqual([]);
    expect(leaf.losers).toEqual([
      {
        value: [0.5],
        origin: { layer: 'base', text: 'base.yaml (the limit itself): limits.loss from risk.yaml:1' },
      },
    ]);
  });

  it('are held against the schema of their own key', () => {
    expect(faultOf(() => load({ sets: ['limits.loss=0'] }))).toMatchObject({
      code: 'CONFIG_VALUE',
      message: 'grid[0] must be above 0, was 0',
      place: { path: 'base.yaml (the limit itself): limits.loss from --set' },
    });
  });
});

describe('hard caps', () => {
  it('may be lowered by any later layer, down to the last one', () => {
    const config = load({ file: 'limits: { max-leverage: 5 }', sets: ['limits.max-leverage=3'] });
    expect(config.values.limits['max-leverage']).toBe(3);
  });

  it('may be repeated as they are', () => {
    expect(load({ sets: ['limits.max-leverage=10'] }).values.limits['max-leverage']).toBe(10);
  });

  it('may not be raised by the file', () => {
    expect(faultOf(() => load({ file: 'limits:\n  max-leverage: 10.5\n' }))).toEqual({
      code: 'HARD_CAP',
      message: 'limits.max-leverage must be at most 10, the cap of base.yaml (S2 layer 1), was 10.5',
      place: { file: 'risk.yaml', line: 2 },
      remedy: 'A hard cap may only be lowered by a later layer',
    });
  });

  it('may not be raised again once a layer has lowered them', () => {
    const layers = { file: 'limits: { max-leverage: 5 }', sets: ['limits.max-leverage=6'] };
    expect(faultOf(() => load(layers))).toMatchObject({
      code: 'HARD_CAP',
      message: 'limits.max-leverage must be at most 5, the cap of risk.yaml:1, was 6',
      place: { path: '--set' },
    });
  });

  it('may not be raised by an overlay or taken away by null', () => {
    const raised = { ...profiles, 'env-staging': 'limits: { max-leverage: { value: 11, source: x } }' };
    expect(faultOf(() => load({}, raised)).place).toEqual({ file: 'env-staging.yaml', line: 1 });
    expect(faultOf(() => load({ sets: ['limits.max-leverage=null'] })).code).toBe('HARD_CAP');
  });
});
