/** One run as reports carry it. Money is a decimal text in the currency of the book; times are UTC ms. */
import { z } from 'zod';

const money = z.string().regex(/^-?\d+(\.\d+)?$/);
const count = z.number().int().nonnegative();

const ledger = z.strictObject({
  account: z.string(),
  asset: z.string(),
  start: money,
  end: money,
  realised: money,
  funding: money,
  fees: money,
  transfers: money,
  lost: money.describe('Cash that went down with the venue'),
  shortfall: money,
});

const adl = z.strictObject({
  time: z.number(),
  account: z.string(),
  symbol: z.string(),
  qty: money.describe('Signed: minus closes a long, plus a short'),
  price: z.number().describe('The mark'),
  asset: z.string().describe('What the result is in'),
  pnl: money,
  rank: z.number().describe('PnL / cost x effective leverage: venues take the highest first'),
});

const liquidation = z.strictObject({
  time: z.number(),
  account: z.string(),
  symbol: z.string(),
  qty: money.describe('Signed: minus closes a long, plus a short'),
  mark: z.number().describe('Mark price at which the venue acted'),
  price: z.number().describe('Price that the account was charged, never beyond bankruptcy'),
  asset: z.string().describe('What fee and shortfall are in'),
  fee: money,
  shortfall: money,
});

export const runResult = z.strictObject({
  currency: z.string().describe('What money is in'),
  startCash: money,
  endCash: money.describe(
    'startCash + realisedPnl + fundingPnl - fees + transfers + revaluation - (counterpartyLoss - lostCollateral), to the last digit',
  ),
  startUnrealised: money,
  endUnrealised: money,
  startCollateral: money.describe('What other assets and spot count for after their haircut'),
  endCollateral: money,
  startEquity: money.describe('startCash + startUnrealised + startCollateral'),
  endEquity: money,
  realisedPnl: money,
  fundingPnl: money.describe('+ was received'),
  fees: money.describe('>= 0 was paid; rebates lower it'),
  transfers: money,
  revaluation: money.describe('Change in value of cash that is kept in another asset than the currency'),
  counterpartyLoss: money.describe(
    'What went down with a venue, >= 0: cash, and other assets and spot at what they counted for at that moment',
  ),
  lostCollateral: money.describe(
    'The part of counterpartyLoss that was no cash: it is missing from endCollateral',
  ),
  shortfall: money.describe("Losses beyond what the account had, borne by the venue's fund"),
  maxDrawdown: z.number().describe('Largest fall from a peak of equity, a fraction; above 1 below 0'),
  minMarginLevel: z
    .number()
    .nullable()
    .describe('Lowest equity / maintenance of any scope; null without one'),
  endMarginLevel: z.number().nullable().describe('Lowest equity / maintenance of the scopes at the end'),
  minMarginRemaining: z.number().nullable().describe('Lowest equity / initial margin of any scope'),
  liquidations: z.array(liquidation),
  adl: z.array(adl).describe('What the venue took of winning positions'),
  trades: z.strictObject({
    entered: count,
    closed: count.describe('Left by their own exit'),
    wins: count.describe(
      'Of those that left by their own exit, after its fee; what was closed before is in gone',
    ),
    losses: count.describe('The others of those'),
    gone: count.describe('Closed before their own exit came: by the venue, by a stop, or by the engine'),
    open: count.describe('Still open at the end'),
    refused: count.describe('By the venue'),
    denied: count.describe('By the engine'),
  }),
  orders: z.strictObject({
    intents: count,
    filled: count,
    partly: count,
    rejected: count,
    allowed: count.describe('Entries that the engine let pass as they were'),
    resized: count.describe('Entries that it made smaller'),
    denied: count.describe('Entries that it refused, or that came while it was dead'),
    onTheWay: count.describe('Orders of the engine that had not reached the venue when the data ended'),
    reasons: z.array(z.strictObject({ reason: z.string(), count })),
  }),
  slippage: z.strictObject({
    expected: money.describe('By the model, at the price that caused the order'),
    actual: money.describe('Against that price, with gaps; + is a cost'),
  }),
  decisions: z
    .array(z.strictObject({ guard: z.string(), kind: z.string(), count, firstTime: z.number() }))
    .describe('What the engine decided, by guard and kind; empty without protection'),
  ledgers: z.array(ledger),
  equity: z.array(z.tuple([z.number(), z.number()])).describe('[time, equity], ascending'),
  marginLevel: z
    .array(z.tuple([z.number(), z.number()]))
    .describe(
      '[time, lowest equity / maintenance of the scopes], ascending; nothing while no maintenance is asked',
    ),
});

export type RunResult = z.infer<typeof runResult>;
