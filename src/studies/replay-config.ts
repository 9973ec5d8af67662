/** The configuration of the replay study: `studies.replay`. */
import { z } from 'zod';

const time = z
  .string()
  .regex(
    /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2})?Z)?$/,
    'be a date such as 2022-05-04 or 2022-05-04T12:00:00Z',
  );

export const replayConfig = z.strictObject({
  intrabar: z
    .enum(['pessimistic', 'optimistic', 'ohlc', 'olhc', 'nearest-extreme'])
    .describe('The order of prices inside a bar'),
  legs: z
    .enum(['continuous', 'jump'])
    .describe('continuous passes every price between two points of a bar; jump acts at the points alone'),
  counterfactual: z.boolean().describe('Whether each guard is judged alone and left out, on the same path'),
  balance: z
    .string()
    .regex(/^\d+(\.\d+)?$/, 'be a decimal such as 100000')
    .describe('Starting wallet of a journal, in its currency'),
  currency: z.string().min(1).describe('Currency of that wallet'),
  notional: z
    .number()
    .positive()
    .describe('Notional of a trade without a quantity, as a fraction of starting equity'),
  leverage: z.number().min(1).max(200).nullable().describe("Leverage of every trade; null: the journal's"),
  from: time.nullable().describe('The first moment of the replay, UTC; null: the data decide'),
  to: time.nullable().describe('The last moment of the replay, UTC; null: the data decide'),
});

export type ReplayConfig = z.output<typeof replayConfig>;
