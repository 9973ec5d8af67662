/** The configuration of the emergency stop: `guards.emergency-stop`. */
import { z } from 'zod';

export const emergencyStopConfig = z.strictObject({
  consecutiveLosses: z
    .number()
    .int()
    .min(1)
    .nullable()
    .describe('Positions closed at a loss in a row, inclusive: the n-th stops everything; null: off'),
  drawdown: z
    .number()
    .gt(0)
    .lt(1)
    .nullable()
    .describe('Fall from the highest equity, unrealised included, exclusive; null: off'),
  breakersAtOnce: z
    .number()
    .int()
    .min(1)
    .nullable()
    .describe('Circuit breakers that halt at the same time, inclusive; null: off'),
  overrideHash: z
    .string()
    .regex(/^scrypt\$\d+\$\d+\$\d+\$[\w+/=-]+\$[\w+/=-]+$/, 'be a text such as scrypt$16384$8$1$salt$hash')
    .nullable()
    .describe(
      'What the code of an operator is checked against before his event exists; null: nobody may override',
    ),
});

export type EmergencyStopConfig = z.output<typeof emergencyStopConfig>;
