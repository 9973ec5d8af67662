/** A scenario file as it may be written: one event, its prices, what venues did, what went wrong on our side. */
import { z } from 'zod';
import { eventKeys, ourFault, venueAction } from './scenario-event-schema.ts';
import {
  byCoin,
  byCoinOrDefault,
  coin,
  coinOrDefault,
  date,
  duration,
  knowns,
  partOfDay,
  positive,
  price,
  time,
  words,
} from './scenario-values.ts';

const source = z.strictObject({
  text: words.describe('What it is and where it can be found'),
  date: date.describe('Of the source, or when it was read: 2022-05-13'),
});

const claim = z.strictObject({
  says: words.describe('The number as the document rounds it'),
  by: words.describe('The document'),
  data: words.describe('What the data say'),
});

const bar = z
  .tuple([time.describe('The open of the bar, on the grid of its interval'), price, price, price, price])
  .transform(([at, open, high, low, close]) => ({ time: at, open, high, low, close }))
  .describe('[time of the open, open, high, low, close]');

const block = z.strictObject({
  interval: partOfDay.describe('Of these bars: a whole multiple of that of the file'),
  rows: z.array(bar).min(1).describe('[time of the open, open, high, low, close], ascending'),
});

/** What a JSON Schema says of the three ways to give an asset its prices. */
const waysOfPrices = {
  oneOf: [
    { anyOf: [{ required: ['bars'] }, { required: ['points'] }] },
    { required: ['proxy'] },
    { required: ['beta', 'of'] },
  ],
};

const asset = z
  .strictObject({
    exact: z.boolean().optional().describe('true: these figures are prints of the market; default false'),
    bars: z.array(block).min(1).optional().describe('Blocks of known bars, one behind the other'),
    points: knowns(price)
      .optional()
      .describe('[time, price], ascending; two of one time are a step, on the grid of the interval only'),
    bridge: z
      .number()
      .min(0)
      .max(10)
      .optional()
      .describe(
        'Daily volatility of a seeded bridge between points, and inside bars coarser than interval; default 0, log-linear',
      ),
    proxy: coinOrDefault.optional().describe('It moves as this asset does'),
    beta: z.number().min(-100).max(100).optional().describe('Its log move is beta times that of `of`'),
    of: coinOrDefault.optional().describe('The asset that `beta` refers to'),
  })
  .meta(waysOfPrices);

const correlation = z.strictObject({
  value: z.number().min(-1).max(1).describe('Correlation of log moves with `of`'),
  of: coin.describe('An asset whose prices are stated'),
  sigmas: byCoinOrDefault(positive, 'have').describe('Daily volatilities, of `of` and DEFAULT at least'),
});

const cascade = z.strictObject({
  asset: coin.describe('An asset whose prices are stated'),
  at: time.describe('When it begins; its path is computed from here to the next point'),
  shock: positive.lt(1).describe('The first fall, a fraction of the price before'),
  k: positive.describe('Log fall for one unit of quote notional that is sold'),
  every: duration.describe('From one round of sales to the next'),
  levels: z
    .array(
      z
        .tuple([
          positive.lt(1).describe('Price as a fraction of that before'),
          positive.describe('Quote notional that is sold there'),
        ])
        .transform(([at, notional]) => ({ price: at, notional })),
    )
    .min(1)
    .describe('[price as a fraction of that before, quote notional], descending prices below 1'),
});

const funding = z.strictObject({
  asset: coinOrDefault,
  every: partOfDay.describe('From one settlement to the next, counted from 00:00 UTC'),
  rates: knowns(z.number().min(-1).max(1)).describe('[time, rate of one settlement], in force from then on'),
});

const fields = {
  id: z
    .string()
    .regex(/^[a-z0-9]+([.-][a-z0-9]+)*$/, 'be words in small letters joined by -, such as usdc-depeg')
    .describe('The name of the file without its ending'),
  title: words.describe('One line'),
  kind: z
    .enum(['historical', 'hypothetical', 'control'])
    .describe('It happened; it may happen; protection should only cost here'),
  origin: z
    .enum(['recorded', 'reconstructed', 'synthetic'])
    .describe('Prints of a market; joined from published figures; invented'),
  story: words.describe('What happened, two to six sentences'),
  sources: z.array(source).min(1).describe('Where the figures come from, each dated'),
  claims: z.array(claim).default([]).describe('Round numbers of documents beside what the data say'),
  start: time.describe('The book is held from here; on the grid of the interval'),
  end: time.describe('... to here, a whole number of intervals later'),
  interval: partOfDay.describe('Of the bars that prices are laid out in; it divides a day'),
  prices: z
    .enum(['absolute', 'relative'])
    .default('absolute')
    .describe('Prices of the market, or multiples of the price at start (which is 1)'),
  assets: byCoinOrDefault(asset)
    .refine((all) => Object.keys(all).length > 0, 'hold at least one asset')
    .describe(
      'By coin: stated prices, a proxy or a beta; DEFAULT is every other asset, needed without correlation',
    ),
  correlation: correlation
    .optional()
    .describe('Every asset without prices of its own moves with `of`, plus a seeded residual'),
  cascade: cascade.optional().describe('Forced sales that push the price to the next ones'),
  gap: byCoinOrDefault(knowns(z.number().gt(-1).max(1000)))
    .default({})
    .describe('By coin: [time, last / mark - 1], joined log-linearly; the prices above are then marks'),
  funding: z.array(funding).default([]).describe('Assets without one have the flat rate of the venue'),
  spread: knowns(positive)
    .default([])
    .describe('[time, multiple of the usual half spread], in steps; 1 before the first'),
  depth: knowns(positive)
    .default([])
    .describe('[time, multiple of the usual depth], in steps; 1 before the first'),
  liquidity: byCoinOrDefault(positive, 'have').describe(
    'By coin: usual quote notional within 1 % of the price; DEFAULT is every other',
  ),
  collateral: byCoin(knowns(positive))
    .default({})
    .describe("By coin: [time, price] in the account's currency, joined log-linearly"),
  venue: z.array(venueAction).default([]).describe('What venues did'),
  faults: z.array(ourFault).default([]).describe('What went wrong on our side'),
  shocks: byCoinOrDefault(z.number().gt(-1).max(1000), 'have').describe(
    'By coin: the event as one instantaneous move, -0.4; DEFAULT is every other',
  ),
  notModelled: z.array(words).default([]).describe('Parts of the event that no run holds, a sentence each'),
};

export const scenarioFile = z.strictObject(fields);

export type ScenarioFile = z.output<typeof scenarioFile>;
export type AssetEntry = z.output<typeof asset>;

const sections: Readonly<Record<string, object>> = {
  sources: source.shape,
  claims: claim.shape,
  assets: asset.shape,
  correlation: correlation.shape,
  cascade: cascade.shape,
  funding: funding.shape,
};

/** The keys that a section may have: that of a path such as `venue, 0`, which holds `section`. */
export function scenarioKeys(path: readonly PropertyKey[], section: unknown): readonly string[] {
  const [first] = path;
  if (first === 'venue' || first === 'faults') {
    return eventKeys(first === 'venue' ? venueAction : ourFault, Object(section).kind);
  }
  if (first === 'assets' && path.includes('bars')) return Object.keys(block.shape);
  return Object.keys((typeof first === 'string' ? sections[first] : undefined) ?? fields);
}
