/** The configuration of the margin ladder: `guards.margin-ladder`. */
import { z } from 'zod';

const rung = z
  .strictObject({
    bound: z.number().gt(0).lt(1).describe('Reached where marginRemaining falls to it or below, inclusive'),
    action: z.enum(['monitor', 'reduce', 'close']),
    reduceBy: z.number().gt(0).lte(1).optional().describe('Share of the quantity, for reduce'),
  })
  .refine(({ action, reduceBy }) => (action === 'reduce') === (reduceBy !== undefined), {
    message: 'hold reduceBy where its action is reduce, and nowhere else',
  });

export const marginLadderConfig = z.strictObject({
  rungs: z
    .array(rung)
    .min(1)
    .refine((rungs) => rungs.every(({ bound }, i) => bound < (rungs[i - 1]?.bound ?? 1)), {
      message: 'have bounds that descend',
    })
    .describe('Descending bounds on the margin that remains'),
});

export type MarginLadderConfig = z.output<typeof marginLadderConfig>;
