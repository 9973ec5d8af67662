/** The configuration of the session limits: `guards.session-limits`. */
import { z } from 'zod';

const fraction = z.number().gt(0).lt(1).nullable();

export const sessionLimitsConfig = z.strictObject({
  dailyLoss: fraction.describe(
    'Loss of the day over equity at its start, unrealised included, exclusive: more halts until 00:00 UTC; null: off',
  ),
  weeklyDrawdown: fraction.describe(
    'Fall from the highest equity of the week, from Monday, exclusive: more halts until an operator resumes; null: off',
  ),
  tradesPerDay: z
    .number()
    .int()
    .min(1)
    .nullable()
    .describe('Opening fills of a UTC day, inclusive: the n-th is allowed, the next denied; null: off'),
  ordersPerMinute: z
    .number()
    .int()
    .min(1)
    .nullable()
    .describe('Orders within 60 seconds, inclusive: the n-th is allowed, the next denied; null: off'),
});

export type SessionLimitsConfig = z.output<typeof sessionLimitsConfig>;
