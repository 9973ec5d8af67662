import { describe, expect, it, test } from 'vitest';
import { readYaml } from '../../src/io/config-yaml.ts';
import { readScenario } from '../../src/io/read-scenario.ts';
import { fullScenario as full, smallScenario as small } from '../support/full-scenario.ts';
import { changed, fileOf, scenarioFault } from '../support/scenario-rule.ts';

const day = (date: number, hour = 0, minute = 0) => Date.UTC(2022, 4, date, hour, minute);

describe('a scenario file', () => {
  it('says little, and the rest is what nothing is said of', () => {
    expect(readScenario(small, 'folder/small.yaml')).toEqual({
      id: 'small',
      title: 'BTC falls by a fifth',
      kind: 'control',
      origin: 'synthetic',
      story: 'It falls.',
      sources: [{ text: 'Invented for tests', date: '2022-05-13' }],
      claims: [],
      start: day(8),
      end: day(9),
      interval: 3_600_000,
      prices: 'absolute',
      stated: [
        {
          asset: 'BTC',
          bars: [],
          points: [
            { time: day(8), value: 100 },
            { time: day(9), value: 80 },
          ],
          exact: false,
          bridge: 0,
        },
      ],
      linked: [{ asset: 'DEFAULT', by: 'proxy', of: 'BTC', beta: 1 }],
      factor: null,
      cascade: null,
      gaps: [],
      funding: [],
      spread: [],
      depth: [],
      depths: [{ asset: 'DEFAULT', notional: 1_000_000 }],
      collateral: [],
      venue: [],
      faults: [],
      shocks: [{ asset: 'DEFAULT', move: -0.2 }],
      notModelled: [],
    });
  });

  it('holds prices: bars, steps, links, a common factor, forced sales', () => {
    const scenario = readScenario(full, 'full.yaml');
    expect(scenario.story).toBe(
      'Nothing of this happened. Prices fall for two days, and everything else that a file can say happens too.',
    );
    expect(scenario.claims).toEqual([
      { says: 'a fifth in a day', by: 'No document', data: '104 to 80: -23.1 %' },
    ]);
    expect(scenario.stated[0]).toEqual({
      asset: 'BTC',
      exact: true,
      bridge: 0.03,
      bars: [
        {
          interval: 86_400_000,
          rows: [
            { time: day(6), open: 100, high: 110, low: 90, close: 105 },
            { time: day(7), open: 105, high: 112, low: 100, close: 104 },
          ],
        },
      ],
      points: [
        { time: day(8), value: 104 },
        { time: day(9, 4), value: 95 },
        { time: day(9, 4), value: 80 },
        { time: day(10), value: 85 },
      ],
    });
    expect(scenario.linked).toEqual([
      { asset: 'ETH', by: 'proxy', of: 'BTC', beta: 1 },
      { asset: 'SOL', by: 'beta', of: 'ETH', beta: 1.4 },
    ]);
    expect(scenario.factor).toEqual({
      correlation: 0.9,
      of: 'BTC',
      sigmas: [
        { asset: 'BTC', sigma: 0.035 },
        { asset: 'DEFAULT', sigma: 0.06 },
      ],
    });
    expect(scenario.cascade).toEqual({
      asset: 'LUNA',
      at: day(9, 12),
      shock: 0.06,
      k: 1e-8,
      every: 60_000,
      levels: [
        { price: 0.95, notional: 2_000_000 },
        { price: 0.93, notional: 3_000_000 },
      ],
    });
  });

  it('holds what goes with prices: gaps, funding, the book, collateral, shocks', () => {
    const scenario = readScenario(full, 'full.yaml');
    expect(scenario.gaps).toEqual([
      {
        asset: 'BTC',
        points: [
          { time: day(9), value: 0 },
          { time: day(9, 4), value: -0.04 },
        ],
      },
      { asset: 'DEFAULT', points: [{ time: day(9), value: 0.01 }] },
    ]);
    expect(scenario.funding).toEqual([
      {
        asset: 'DEFAULT',
        interval: 28_800_000,
        rates: [
          { time: day(8), value: 0.0001 },
          { time: day(9), value: -0.00025 },
        ],
      },
      { asset: 'BTC', interval: 3_600_000, rates: [{ time: day(8), value: 0.0002 }] },
    ]);
    expect([scenario.spread, scenario.depth]).toEqual([
      [
        { time: day(8), value: 3 },
        { time: day(9), value: 10 },
      ],
      [{ time: day(8), value: 0.5 }],
    ]);
    expect(scenario.depths).toEqual([
      { asset: 'BTC', notional: 20_000_000 },
      { asset: 'DEFAULT', notional: 1_000_000 },
    ]);
    expect(scenario.collateral).toEqual([
      {
        asset: 'USDC',
        points: [
          { time: day(8, 21), value: 1 },
          { time: day(9), value: 0.87 },
        ],
      },
    ]);
    expect(scenario.shocks).toEqual([
      { asset: 'BTC', move: -0.265 },
      { asset: 'DEFAULT', move: -0.4 },
    ]);
    expect(scenario.notModelled).toEqual(['That nothing of it happened.']);
  });

  it('holds what venues do and what goes wrong with us, signs and all', () => {
    const { venue, faults } = readScenario(full, 'full.yaml');
    expect(venue).toEqual([
      { kind: 'outage', venue: 'bitmex', from: day(9, 2, 16), to: day(9, 2, 40) },
      { kind: 'halt', venue: 'any', from: day(9), to: day(9, 1) },
      { kind: 'withdrawals', venue: 'ftx', from: day(9), to: day(10) },
      { kind: 'leverage-cap', venue: 'binance', asset: 'LUNA', at: day(9), cap: 8 },
      { kind: 'settle', venue: 'hyperliquid', asset: 'LUNA', at: day(9), price: 0.0095 },
      { kind: 'adl', venue: 'any', asset: 'BTC', side: -1, share: 0.5, at: day(9) },
      { kind: 'bankruptcy', venue: 'largest', at: day(10), recovery: 0 },
      { kind: 'haircut', asset: 'USDE', at: day(9), haircut: 0.5 },
    ]);
    expect(faults).toEqual([
      { kind: 'crash', from: day(9), to: day(9, 12) },
      { kind: 'blind', from: day(9), to: day(9, 0, 10) + 500 },
      { kind: 'corrupt', asset: 'BTC', from: day(9), to: day(10), factor: 0.5 },
      {
        kind: 'orders',
        from: day(9),
        to: day(9, 0, 45),
        every: 6000,
        asset: 'largest',
        side: 1,
        notional: 0.05,
        leverage: 5,
        strategy: 'mean-reversion',
        confidence: 0.97,
      },
    ]);
  });

  it('leaves open what an action or a fault does not say', () => {
    const text = `${small}venue:
  - { kind: leverage-cap, venue: any, at: 2022-05-08, cap: 2 }
  - { kind: settle, venue: any, asset: BTC, at: 2022-05-08 }
  - { kind: adl, venue: any, share: 1, at: 2022-05-08 }
  - { kind: adl, venue: any, side: long, share: 1, at: 2022-05-08 }
faults:
  - { kind: crash, from: 2022-05-08 }
  - { kind: corrupt, from: 2022-05-08, to: 2022-05-09, factor: 2 }
  - { kind: orders, from: 2022-05-08, to: 2022-05-09, every: 1h, asset: BTC, side: both, notional: 1, leverage: 1 }
  - { kind: orders, from: 2022-05-08, to: 2022-05-09, every: 1h, asset: BTC, side: sell, notional: 1, leverage: 1 }
`;
    const { venue, faults } = readScenario(text, 'small.yaml');
    expect(venue).toMatchObject([
      { asset: null },
      { price: null },
      { asset: null, side: null },
      { asset: null, side: 1 },
    ]);
    expect(faults).toMatchObject([
      { to: null },
      { asset: null },
      { side: 0, strategy: null, confidence: null },
      { side: -1 },
    ]);
  });

  it('is the same as JSON', () => {
    const yaml = readYaml(full);
    if ('problem' in yaml) throw new Error(yaml.problem);
    const json = JSON.stringify(yaml.value, null, '\t');
    expect(readScenario(json, 'full.json')).toEqual(readScenario(full, 'full.yml'));
  });

  it('is refused where it is no YAML, or states nothing', () => {
    expect(scenarioFault('id: x\nid: x\n', 'x.yaml')).toMatchObject({
      code: 'CONFIG_FILE',
      place: { line: 2 },
    });
    expect(scenarioFault('', 'full.yaml')).toMatchObject({
      code: 'CONFIG_VALUE',
      message: 'a scenario must be a section of keys, was null',
      place: { file: 'full.yaml', line: 1 },
    });
  });

  it('is told all that is wrong with its keys at once, the misspelt first', () => {
    const text = changed(changed(small, 'kind: control', 'kind: controls'), 'story:', 'sotry:');
    expect(scenarioFault(text, 'small.yaml')).toEqual({
      code: 'CONFIG_KEY',
      message:
        'a scenario must have known keys only, was "sotry"; kind must be one of historical, hypothetical, control, ' +
        'was "controls" (line 3); story must be text, was nothing (line 1)',
      place: { file: 'small.yaml', line: 5 },
      remedy: 'Did you mean "story"?',
    });
  });

  test.each([
    [
      'venue',
      'kind: outage, venue: bitmex',
      'kind: outage, asset: BTC, venue: bitmex',
      'kind, venue, from, to',
    ],
    ['faults', 'kind: blind,', 'kind: blind, factor: 2,', 'kind, from, to'],
  ])('a key of another kind of %s is told the keys of this one', (_, from, to, known) => {
    expect(scenarioFault(changed(full, from, to), fileOf(full))).toMatchObject({
      code: 'CONFIG_KEY',
      remedy: `Known keys here: ${known}`,
    });
  });
});
