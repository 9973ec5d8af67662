import { describe } from 'vitest';
import { fullScenario as full, smallScenario as small } from '../support/full-scenario.ts';
import { testRead, testRules } from '../support/scenario-rule.ts';

describe('prices of a scenario must', () => {
  testRules([
    [
      small,
      '[2022-05-09, 80]]',
      '[2022-05-09, 80], [2022-05-08T04:00:00Z, 90]]',
      'assets.BTC.points[2] must not be earlier than the point before, was 2022-05-08 04:00 after 2022-05-09 00:00',
      '  BTC:',
    ],
    [
      full,
      '      - [2022-05-10T00:00:00Z, 85]',
      '      - [2022-05-09T04:00:00Z, 78]\n      - [2022-05-10T00:00:00Z, 85]',
      'assets.BTC.points[3] must be at most the second of its time, was the third at 2022-05-09 04:00',
      '      - [2022-05-09T04:00:00Z, 78]',
    ],
    [
      small,
      '[2022-05-09, 80]]',
      '[2022-05-08T04:30:00Z, 90], [2022-05-08T04:30:00Z, 85], [2022-05-09, 80]]',
      'assets.BTC.points[2] must be a step on the grid of the interval of the file, was one at 2022-05-08 04:30',
      '  BTC:',
    ],
    [
      full,
      '- [2022-05-07, 105',
      '- [2022-05-07T01:00:00Z, 105',
      'assets.BTC.bars[0].rows[1] must open on the grid of its interval, was 2022-05-07 01:00',
      '2022-05-07T01:00:00Z',
    ],
    [
      full,
      '- [2022-05-07, 105',
      '- [2022-05-06, 105',
      'assets.BTC.bars[0].rows[1] must open at or after the end of the bar before, 2022-05-07 00:00, was 2022-05-06 00:00',
      '- [2022-05-06, 105',
    ],
    [
      full,
      '    points:\n',
      '      - { interval: 12h, rows: [[2022-05-07T12:00:00Z, 1, 1, 1, 1]] }\n    points:\n',
      'assets.BTC.bars[1].rows[0] must open at or after the end of the bar before, 2022-05-08 00:00, was 2022-05-07 12:00',
      '- { interval: 12h',
    ],
    [
      full,
      '- interval: 1d',
      '- interval: 90m',
      'assets.BTC.bars[0].interval must be a whole multiple of that of the file, 1h, was 90m',
      '- interval: 90m',
    ],
    [
      full,
      '112, 100, 104',
      '104, 100, 104',
      'assets.BTC.bars[0].rows[1] must have open and close between low and high, was open 105, high 104, low 100, close 104',
      '- [2022-05-07, 105',
    ],
    [
      full,
      '112, 100, 104',
      '112, 104.5, 104',
      'assets.BTC.bars[0].rows[1] must have open and close between low and high, was open 105, high 112, low 104.5, close 104',
      '- [2022-05-07, 105',
    ],
    [
      full,
      '      - [2022-05-08, 104]\n',
      '      - [2022-05-07, 104]\n      - [2022-05-08, 104]\n',
      'assets.BTC.points[0] must lie outside the bars, was at 2022-05-07 00:00 in the bar of 2022-05-07 00:00, assets.BTC.bars[0].rows[1]',
      '- [2022-05-07, 104]',
    ],
    [
      full,
      '      - [2022-05-08, 104]\n',
      '      - [2022-05-08, 104]\n      - [2022-05-08, 103]\n',
      'assets.BTC.points[0] must be the only point where a bar closes, was one of two at the end of the bar of 2022-05-07 00:00, assets.BTC.bars[0].rows[1]',
      '- [2022-05-08, 104]',
    ],
    [
      small,
      '[[2022-05-08, 100]',
      '[[2022-05-08T00:00:01Z, 100]',
      'assets.BTC.points must reach from start, 2022-05-08 00:00, was first at 2022-05-08 00:00:01',
      '  BTC:',
    ],
    [
      small,
      '[2022-05-09, 80]',
      '[2022-05-08T23:59:59Z, 80]',
      'assets.BTC.points must reach to end, 2022-05-09 00:00, was last at 2022-05-08 23:59:59',
      '  BTC:',
    ],
    [
      small,
      'points: [[2022-05-08, 100], [2022-05-09, 80]]',
      'bars: [{ interval: 12h, rows: [[2022-05-08, 1, 1, 1, 1]] }]',
      'assets.BTC.bars must reach to end, 2022-05-09 00:00, was last at 2022-05-08 12:00',
      '  BTC:',
    ],
    [
      small,
      'interval: 1h',
      'interval: 1h\nprices: relative',
      'assets.BTC.points must be 1 at start, 2022-05-08 00:00, where prices are relative, was 100',
      '  BTC:',
    ],
    [
      small,
      'interval: 1h\nassets:\n  BTC: { points: [[2022-05-08, 100]',
      'interval: 1h\nprices: relative\nassets:\n  BTC: { points: [[2022-05-07, 1]',
      'assets.BTC.points must be 1 at start, 2022-05-08 00:00, where prices are relative, was not stated',
      '  BTC:',
    ],
  ]);
});

