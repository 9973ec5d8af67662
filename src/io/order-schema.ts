/** An order file as it may be written: one order that somebody wants to send. */
import { z } from 'zod';
import { decimal, fraction, marginMode, symbol } from './portfolio-schema.ts';

export const orderFile = z.strictObject({
  symbol,
  account: z.string().optional().describe('Needed where the portfolio has several accounts'),
  side: z.enum(['buy', 'sell']),
  qty: decimal.describe('Above 0; base, or quote notional where the contract is inverse'),
  price: decimal.optional().describe('What it is expected to fill at; else the price of the market'),
  leverage: z
    .number()
    .min(1)
    .max(200)
    .optional()
    .describe('Notional / margin; else that of the position that it adds to, else 1'),
  marginMode: marginMode.optional().describe('Else that of the account'),
  contract: z
    .enum(['linear', 'inverse'])
    .optional()
    .describe('Else that of the position in its symbol, else linear'),
  stop: decimal.optional().describe('Where its stop will be; without one a distance in ATRs is assumed'),
  reduceOnly: z.boolean().default(false).describe('true: it may only lower what is held'),
  strategy: z.string().min(1).optional().describe('Such as trend-following or mean-reversion'),
  sector: z.string().min(1).optional().describe('Else that of the position in its symbol'),
  model: z
    .strictObject({ confidence: fraction.describe('What a model said, in [0, 1]') })
    .optional()
    .describe('What a model said about it'),
});

/** The keys whose values are decimals. */
export const orderAmounts: ReadonlySet<string> = new Set(['qty', 'price', 'stop']);

/** The keys that a section may have. */
export function orderKeys(path: readonly PropertyKey[]): readonly string[] {
  return path.length === 0 ? Object.keys(orderFile.shape) : ['confidence'];
}
