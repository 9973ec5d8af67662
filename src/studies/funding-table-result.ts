/** What `risk funding table` reports. Rates, drains and distances are fractions, times milliseconds. */
import { z } from 'zod';

const nullable = z.number().nullable();

export const fundingTableResult = z.strictObject({
  rate: z.number().describe('Per settlement, of notional; + longs pay'),
  per: z.number().describe('Between settlements, ms'),
  mmr: z.number().describe('Maintenance, of notional'),
  contract: z.enum(['linear', 'inverse']),
  entry: z.number().describe('Quote per base; the mark stays there'),
  rows: z.array(
    z.strictObject({
      direction: z.enum(['long', 'short']),
      leverage: z.number(),
      marginBuffer: z.number().describe('(equity - maintenance) / notional when opened: 1 / leverage - mmr'),
      liquidationDistance: nullable.describe(
        '|mark - liquidation price| / mark when opened; null where no price liquidates',
      ),
      drainPerDayNotional: z.number().describe('Of notional; below 0 where the position is paid'),
      drainPerDayMargin: z.number().describe('The same of its margin'),
      settlements: nullable.describe(
        'The settlement that liquidates: ceil((1 / leverage - mmr) / rate); 0 where opening does, null where it never pays',
      ),
      days: nullable.describe('settlements x per'),
      reason: z.string().nullable().describe('Why settlements are null or 0'),
      documentDays: nullable.describe('What S2 prints for this leverage, whatever the rate; null for none'),
      liquidationPriceByWeek: z
        .array(nullable)
        .describe('After each whole week in which it lives; null where no price liquidates'),
    }),
  ),
  document: z
    .strictObject({
      rows: z.array(
        z.strictObject({
          leverage: z.number(),
          liquidationAt: z.number().describe('As printed: move of the price'),
          drainPerDay: z.number().describe('As printed, "of position"'),
          days: z.number().describe('As printed'),
          ownDays: z.number().describe("Days of the row's own columns: distance / drain"),
          impliedDrainPerDay: z.number().describe('Of notional a day, that lasts the printed days'),
          impliedRate8h: z.number().describe('The same for each of three settlements a day'),
        }),
      ),
      fits: z
        .strictObject({ low: z.number(), high: z.number() })
        .nullable()
        .describe('Drains of notional a day that give all its days at this mmr; null: there are none'),
      reason: z.string().describe('Why its days are not ours'),
    })
    .describe('The table of S2, Understanding perpetual funding risk'),
});

export type FundingTableResult = z.infer<typeof fundingTableResult>;
export type FundingTableRow = FundingTableResult['rows'][number];