describe('prices of a scenario may be', () => {
  testRead([
    [
      'a step on the grid',
      small,
      '[2022-05-09, 80]',
      '[2022-05-08T04:00:00Z, 90], [2022-05-08T04:00:00Z, 85], [2022-05-09, 80]',
    ],
    ['a gap between bars', full, '2022-05-06, 100', '2022-05-05, 100'],
    ['bars of the interval of the file', full, 'interval: 1d\n', 'interval: 1h\n'],
    [
      'a finer block behind a coarser',
      full,
      '    points:\n      - [2022-05-08, 104]\n',
      '      - { interval: 1h, rows: [[2022-05-08, 104, 104, 103, 104]] }\n    points:\n',
    ],
    ['an open at the high and a close at the low', full, '105, 112, 100, 104', '112, 112, 100, 100'],
    [
      'bars that cover the end',
      small,
      'points: [[2022-05-08, 100], [2022-05-09, 80]]',
      'bars: [{ interval: 1d, rows: [[2022-05-08, 1, 1, 1, 1]] }]',
    ],
    [
      'history and a price behind the end',
      small,
      '[[2022-05-08, 100], [2022-05-09, 80]]',
      '[[2022-05-07T23:59:59Z, 100], [2022-05-09T00:00:01Z, 80]]',
    ],
    [
      'relative prices',
      small,
      'interval: 1h\nassets:\n  BTC: { points: [[2022-05-08, 100]',
      'interval: 1h\nprices: relative\nassets:\n  BTC: { points: [[2022-05-08, 1]',
    ],
    [
      'relative prices behind a step at the start',
      small,
      'interval: 1h\nassets:\n  BTC: { points: [[2022-05-08, 100]',
      'interval: 1h\nprices: relative\nassets:\n  BTC: { points: [[2022-05-08, 1.2], [2022-05-08, 1]',
    ],
    [
      'relative prices whose bar opens at the start',
      small,
      'interval: 1h\nassets:\n  BTC: { points: [[2022-05-08, 100], [2022-05-09, 80]]',
      'interval: 1h\nprices: relative\nassets:\n  BTC: { bars: [{ interval: 1d, rows: [[2022-05-07, 2, 2, 2, 2], [2022-05-08, 1, 1, 1, 1]] }]',
    ],
    [
      'relative prices whose bar closes at the start',
      small,
      'interval: 1h\nassets:\n  BTC: { points: [[2022-05-08, 100], [2022-05-09, 80]]',
      'interval: 1h\nprices: relative\nassets:\n  BTC: { bars: [{ interval: 1d, rows: [[2022-05-07, 2, 2, 1, 1]] }], points: [[2022-05-09, 1]]',
    ],
  ]);
});
