/** The result of the check of one order as its reports carry it. Quantities and money are decimal texts. */
import { z } from 'zod';
import { guardNames } from '../engine/decision.ts';

const decimal = z.string().regex(/^-?\d+(\.\d+)?$/);
const number = z.number().nullable();
const guard = z.enum(guardNames);
const unit = z
  .enum(['time', 'price', 'qty', 'fraction', 'rate', 'ratio', 'count', 'duration'])
  .describe('Of observed and limit; a fraction and a rate are shares of 1, a duration is in ms');

const seen = {
  rule: z.string(),
  measure: z.string(),
  observed: number,
  limit: number,
  unit,
};

const reason = z.strictObject({ guard, ...seen });
const note = z.strictObject({ guard, rule: z.string(), why: z.string() });

const standing = z.strictObject({
  guard: z.string(),
  kind: z.string(),
  ...seen,
  account: z.string().nullable(),
  symbol: z.string().nullable(),
});

export const checkResult = z.strictObject({
  verdict: z.enum(['allow', 'resize', 'deny']),
  qtyAsked: decimal,
  qtyAllowed: decimal.describe('What may pass'),
  qtyLowering: decimal.describe('The part of it that only lowers what is held, and passes whatever stands'),
  reasons: z.array(reason).describe('Every reason to refuse or to cut, in the order of the guards'),
  decidedBy: z
    .strictObject({ guard: z.string(), rule: z.string() })
    .nullable()
    .describe('The first of the reasons that allow least; null where all of it passes'),
  limits: z
    .array(
      z.strictObject({
        guard,
        rule: z.string(),
        before: number.describe(
          'Use of the limit before anything is opened, 1 is all; null for one on the order itself',
        ),
        asked: z.number().describe('With all that is asked for'),
        allowed: number.describe(
          'With what is allowed; null where nothing is, and for a limit on the order itself where nothing is opened',
        ),
      }),
    )
    .describe('The use of each limit that was looked at'),
  notJudged: z
    .array(note)
    .describe('Rules that nothing is known for, and why: they passed nothing and refused nothing'),
  assumed: z.array(note).describe('Rules that were judged by an assumption, and by which'),
  off: z.array(note).describe('Rules and guards that are switched off'),
  standing: z.array(standing).describe('What the guards say of the book as it stands, before the order'),
  order: z.strictObject({
    account: z.string(),
    symbol: z.string(),
    side: z.enum(['buy', 'sell']),
    contract: z.enum(['linear', 'inverse']),
    marginMode: z.enum(['isolated', 'cross']),
    price: z.number(),
    leverage: z.number(),
    stop: number,
    reduceOnly: z.boolean(),
    strategy: z.string().nullable(),
    sector: z.string().nullable(),
  }),
  market: z.strictObject({
    time: number.describe('The moment of the check, UTC ms; null where no data say it'),
    last: z.number(),
    mark: z.number(),
    source: z.enum(['bars', 'prints', 'portfolio', 'order']).describe('Where the price is from'),
  }),
  account: z.strictObject({
    currency: z.string(),
    equity: z.number().describe('Of all accounts, unrealised included, before the order'),
    marginLevelBefore: number.describe('The lowest of the scopes of its account; null where nothing is kept'),
    marginLevelAfter: number.describe('The same once what is allowed has filled; null where nothing can'),
    venueRefusal: z
      .string()
      .nullable()
      .describe('Why the venue would refuse what is allowed; null where it would not'),
  }),
});

export type CheckResult = z.infer<typeof checkResult>;
