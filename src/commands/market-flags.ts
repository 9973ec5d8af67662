/** Flags of every command that reads market files: what is read, and what its rows mean. */
import type { PathFlag } from './flags.ts';
import { numberValue, textList } from './option-values.ts';

export const marketFlags: readonly PathFlag[] = [
  { flags: '--ohlcv <files...>', path: 'data.ohlcv', help: 'bars: files, folders or globs' },
  { flags: '--ticks <files...>', path: 'data.ticks', help: 'market prints: files, folders or globs' },
  { flags: '--interval <time>', path: 'data.interval', help: 'build bars of this interval, such as 1h' },
  { flags: '--symbol <name>', path: 'data.symbol', help: 'the symbol of files that do not say theirs' },
  { flags: '--reader <name>', path: 'data.reader', help: 'the reader to use instead of detection' },
  {
    flags: '--time-offset <time>',
    path: 'data.timeOffset',
    help: 'how far stamps are ahead of UTC, such as +8h',
  },
  {
    flags: '--on-bad-row <action>',
    path: 'data.onBadRow',
    help: 'what becomes of impossible rows',
    choices: ['error', 'drop'],
  },
  {
    flags: '--stamps <meaning>',
    path: 'data.stamps',
    help: 'whether bars are stamped by their open or close',
    choices: ['auto', 'open', 'close'],
  },
  {
    flags: '--max-gap <n>',
    path: 'data.maxGap',
    help: 'a hole of more intervals splits a series',
    parse: numberValue,
  },
];

/** Flags of every command that holds a book against a path. */
export const bookFlags: readonly PathFlag[] = [
  {
    flags: '--portfolio <file>',
    path: 'data.portfolio',
    help: 'a portfolio file: accounts, positions, resting orders',
    parse: textList,
  },
  { flags: '--funding <files...>', path: 'data.funding', help: 'funding rates: files, folders or globs' },
  { flags: '--mark <files...>', path: 'data.mark', help: 'mark prices as bars; without them last stands in' },
];
