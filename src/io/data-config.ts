/** The configuration of what is read: `data`. Which files play which role, and what their rows mean. */
import { z } from 'zod';

const files = z.array(z.string().min(1));

export const dataConfig = z.strictObject({
  ohlcv: files.describe(
    'Bars: files, folders or globs, relative to the working directory; none runs on the sample',
  ),
  journal: files.describe('Own round trips: files, folders or globs'),
  funding: files.describe('Funding rates: files, folders or globs'),
  ticks: files.describe('Market prints: files, folders or globs'),
  mark: files.describe('Mark prices as bars: files, folders or globs; without them last stands in'),
  portfolio: files.max(1).describe('The book that is held: one file'),
  order: files.max(1).describe('The order that is asked about: one file'),
  scenarios: files.describe('Scenarios by their ids, or files of your own; none is all that are bundled'),
  market: files.describe(
    'Recorded bars that take the place of what scenarios state: files, folders or globs',
  ),
  symbol: z.string().min(1).nullable().describe('The symbol of files that do not say theirs'),
  interval: z
    .string()
    .regex(/^\d+(\.\d+)?(ms|s|m|h|d|w)$/, 'be a time such as 1h')
    .nullable()
    .describe('Bar interval to build from finer bars or prints, such as 1h; null keeps that of the file'),
  reader: z
    .string()
    .regex(/^[a-z][a-z0-9-]*$/)
    .nullable()
    .describe('The reader to use instead of the one that the content asks for'),
  timeOffset: z
    .string()
    .regex(/^[+-]?\d+(\.\d+)?(ms|s|m|h|d)$/, 'be a time such as +8h')
    .nullable()
    .describe('How far the stamps of the files are ahead of UTC, such as +8h'),
  journalOffset: z
    .string()
    .regex(/^[+-]?\d+(\.\d+)?(ms|s|m|h|d)$/, 'be a time such as +8h')
    .nullable()
    .describe('The same for journals alone; null takes that of all files'),
  strategy: z.string().min(1).nullable().describe('The strategy of a journal that holds several'),
  onBadRow: z
    .enum(['error', 'drop'])
    .describe('error: an impossible row ends the run; drop: it is left out and counted'),
  stamps: z.enum(['auto', 'open', 'close']).describe('Whether a bar is stamped by its open or its close'),
  maxGap: z.number().min(1).describe('A hole of more intervals than this splits a series'),
});
