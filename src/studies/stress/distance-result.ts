/** What `risk stress --distance` reports: `result.distance`. */
import { z } from 'zod';

const row = z.strictObject({
  account: z.string(),
  symbol: z.string(),
  direction: z.enum(['long', 'short']),
  contract: z.enum(['linear', 'inverse']),
  leverage: z.number().describe('As the book states it'),
  scenario: z.string(),
  move: z
    .number()
    .describe('The worst move against the position from the start, a fraction >= 0 of the price'),
  largest: z
    .number()
    .nullable()
    .describe(
      'Leverage below which it survives alone, isolated, opened at the start; null where not even 1x does',
    ),
  allowed: z
    .number()
    .nullable()
    .describe('The same, or what the venue lets open at this notional where that is less'),
});

export const distanceResult = z.array(row);

export type DistanceRow = z.infer<typeof row>;
