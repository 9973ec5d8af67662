import { describe, expect, test } from 'vitest';
import { fullScenario as full, smallScenario as small } from '../support/full-scenario.ts';
import { changed, scenarioFault, testRead, testRules } from '../support/scenario-rule.ts';

describe('assets of a scenario must', () => {
  testRules([
    [
      small,
      'DEFAULT: { proxy: BTC }',
      'DEFAULT: { proxy: BTV }',
      'assets.DEFAULT.proxy must be one of BTC, DEFAULT, was "BTV"',
      '  DEFAULT:',
    ],
    [
      full,
      'ETH: { proxy: BTC }',
      'ETH: { proxy: SOL }',
      'assets.SOL.of must lead to stated prices, was a circle: ETH -> SOL -> ETH',
      '  SOL:',
    ],
    [
      full,
      'ETH: { proxy: BTC }',
      'ETH: { beta: 1, of: ETH }',
      'assets.ETH.of must lead to stated prices, was a circle: ETH -> ETH',
      '  ETH:',
    ],
    [
      small,
      '  DEFAULT: { proxy: BTC }\n',
      '',
      'assets must have DEFAULT, or the file a correlation, and not both, was neither',
      'assets:',
    ],
    [
      full,
      '  ETH: { proxy: BTC }\n',
      '  ETH: { proxy: BTC }\n  DEFAULT: { proxy: ETH }\n',
      'assets must have DEFAULT, or the file a correlation, and not both, was both',
      '  DEFAULT: { proxy',
    ],
    [
      small,
      'DEFAULT: { proxy: BTC }',
      'DEFAULT: {}',
      'assets.DEFAULT must have prices (bars, points), a proxy or a beta, one of them, was none',
      '  DEFAULT:',
    ],
    [
      small,
      'DEFAULT: { proxy: BTC }',
      'DEFAULT: { proxy: BTC, beta: 2, of: BTC }',
      'assets.DEFAULT must have prices (bars, points), a proxy or a beta, one of them, was proxy and beta',
      '  DEFAULT:',
    ],
    [
      small,
      'BTC: { points:',
      'BTC: { proxy: DEFAULT, points:',
      'assets.BTC must have prices (bars, points), a proxy or a beta, one of them, was prices and proxy',
      '  BTC:',
    ],
    [
      small,
      'DEFAULT: { proxy: BTC }',
      'DEFAULT: { beta: 2 }',
      'assets.DEFAULT must have beta and of together, was beta alone',
      '  DEFAULT:',
    ],
    [
      small,
      'DEFAULT: { proxy: BTC }',
      'DEFAULT: { proxy: BTC, of: BTC }',
      'assets.DEFAULT must have beta and of together, was of alone',
      '  DEFAULT:',
    ],
    [
      small,
      'DEFAULT: { proxy: BTC }',
      'DEFAULT: { proxy: BTC, exact: true }',
      'assets.DEFAULT.exact must stand beside prices, was beside a proxy',
      '  DEFAULT:',
    ],
    [
      full,
      'SOL: { beta: 1.4,',
      'SOL: { bridge: 0.1, beta: 1.4,',
      'assets.SOL.bridge must stand beside prices, was beside a beta',
      '  SOL:',
    ],
    [
      small,
      'points: [[2022-05-08, 100], [2022-05-09, 80]]',
      'bridge: 0, bars: [{ interval: 1h, rows: [[2022-05-08, 1, 1, 1, 1]] }]',
      'assets.BTC.bridge must stand beside points or bars coarser than interval, was beside bars as fine as it',
      '  BTC:',
    ],
    [full, '  of: BTC\n', '  of: ETH\n', 'correlation.of must be one of BTC, LUNA, was "ETH"', '  of: ETH'],
    [
      full,
      'sigmas: { BTC: 0.035,',
      'sigmas: { ETH: 0.035,',
      'correlation.sigmas.BTC must be stated, was not beside ETH, DEFAULT',
      '  sigmas:',
    ],
    [
      full,
      ', DEFAULT: 0.06 }',
      ' }',
      'correlation.sigmas.DEFAULT must be stated, was not beside BTC',
      '  sigmas:',
    ],
  ]);

  test('be told the nearest name', () => {
    const fault = scenarioFault(changed(small, 'proxy: BTC', 'proxy: BTV'), 'small.yaml');
    expect(fault.remedy).toBe('Did you mean "BTC"?');
  });
});

