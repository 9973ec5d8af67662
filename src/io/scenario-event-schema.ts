/** What happens in a scenario beside prices: actions of a venue, and faults on our side. */
import { z } from 'zod';
import {
  coin,
  coinOrLargest,
  duration,
  fraction,
  leverage,
  positive,
  price,
  time,
  words,
} from './scenario-values.ts';

const venueName = z.string().regex(/^[a-z][a-z0-9-]*$/, {
  error: 'be a venue in small letters such as binance, or any',
  abort: true,
});
const venue = venueName
  .refine((name) => name !== 'largest', 'be a venue such as binance, or any')
  .describe('A venue of the book: binance, ftx; any is every one');
const at = time.describe('When: UTC, in [start, end]');
const from = time.describe('From when: UTC, in [start, end]');
const to = time.describe('Until when: UTC, above from, in [start, end]');
const everyAsset = coin.optional().describe('A coin: BTC; every asset without');

const actions = [
  z.strictObject({
    kind: z
      .enum(['outage', 'halt', 'withdrawals'])
      .describe('No data and no orders; prices without trading; nothing can be taken out'),
    venue,
    from,
    to,
  }),
  z.strictObject({
    kind: z.literal('leverage-cap').describe('The largest leverage of new positions is lowered'),
    venue,
    asset: everyAsset,
    at,
    cap: leverage.describe('The largest leverage from then on'),
  }),
  z.strictObject({
    kind: z.literal('settle').describe('All positions in an asset end'),
    venue,
    asset: coin,
    at,
    price: price.optional().describe('In the prices of the file; the mark of the moment without'),
  }),
  z.strictObject({
    kind: z.literal('adl').describe('The venue takes a share of positions in profit, at the mark'),
    venue,
    asset: everyAsset,
    side: z.enum(['long', 'short']).optional().describe('Of our positions; either without'),
    share: positive.max(1).describe('The share that is taken, in (0, 1]'),
    at,
  }),
  z.strictObject({
    kind: z.literal('bankruptcy').describe('Positions end at the mark, and of all money a part is left'),
    venue: venueName.describe('A venue of the book, any, or largest: the one with the most of its equity'),
    at,
    recovery: fraction.describe('The part that is left, in [0, 1]'),
  }),
  z.strictObject({
    kind: z.literal('haircut').describe('A part of the value of an asset no longer counts as margin'),
    asset: coin,
    at,
    haircut: fraction.describe('The part that does not count, in [0, 1]'),
  }),
] as const;

const faults = [
  z.strictObject({
    kind: z.literal('crash').describe('The guarding process is dead; what rests at the venue stays'),
    from,
    to: to.optional().describe('Until when; it does not come back without'),
  }),
  z.strictObject({
    kind: z.literal('blind').describe('It gets neither data nor orders through'),
    from,
    to,
  }),
  z.strictObject({
    kind: z.literal('corrupt').describe('It sees prices times a factor'),
    asset: everyAsset,
    from,
    to,
    factor: positive.describe('Above 0: 0.5 shows half of each price'),
  }),
  z.strictObject({
    kind: z.literal('orders').describe('A strategy sends an order each `every`, [from, to)'),
    from,
    to,
    every: duration.describe('From one order to the next: 6s, 1m'),
    asset: coinOrLargest,
    side: z.enum(['buy', 'sell', 'both']).describe('both: buys and sells in turn'),
    notional: positive.describe('Quote notional of one order as a fraction of the equity at the start'),
    leverage: leverage.describe('Of one order'),
    strategy: words.optional().describe('Such as trend-following or mean-reversion'),
    confidence: fraction.optional().describe('What a model says of each, in [0, 1]'),
  }),
] as const;

export const venueAction = z.discriminatedUnion('kind', actions);
export const ourFault = z.discriminatedUnion('kind', faults);

/** The keys of an action or fault: those of its kind, or all where it is of none. */
export function eventKeys(union: typeof venueAction | typeof ourFault, kind: unknown): readonly string[] {
  const own = union.options.filter((option) => option.shape.kind.safeParse(kind).success);
  const options: readonly z.ZodObject[] = own.length === 0 ? union.options : own;
  return [...new Set(options.flatMap(({ shape }) => Object.keys(shape)))];
}
