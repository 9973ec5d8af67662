/** The configuration of the flags: `guards.flags`. They tell and never act. */
import { z } from 'zod';

export const flagsConfig = z.strictObject({
  adverse: z
    .number()
    .gt(0)
    .lt(1)
    .nullable()
    .describe('Move of the mark against the entry of a position, a fraction, exclusive; null: off'),
  liquidationAtrs: z
    .number()
    .positive()
    .nullable()
    .describe('Distance of the mark to the liquidation price in ATRs, exclusive from below; null: off'),
  diversifyAbove: z
    .number()
    .int()
    .min(0)
    .nullable()
    .describe('More positions than this with the adverse flag at once; null: off'),
  totalRisk: z
    .number()
    .positive()
    .nullable()
    .describe(
      'Sum of |result of a position since its entry|, gains as well, over equity, exclusive; S0 takes the percentage of the price of now, which differs by the move itself; null: off',
    ),
});

export type FlagsConfig = z.output<typeof flagsConfig>;