describe('the parts of a scenario must', () => {
  testRules([
    [small, 'id: small', 'id: smal', 'id must equal the name of the file, small, was smal', 'id:'],
    [
      small,
      'end: 2022-05-09',
      'end: 2022-05-08',
      'end must be after start, 2022-05-08 00:00, was 2022-05-08 00:00',
      'end:',
    ],
    [
      small,
      'start: 2022-05-08',
      'start: 2022-05-08T00:30:00Z',
      'start must lie on the grid of the interval, counted from 00:00 UTC, was 2022-05-08 00:30',
      'start:',
    ],
    [
      small,
      'end: 2022-05-09',
      'end: 2022-05-08T01:30:00Z',
      'end must lie a whole number of intervals after start, was 1.5',
      'end:',
    ],
    [
      small,
      'interval: 1h',
      'interval: 7h',
      'interval must divide a day, as 1m, 15m, 1h, 8h and 1d do, was "7h"',
      'interval:',
    ],
    [
      small,
      'interval: 1h',
      'interval: 500ms',
      'interval must make at most 100000 bars from the first price to end, was 172800',
      'interval:',
    ],
    [
      small,
      'liquidity: { DEFAULT: 1000000 }',
      'liquidity: { BTC: 1 }',
      'liquidity.DEFAULT must be stated, was not beside BTC',
      'liquidity:',
    ],
    [
      small,
      'shocks: { DEFAULT: -0.2 }',
      'shocks: {}',
      'shocks.DEFAULT must be stated, was not beside anything',
      'shocks:',
    ],
    [small, 'DEFAULT: -0.2', 'DEFAULT: -1', 'shocks.DEFAULT must be above -1, was -1', 'shocks:'],
    [
      small,
      'liquidity: { DEFAULT: 1000000 }',
      'liquidity: { btc: 1, DEFAULT: 1 }',
      'a key of liquidity must be a coin in capitals such as BTC, or DEFAULT, was "btc"',
      'liquidity:',
    ],
    [
      full,
      '  asset: LUNA',
      '  asset: ETH',
      'cascade.asset must be one of BTC, LUNA, was "ETH"',
      '  asset: ETH',
    ],
    [
      full,
      'at: 2022-05-09T12:00:00Z',
      'at: 2022-05-10',
      'cascade.at must lie in the window, from 2022-05-08 00:00 to before 2022-05-10 00:00, was 2022-05-10 00:00',
      '  at: 2022-05-10',
    ],
    [
      full,
      'points: [[2022-05-07T12:00:00Z, 60]',
      'bars: [{ interval: 1d, rows: [[2022-05-09, 1, 1, 1, 1]] }]\n    points: [[2022-05-07T12:00:00Z, 60]',
      'cascade.at must lie outside the bars of LUNA, was 2022-05-09 12:00 in that of 2022-05-09 00:00',
      '  at: 2022-05-09T12',
    ],
    [
      full,
      '[0.93, 3000000]',
      '[0.95, 3000000]',
      'cascade.levels[1] must be below the level before, 0.95, was 0.95',
      '  levels:',
    ],
    [full, '[[0.95, 2', '[[1, 2', 'cascade.levels[0][0] must be below 1, was 1', '  levels:'],
    [
      full,
      'BTC: [[2022-05-09, 0], [2022-05-09T04:00:00Z, -0.04]]',
      'BTC: [[2022-05-09, 0], [2022-05-09, -0.04]]',
      'gap.BTC[1] must be later than the one before, was 2022-05-09 00:00 after 2022-05-09 00:00',
      '  BTC: [[2022-05-09, 0]',
    ],
    [full, '-0.04]]', '-1]]', 'gap.BTC[1][1] must be above -1, was -1', '  BTC: [[2022-05-09, 0]'],
    [
      full,
      'depth: [[2022-05-08,',
      'depth: [[2022-05-05T23:00:00Z,',
      'depth[0] must lie between the first price and end, 2022-05-06 00:00 to 2022-05-10 00:00, was 2022-05-05 23:00',
      'depth:',
    ],
    [
      full,
      '[2022-05-09, 10]',
      '[2022-05-10T00:00:00.001Z, 10]',
      'spread[1] must lie between the first price and end, 2022-05-06 00:00 to 2022-05-10 00:00, was 2022-05-10 00:00:00.001',
      'spread:',
    ],
    [
      full,
      '[2022-05-09, 0.87]',
      '[2022-05-09, 0]',
      'collateral.USDC[1][1] must be above 0, was 0',
      '  USDC:',
    ],
    [
      full,
      '{ asset: BTC, every: 1h',
      '{ asset: DEFAULT, every: 1h',
      'funding[1].asset must stand once, was DEFAULT again',
      '  - { asset: DEFAULT, every: 1h',
    ],
    [
      full,
      'to: 2022-05-09T02:40:00Z',
      'to: 2022-05-09T02:16:00Z',
      'venue[0].to must be after from, 2022-05-09 02:16, was 2022-05-09 02:16',
      '  - { kind: outage',
    ],
    [
      full,
      'venue: any, from: 2022-05-09,',
      'venue: any, from: 2022-05-07T23:59:59Z,',
      'venue[1].from must lie in the window, 2022-05-08 00:00 to 2022-05-10 00:00, was 2022-05-07 23:59:59',
      '  - { kind: halt',
    ],
    [
      full,
      'at: 2022-05-09, cap: 8',
      'at: 2022-05-10T00:00:01Z, cap: 8',
      'venue[3].at must lie in the window, 2022-05-08 00:00 to 2022-05-10 00:00, was 2022-05-10 00:00:01',
      '  - { kind: leverage-cap',
    ],
    [
      full,
      'venue: bitmex',
      'venue: largest',
      'venue[0].venue must be a venue such as binance, or any, was "largest"',
      '  - { kind: outage',
    ],
    [
      full,
      'to: 2022-05-09T12:00:00Z',
      'to: 2022-05-09',
      'faults[0].to must be after from, 2022-05-09 00:00, was 2022-05-09 00:00',
      '  - { kind: crash',
    ],
    [
      full,
      'from: 2022-05-09, to: 2022-05-09T12:00:00Z',
      'from: 2022-05-10T00:00:01Z',
      'faults[0].from must lie in the window, 2022-05-08 00:00 to 2022-05-10 00:00, was 2022-05-10 00:00:01',
      '  - { kind: crash',
    ],
    [
      full,
      'every: 6s',
      'every: 50ms',
      'faults[3].every must make at most 50000 orders, was 54000',
      '  - { kind: orders',
    ],
  ]);
});

