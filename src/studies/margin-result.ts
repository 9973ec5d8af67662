/** The result of the margin study as its reports carry it. Money is a decimal text in the account's currency or coin. */
import { z } from 'zod';

const money = z.string().regex(/^-?\d+(\.\d+)?$/);
const nullable = z.number().nullable();

const bracket = z.strictObject({
  terms: z.string().describe('Dated terms: binance/2024-10-24'),
  index: z.number().int().describe('From 1'),
  floor: z.number(),
  cap: z.number(),
  rate: z.number(),
  amount: z.number(),
  maxLeverage: z.number(),
});

const measures = {
  notional: money.describe('|qty| x mark; for inverse |qty| / mark in coin'),
  bracket: bracket.nullable().describe('That of the notional at mark; null for a book'),
  initialMargin: money,
  maintenanceMargin: money,
  availableMargin: money.describe('What a new position of the account could use'),
  marginLevel: nullable.describe('Equity / maintenance of its scope; the venue acts at 1'),
  marginRemaining: nullable.describe('Isolated: (margin + unrealised) / initial margin; cross: of the scope'),
  marginBuffer: nullable.describe('(equity - maintenance) / notional'),
  liquidationPrice: nullable.describe('null where no price liquidates, and for a book'),
  bankruptcyPrice: nullable,
  liquidationDistance: nullable.describe('|mark - liquidation price| / mark'),
  distanceAtr: nullable.describe('The same in ATRs of the data; null without data'),
  ladder: z.array(
    z.strictObject({
      rung: z.number().describe('Bound on marginRemaining'),
      action: z.string(),
      price: nullable,
      reachable: z.boolean().describe('Reached before the venue liquidates'),
    }),
  ),
  fundingSettlements: z.number().int().nullable().describe('Until funding alone liquidates at a flat mark'),
  fundingDays: nullable,
};

const position = z.strictObject({
  account: z.string(),
  symbol: z.string(),
  direction: z.enum(['long', 'short']),
  contract: z.enum(['linear', 'inverse']),
  marginMode: z.enum(['isolated', 'cross']),
  qty: money,
  entry: z.number(),
  mark: z.number(),
  leverage: z.number(),
  asset: z.string().describe('What its margin is in'),
  ...measures,
});

export const marginResult = z.strictObject({
  ...measures,
  byMethod: z.strictObject({
    position: money.describe("Initial margin by the venue's rule: the one that liquidates"),
    risk: money.nullable().describe('Sum of normal losses of the positions, each by itself'),
    portfolio: money.nullable().describe('Normal loss of the book, moves offsetting each other'),
    scenario: money.describe('Loss in the worst of the shocks'),
    scenarioId: z.string().nullable(),
    reason: z.string().nullable().describe('Why risk and portfolio are null'),
  }),
  positions: z.array(position),
  path: z
    .strictObject({
      from: z.number(),
      to: z.number(),
      projectedMarginLevel: nullable.describe('At the end of the path, unprotected'),
      stressedMarginLevel: nullable.describe('The lowest along it'),
      liquidations: z.number().int(),
    })
    .nullable()
    .describe('Where bars are given: the book held through them'),
});

export type MarginResult = z.infer<typeof marginResult>;
export type MarginPosition = z.infer<typeof position>;
