/** The configuration of the margin ladder: `guards.margin-ladder`. */
import { z } from 'zod';

const rung = z.strictObject({
  bound: z.number().gt(0).lt(1).describe('Reached where marginRemaining falls to it or below'),
  action: z.enum(['monitor', 'reduce', 'close']),
  reduceBy: z.number().gt(0).lte(1).optional().describe('Share of the quantity, for reduce'),
});

export const marginLadderConfig = z.strictObject({
  rungs: z.array(rung).describe('Descending bounds on the margin that remains'),
});

export type MarginLadderConfig = z.output<typeof marginLadderConfig>;