describe('a number of a scenario is held to its bound', () => {
  test.each([
    ['bridge: 0.03', 'bridge: -0.01', 'assets.BTC.bridge must be at least 0, was -0.01'],
    ['value: 0.9', 'value: 1.01', 'correlation.value must be at most 1, was 1.01'],
    ['{ BTC: 0.035', '{ BTC: 0', 'correlation.sigmas.BTC must be above 0, was 0'],
    ['shock: 0.06', 'shock: 1', 'cascade.shock must be below 1, was 1'],
    ['k: 1.0e-8', 'k: 0', 'cascade.k must be above 0, was 0'],
    ['spread: [[2022-05-08, 3]', 'spread: [[2022-05-08, 0]', 'spread[0][1] must be above 0, was 0'],
    ['{ BTC: 20000000', '{ BTC: 0', 'liquidity.BTC must be above 0, was 0'],
    ['cap: 8', 'cap: 0.99', 'venue[3].cap must be at least 1, was 0.99'],
    ['price: 0.0095', 'price: 0', 'venue[4].price must be above 0, was 0'],
    ['share: 0.5', 'share: 0', 'venue[5].share must be above 0, was 0'],
    ['share: 0.5', 'share: 1.01', 'venue[5].share must be at most 1, was 1.01'],
    ['recovery: 0', 'recovery: 1.01', 'venue[6].recovery must be at most 1, was 1.01'],
    ['haircut: 0.5', 'haircut: -0.01', 'venue[7].haircut must be at least 0, was -0.01'],
    ['factor: 0.5', 'factor: 0', 'faults[2].factor must be above 0, was 0'],
    ['notional: 0.05', 'notional: 0', 'faults[3].notional must be above 0, was 0'],
    ['leverage: 5', 'leverage: 0.99', 'faults[3].leverage must be at least 1, was 0.99'],
    ['confidence: 0.97', 'confidence: 1.01', 'faults[3].confidence must be at most 1, was 1.01'],
    ['- [2022-05-10T00:00:00Z, 85]', '- [2022-05-10, 0]', 'assets.BTC.points[3][1] must be above 0, was 0'],
    ['110, 90, 105', '110, 0, 105', 'assets.BTC.bars[0].rows[0][3] must be above 0, was 0'],
  ])('%s is not %s', (from, to, message) => {
    expect(scenarioFault(changed(full, from, to), 'full.yaml').message).toBe(message);
  });
});

describe('a scenario may have', () => {
  testRead([
    [
      'a link to DEFAULT where that has prices',
      small,
      'DEFAULT: { proxy: BTC }',
      'ETH: { proxy: DEFAULT }\n  DEFAULT: { points: [[2022-05-08, 1], [2022-05-09, 2]] }',
    ],
    ['as many orders as a fault may send', full, 'every: 6s', 'every: 54ms'],
    [
      'a cascade that begins as a bar ends',
      full,
      'points: [[2022-05-07T12:00:00Z, 60]',
      'bars: [{ interval: 12h, rows: [[2022-05-09, 1, 1, 1, 1]] }]\n    points: [[2022-05-07T12:00:00Z, 60]',
    ],
    ['actions at both ends of the window', full, 'at: 2022-05-09, cap: 8', 'at: 2022-05-08, cap: 8'],
    ['an almost total shock', small, 'DEFAULT: -0.2', 'DEFAULT: -0.999999'],
  ]);
});
