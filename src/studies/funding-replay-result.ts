/** What `risk funding replay` reports. Money is a decimal text in `asset`, rates are fractions, times UTC ms; + is good for the account. */
import { z } from 'zod';

const money = z.string().regex(/^-?\d+(\.\d+)?$/);
const count = z.number().int().nonnegative();
const nullable = z.number().nullable();
const reason = z.string().nullable();

const extreme = z.strictObject({ rate: z.number(), count: count.describe('Settlements at it') });

const rates = z.strictObject({
  settlements: count,
  sum: z.number().describe('What a long of one constant notional pays, of that notional'),
  mean8h: z.number().describe('The same as of 8 hours'),
  lowest: extreme,
  highest: extreme,
  cap: nullable.describe('The largest absolute rate that the venue states'),
  atCap: nullable.describe('Settlements at or beyond it'),
  capReason: reason.describe('Why cap is null'),
  interval: z.number().describe('Between settlements at the start, ms'),
  intervalChanges: z.array(z.strictObject({ time: z.number(), from: z.number(), to: z.number() })),
  months: z.array(z.strictObject({ month: z.string(), settlements: count, sum: z.number() })),
});

const worst = z
  .strictObject({
    funding: money,
    ofNotional: z.number().describe('Of the notional at entry, < 0'),
    from: z.number().describe('Its first settlement'),
    to: z.number().describe('Its last one'),
  })
  .nullable();

const run = z.strictObject({
  direction: z.enum(['long', 'short']),
  sizing: z.enum(['constant-size', 'constant-leverage']),
  settlements: count.describe('Paid or received'),
  margin: money.describe('When opened'),
  markPnl: money.describe('What the mark brought, to the end or the liquidation'),
  funding: money.describe('What funding did; - was paid'),
  cost: money.describe('Of trades that hold the leverage, >= 0'),
  liquidationFee: money,
  shortfall: money.describe('What the margin could not pay: the venue bears it'),
  endEquity: money.describe('margin + markPnl + funding - cost - liquidationFee + shortfall'),
  fundingOfNotional: z.number().describe('Of the notional at entry'),
  fundingOfMargin: z.number(),
  fundingShare: nullable.describe('|funding| / (|markPnl| + |funding|); null where neither moved it'),
  breakEvenPrice: nullable.describe('At which the mark has brought what funding took'),
  breakEvenDrift: nullable.describe(
    'Move of the price to it; at constant leverage the drift that keeps the equity, costs aside',
  ),
  breakEvenDriftPerDay: nullable,
  worst7d: worst.describe('The 7 days in which most was paid'),
  worst7dReason: reason,
  worst30d: worst.describe('The 30 days in which most was paid'),
  worst30dReason: reason,
  firstLiquidationPrice: nullable.describe('When opened; null where no price liquidates'),
  lastLiquidationPrice: nullable.describe('After the last settlement'),
  liquidation: z
    .strictObject({
      time: z.number().describe('The stamp, or the open of the bar that reached the price'),
      cause: z.enum(['price', 'funding']).describe('funding: equity fell to maintenance by a settlement'),
      price: z.number().describe('The mark; the exit is booked there, without slippage'),
    })
    .nullable(),
  breaker: z
    .strictObject({
      threshold: z.number().describe('As of 8 hours, exclusive'),
      periods: count,
      action: z.enum(['close', 'flip']),
      triggers: count,
      settlementsAway: count,
      fundingSaved: money,
      markPnlMissed: money.describe('What the mark brought meanwhile; - is a loss that was avoided'),
      exitCost: money,
      reentryCost: money,
      net: money.describe('fundingSaved - markPnlMissed - exitCost - reentryCost'),
      netOfNotional: z.number(),
      awayAtLiquidation: z.boolean().nullable().describe('null where nothing was liquidated'),
      acts: z.array(z.strictObject({ left: z.number(), back: nullable.describe('null: away to the end') })),
    })
    .nullable()
    .describe('What guards.funding-breaker would have done to this position; null where it is off'),
  curve: z
    .array(
      z.strictObject({
        time: z.number(),
        mark: z.number(),
        rate: nullable.describe('null at the entry and at a liquidation by price'),
        markPnl: z.number(),
        funding: z.number(),
        equity: z.number().describe('Before the fee of a liquidation'),
        liquidationPrice: nullable,
      }),
    )
    .describe('From the entry, after each settlement; thinned without --detail'),
});

export const fundingReplayResult = z.strictObject({
  symbol: z.string(),
  contract: z.enum(['linear', 'inverse']),
  asset: z.string().describe('What it settles in'),
  terms: z.string().describe('Of the venue at entry; its brackets hold to the end'),
  marks: z.enum(['mark', 'last', 'flat']).describe('Where the marks are from'),
  notional: money.describe('In quote at entry'),
  leverage: z.number(),
  entry: z.number(),
  from: z.number().describe('Of the entry'),
  to: z.number().describe('The last settlement'),
  tradeCost: z.number().describe('Taker fee and half the spread, of what is traded; without impact'),
  rates,
  runs: z.array(run),
});

export type FundingReplayResult = z.infer<typeof fundingReplayResult>;
export type FundingRun = FundingReplayResult['runs'][number];
export type FundingRates = z.infer<typeof rates>;
