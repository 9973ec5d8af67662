/** The configuration of the funding breaker: `guards.funding-breaker`. */
import { z } from 'zod';

export const fundingBreakerConfig = z.strictObject({
  maxRate8h: z
    .number()
    .positive()
    .max(1)
    .nullable()
    .describe('Funding rate against the position, as of 8 hours, exclusive; null: off'),
  settlements: z.number().int().min(1).describe('Settlements in a row above it, inclusive: the k-th acts'),
  action: z
    .enum(['close', 'flip'])
    .describe(
      'flip closes and opens the other side, where every scope of the account is SAFE; else it closes',
    ),
  safeLevel: z.number().min(1).describe('marginLevel above which a scope is SAFE, exclusive'),
});

export type FundingBreakerConfig = z.output<typeof fundingBreakerConfig>;
