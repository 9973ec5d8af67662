/** The configuration of the check of one order: `studies.check`. */
import { z } from 'zod';

const amount = z.number().positive().nullable();

export const checkConfig = z.strictObject({
  at: z
    .string()
    .regex(
      /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2})?Z)?$/,
      'be a date such as 2022-05-04 or 2022-05-04T12:00:00Z',
    )
    .nullable()
    .describe('The moment at which the order is judged, UTC; null: the end of the data'),
  dayEquity: amount.describe(
    'Equity of all accounts at 00:00 UTC; null: not known, the loss of the day is not judged',
  ),
  weekPeak: amount.describe(
    'Highest equity since Monday; null: not known, the drawdown of the week is not judged',
  ),
  peak: amount.describe('Highest equity so far; null: not known, the drawdown is not judged'),
});

export type CheckConfig = z.output<typeof checkConfig>;
