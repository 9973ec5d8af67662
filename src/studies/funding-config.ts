/** The configuration of the funding studies: `studies.funding`. The breaker that runs live is `guards.funding-breaker`. */
import { z } from 'zod';
import { rangePattern } from '../model/range.ts';

const decimal = z
  .string()
  .regex(/^(?!0+(\.0+)?$)\d{1,18}(\.\d{1,18})?$/, 'be a decimal above 0 such as 62000.5');
const leverage = z.number().min(1).max(200);
const moment = z
  .string()
  .regex(
    /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2})?Z)?$/,
    'be a date such as 2022-05-04 or 2022-05-04T12:00:00Z',
  );

export const fundingConfig = z.strictObject({
  perp: z
    .string()
    .min(1)
    .nullable()
    .describe('The perpetual, where the files hold several; null: the first by name'),
  direction: z.enum(['long', 'short', 'both']).describe('Of the position'),
  inverse: z.boolean().describe('Settled in coin'),
  sizing: z
    .enum(['constant-size', 'constant-leverage', 'both'])
    .describe('Left alone, or traded back to its leverage after every settlement'),
  flat: decimal.nullable().describe('Holds the mark at this price instead of reading bars; null: the bars'),
  from: moment.nullable().describe('The first moment, UTC; null: the data decide'),
  to: moment.nullable().describe('The last moment, UTC; null: the data decide'),
  table: z.strictObject({
    leverages: z.array(leverage).min(1).max(100).describe('A row for each'),
    rate: z.number().min(-0.05).max(0.05).describe('Paid per settlement, a fraction of notional'),
    per: z
      .string()
      .regex(/^(?!0+(\.0+)?[a-z])\d+(\.\d+)?(m|h|d)$/, 'be a time such as 8h')
      .describe('Between settlements'),
    mmr: z.number().min(0).lt(1).describe('Maintenance, a fraction of notional'),
    entry: decimal.describe('Entry price, and the mark that stays there'),
    weeks: z.number().int().min(0).max(520).describe('Weeks whose liquidation price is told, at most'),
  }),
  replay: z.strictObject({
    leverage: leverage.describe('Notional / margin at entry'),
    notional: decimal.describe('In quote at entry; for inverse contracts the quantity'),
  }),
  breaker: z.strictObject({
    thresholds: z
      .union([z.array(z.number().positive().max(1)).min(1).max(1000), z.string().regex(rangePattern)])
      .describe('Rates as of 8 hours, ascending: a list or from:to:step'),
    periods: z
      .array(z.number().int().min(1).max(1000))
      .min(1)
      .max(100)
      .describe('Settlements in a row above it, ascending'),
    blockDays: z.number().positive().max(365).describe('Mean block of the bootstrap, in days of settlements'),
    replicates: z.number().int().min(100).max(100_000).describe('Bootstrap replicates'),
    intervalLevel: z.number().gt(0.5).lt(1).describe('Confidence level of the intervals'),
  }),
});

export type FundingConfig = z.output<typeof fundingConfig>;
export type FundedDirection = 'long' | 'short';
export type Sizing = 'constant-size' | 'constant-leverage';

/** The sides that a direction names. */
export function directionsOf(direction: FundingConfig['direction']): readonly FundedDirection[] {
  return direction === 'both' ? ['long', 'short'] : [direction];
}

/** The ways of holding that `sizing` names. */
export function sizingsOf(sizing: FundingConfig['sizing']): readonly Sizing[] {
  return sizing === 'both' ? ['constant-size', 'constant-leverage'] : [sizing];
}
