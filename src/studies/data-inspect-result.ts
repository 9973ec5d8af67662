/** What the data gate makes of files, as its report carries it: `result` of a `data inspect` report. */
import { z } from 'zod';

const count = z.number().int().nonnegative();
const time = z.number().nullable().describe('UTC ms');
const line = count.nullable().describe('1-based; null where the source has no lines');

const finding = z.strictObject({
  code: z.string(),
  meaning: z.string(),
  count,
  line,
  example: z.string(),
  consequence: z.string(),
});

const impossible = z.strictObject({ line, code: z.string(), message: z.string() });

export const dataInspectResult = z.strictObject({
  series: z.array(
    z.strictObject({
      file: z.string(),
      role: z.enum(['ohlcv', 'journal', 'funding', 'ticks']),
      format: z.string().describe('The reader that was used'),
      why: z.string().describe('Why that reader'),
      symbols: z.array(z.string()),
      rows: count.describe('Of the file, the impossible ones included'),
      from: time,
      to: time,
      interval: z.number().nullable().describe('Milliseconds; null where the role has none'),
      segments: count.nullable().describe('Parts between holes of more than data.maxGap intervals'),
      expected: count.nullable().describe('Bars from the first to the last, with those that are missing'),
      missing: count.nullable(),
      dropped: count.describe('Impossible rows; other commands stop at the first unless --on-bad-row drop'),
      duplicates: count.nullable(),
      stale: count.nullable(),
      score: z
        .number()
        .nullable()
        .describe('1 - min(1, (missing + dropped + duplicates + stale) / expected); null where not of bars'),
      findings: z.array(finding),
      impossible: z.array(impossible).describe('The first 20; all with --detail'),
    }),
  ),
  refused: z
    .array(
      z.strictObject({
        file: z.string(),
        code: z.string(),
        line,
        message: z.string(),
        remedy: z.string().nullable(),
      }),
    )
    .describe('Files that cannot be read at all'),
});

export type DataInspectResult = z.infer<typeof dataInspectResult>;
export type InspectedResult = DataInspectResult['series'][number];
