/** The envelope of every JSON report, `risk-report/1`. Same inputs, configuration, seed and version: same bytes. */
import { z } from 'zod';
import { type Fidelity, fidelityFlags } from './fidelity.ts';

const inputSchema = z.strictObject({
  path: z.string().describe('Base name; sample:... and scenario:... for bundled files'),
  role: z.enum(['ohlcv', 'journal', 'funding', 'ticks', 'mark', 'portfolio', 'order', 'audit', 'scenario']),
  format: z.string().describe('The reader that was used'),
  why: z.string().describe('Why that reader'),
  sha256: z.string().describe('Of the bytes on disk'),
  rows: z.number().int().nonnegative(),
  rejected: z.number().int().nonnegative().describe('Impossible rows that were dropped'),
  from: z.number().nullable().describe('UTC ms'),
  to: z.number().nullable().describe('UTC ms'),
  symbols: z.array(z.string()),
});

const warningSchema = z.strictObject({
  code: z.string().describe('A finding of the data gate, or the name of the command'),
  input: z.string().nullable().describe('The path of the input that it is about'),
  count: z.number().int().nonnegative(),
  text: z.string(),
});

export type ReportInput = z.infer<typeof inputSchema>;
export type ReportWarning = z.infer<typeof warningSchema>;

export type Report<R> = {
  readonly schema: 'risk-report/1';
  readonly command: string;
  readonly version: string;
  readonly runId: string;
  readonly seed: number;
  readonly config: unknown;
  readonly configHash: string;
  readonly inputs: readonly ReportInput[];
  readonly fidelity: readonly Fidelity[];
  readonly warnings: readonly ReportWarning[];
  readonly result: R;
};

/** The schema of a command's report from the schemas of its configuration and its result. */
export function reportSchema<C extends z.ZodType, R extends z.ZodType>(
  command: string,
  config: C,
  result: R,
) {
  const flags = Object.keys(fidelityFlags) as [Fidelity, ...Fidelity[]];
  return z.strictObject({
    schema: z.literal('risk-report/1'),
    command: z.literal(command),
    version: z.string(),
    runId: z.string(),
    seed: z.number().int(),
    config,
    configHash: z.string(),
    inputs: z.array(inputSchema),
    fidelity: z.array(z.enum(flags)),
    warnings: z.array(warningSchema),
    result,
  });
}
