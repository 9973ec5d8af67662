/** The configuration of the margin study: `studies.margin`. */
import { z } from 'zod';

const decimal = z.string().regex(/^\d+(\.\d+)?$/, 'be a decimal such as 62000.5');

export const marginConfig = z.strictObject({
  direction: z.enum(['long', 'short']).describe('Of the position that flags describe'),
  symbol: z.string().min(1).describe('Its symbol'),
  entry: decimal.nullable().describe('Its entry price; null where a portfolio is asked about'),
  qty: decimal.describe('Its quantity: base, or quote notional where inverse'),
  leverage: z.number().min(1).max(200).describe('Its leverage'),
  balance: decimal.nullable().describe('Wallet of a cross position; null: its initial margin'),
  inverse: z.boolean().describe('Settled in coin'),
  at: z
    .string()
    .regex(
      /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2})?Z)?$/,
      'be a date such as 2022-05-04 or 2022-05-04T12:00:00Z',
    )
    .nullable()
    .describe('The moment whose brackets hold; null: the newest'),
  mark: decimal.nullable().describe('Mark price; null: that of the data, else the entry'),
  rate: z
    .number()
    .min(-0.05)
    .max(0.05)
    .nullable()
    .describe('Funding rate per settlement; null: that of the venue'),
  per: z
    .string()
    .regex(/^\d+(\.\d+)?(m|h|d)$/, 'be a time such as 8h')
    .nullable()
    .describe('Time between settlements; null: that of the venue'),
  confidence: z.number().gt(0.5).lt(1).describe('Confidence of the margin by risk, over one day'),
  shocks: z
    .array(
      z.strictObject({
        id: z.string(),
        moves: z.array(z.strictObject({ asset: z.string(), move: z.number().gt(-1) })),
        default: z.number().gt(-1).describe('The move of every other asset'),
      }),
    )
    .describe('Moves at once, for the margin by scenario'),
});

export type MarginConfig = z.output<typeof marginConfig>;
