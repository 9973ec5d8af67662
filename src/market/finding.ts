/**
 * What the data gate found in a file. Each finding has a code, a count, an example and a consequence: what the
 * program did about it, or what the reader of a report must know.
 */
export const findingCodes = {
  gap: 'bars are missing between two rows',
  duplicate: 'a row repeats the time stamp and values of another',
  'duplicate-conflict': 'two rows share a time stamp and differ in their values',
  'newest-first': 'the file is ordered from new to old',
  'mixed-epochs': 'one time column mixes seconds, milliseconds or microseconds',
  'zero-volume': 'a run of bars without any volume',
  stale: 'a run of bars in which the price never moves',
  'bad-print': 'a single bar reaches far beyond both neighbours and comes back',
  'bar-end-stamps': 'time stamps are the ends of bars, not their opens',
  'symbol-reuse': 'a hole with a jump of price after it: the symbol may name another asset',
  'interval-change': 'the interval between rows changes inside the file',
  'ruined-stamps': 'a spreadsheet has cut digits off the time stamps',
  'opens-previous-close': 'every open repeats the previous close, so some lie outside their bar',
  'dropped-rows': 'impossible rows were dropped because --on-bad-row drop was given',
  'off-grid': 'time stamps do not lie on the grid of their interval',
  'stamp-jitter': 'settlement stamps are up to some milliseconds off their minute',
  'too-precise': 'values carry more digits than any venue publishes: computed, not recorded',
  'local-times': 'time stamps are local times, and no offset was given or no one offset fits',
  'rate-scale': 'funding rates are so large that they may be percent, not fractions',
  'missing-fills': 'a fill starts from another position than the one before it left: fills are missing',
  'pnl-mismatch': 'the closed profit of the file does not follow from its own fills',
  'name-mismatch': 'the name of the file disagrees with its content',
} as const;

export type FindingCode = keyof typeof findingCodes;

export type Finding = {
  readonly code: FindingCode;
  /** How many rows, runs or holes. */
  readonly count: number;
  /** The line of the file (1-based) of the first case, null where the source has no lines. */
  readonly line: number | null;
  /** The first case in words: `2022-05-13 00:00 0.00005 -> 2022-05-31 00:00 8.69`. */
  readonly example: string;
  readonly consequence: string;
};
