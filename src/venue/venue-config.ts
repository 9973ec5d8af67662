/** The configuration of the simulated exchange: the section `venue`. */
import { z } from 'zod';
import { liquidationProfiles } from './venue-spec.ts';

const rate = z.number().min(-0.01).max(0.1);
const fraction = z.number().min(0).max(1);
const time = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?Z$/, 'be a moment such as 2020-03-13T02:16:00Z');

const venueEvent = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('outage').describe('No data and no orders: nothing is margined, filled or liquidated'),
    venue: z.string(),
    from: time,
    to: time,
  }),
  z.strictObject({
    kind: z.literal('halt').describe('Prices are seen, nothing trades'),
    venue: z.string(),
    from: time,
    to: time,
  }),
  z.strictObject({
    kind: z.literal('withdrawals').describe('Money can be paid in and not taken out'),
    venue: z.string(),
    from: time,
    to: time,
  }),
  z.strictObject({
    kind: z.literal('leverage-cap').describe('The largest leverage of new positions from then on'),
    venue: z.string(),
    from: time,
    symbol: z.string().optional(),
    cap: z.number().min(1),
  }),
  z.strictObject({
    kind: z.literal('collateral').describe('A new price or haircut of an asset that counts as margin'),
    asset: z.string(),
    from: time,
    price: z.number().min(0).optional(),
    haircut: fraction.optional(),
  }),
  z.strictObject({
    kind: z.literal('transfer').describe('Money into (+) or out of (-) the wallet of an account'),
    account: z.string().optional(),
    from: time,
    asset: z.string().optional(),
    amount: z.string().regex(/^-?\d+(\.\d+)?$/, 'be a decimal such as "-500"'),
  }),
  z.strictObject({
    kind: z.literal('settle').describe('All positions in a symbol end, and nothing opens in it from then on'),
    venue: z.string().optional().describe('All venues where left out'),
    symbol: z.string(),
    from: time,
    price: z.number().positive().optional().describe('The mark of the moment where left out'),
  }),
  z.strictObject({
    kind: z.literal('adl').describe('The venue closes a share of what is in profit, at the mark'),
    venue: z.string().optional().describe('All venues where left out'),
    symbol: z.string().optional().describe('All symbols where left out'),
    side: z.enum(['long', 'short']).optional().describe('Of our position; either where left out'),
    from: time,
    share: z.number().gt(0).max(1),
  }),
  z.strictObject({
    kind: z
      .literal('bankruptcy')
      .describe('The venue ends: positions at the mark, and most of the money gone'),
    venue: z.string(),
    from: time,
    recovery: fraction.describe('The share of cash and holdings that is left'),
  }),
]);

export const venueConfig = z.strictObject({
  name: z.string().describe('The venue of journals and of positions given by flags: a name in data/venues'),
  marginMode: z
    .enum(['isolated', 'cross'])
    .describe('How journals and positions given by flags are margined'),
  fees: z.strictObject({
    maker: rate.nullable().describe('A fraction of notional; null takes that of the venue; < 0 is a rebate'),
    taker: rate.nullable().describe('A fraction of notional; null takes that of the venue'),
    liquidation: rate.min(0).nullable().describe('A fraction of the liquidated notional; null: the venue'),
  }),
  slippage: z.strictObject({
    halfSpreadBps: z.number().min(0).max(10_000).describe('Half of the bid-ask spread, basis points'),
    impactCoefficient: z
      .number()
      .min(0)
      .max(100)
      .describe(
        'Y of the impact law: Y x daily volatility x (quantity / daily volume) ^ exponent; not asked where a scenario states the depth',
      ),
    impactExponent: z.number().gt(0).max(2).describe('The exponent of the impact law'),
    maxBarShare: z
      .number()
      .gt(0)
      .nullable()
      .describe('The largest share of a bar that one order of ours fills; the rest waits. null: no limit'),
  }),
  liquidation: z
    .enum(liquidationProfiles)
    .nullable()
    .describe('How the venue liquidates; null takes the profile of the venue'),
  flatFunding: z
    .number()
    .min(-0.05)
    .max(0.05)
    .nullable()
    .describe('Rate per settlement of symbols without a funding file; null takes that of the venue'),
  events: z.array(venueEvent).describe('What the venue did in the run'),
});

export type VenueConfig = z.output<typeof venueConfig>;
export type VenueEventConfig = VenueConfig['events'][number];
