/**
 * What a number in a report leaves open. A closed list: a report may carry only these, a gate can forbid any of them,
 * and a test raises each one.
 */
export const fidelityFlags = {
  'synthetic-data': 'the bundled sample was generated from a seed; it is no market history',
  'intrabar-assumed': 'a bar does not tell the order of its prices, and some result depends on that order',
  'intrabar-time-assumed': 'each leg of a bar was given an equal share of its time',
  'last-as-mark': 'no mark prices were given; the last price stands in where a venue looks at mark',
  'brackets-nearest': 'the run lies before the first dated brackets of a venue; its earliest ones stand in',
  'brackets-default': 'a symbol has no brackets of its own; the default table of its venue stands in',
  'funding-flat': 'no funding file covers a position; the flat rate of the venue stands in',
  'points-interpolated': 'prices between the known points of a scenario were joined, or bridged from a seed',
  'proxy-history':
    'an asset without prices, or without as many as are asked for, follows another one or shortens the window of all',
  'spot-as-perp': 'recorded spot prices stand in for a perpetual',
  'opens-clipped': 'opens of a source that repeats the previous close were clipped into their bar',
  'gaps-bridged': 'bars are missing inside some trades, up to the allowed gap',
  'no-path': 'trades were judged on their high and low alone, without bars',
  overlapping: 'trades of one symbol, or periods of returns, overlap in time, so they are not independent',
} as const;

export type Fidelity = keyof typeof fidelityFlags;
