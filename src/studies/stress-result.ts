/** What `risk stress` reports. Money is a decimal text in the currency of the book, times are UTC ms, moves fractions. */
import { z } from 'zod';
import { runResult } from '../replay/run-result.ts';
import { distanceResult } from './stress/distance-result.ts';
import { reverseResult } from './stress/reverse-result.ts';
import { verdicts } from './stress/verdict-names.ts';

const money = z.string().regex(/^-?\d+(\.\d+)?$/);
const count = z.number().int().nonnegative();

const verdict = z.enum(verdicts);

const stressRun = runResult.extend({
  lowEquity: z.number().describe('The lowest equity of the run'),
  lowTime: z.number(),
});

const ending = z.strictObject({
  endEquity: money,
  lowEquity: z.number(),
  minMarginLevel: z.number().nullable(),
  liquidations: count,
  shortfall: money,
});

const bandRun = z.strictObject({ pathHash: z.string(), protected: ending, unprotected: ending, verdict });

const spread = z.strictObject({ min: z.number(), median: z.number(), max: z.number() });

const scenario = z.strictObject({
  id: z.string(),
  title: z.string(),
  kind: z.enum(['historical', 'hypothetical', 'control']),
  origin: z
    .enum(['recorded', 'reconstructed', 'synthetic'])
    .describe(
      'recorded where --market covers every symbol of the book for all of the window in which its prices move',
    ),
  from: z.number(),
  to: z.number(),
  pathHash: z.string(),
  mapping: z.array(
    z.strictObject({
      symbol: z.string(),
      by: z.enum(['points', 'market', 'proxy', 'beta', 'default']),
      of: z.string().describe('The asset whose prices it has, or the file'),
      beta: z.number(),
      price: z.number().describe('At the start'),
      move: z.number().describe('From the start to the worst price for the net position, a fraction'),
      market: z.enum(['perp', 'spot']).nullable().describe('Of the recorded bars; null without'),
      marks: z
        .string()
        .nullable()
        .describe(
          'The file of the spot bars that its marks come from; null where marks are last prices, or none are recorded',
        ),
      covered: z
        .strictObject({
          from: z.number(),
          to: z.number(),
          whole: z.boolean().describe('Whether its prices stand still outside of it'),
        })
        .nullable()
        .describe('The part of the window that the recorded bars cover; null without'),
      difference: z
        .strictObject({
          compared: count.describe('Figures of the file that the recorded bars cover'),
          median: z.number(),
          largest: z.number(),
          exact: z.boolean().describe('Whether the file claims that its figures are prints'),
        })
        .nullable()
        .describe(
          '|stated / recorded - 1|, of a perpetual with the stated gap from the mark; null where the prices are those of the file, or it states none',
        ),
    }),
  ),
  shock: z
    .strictObject({
      pnl: z.number().describe('Sum over positions: qty x price x shock, uncapped'),
      equityAfter: money.describe("After the venue's rules"),
      positions: z.array(
        z.strictObject({
          account: z.string(),
          symbol: z.string(),
          shock: z.number(),
          pnl: z.number(),
          liquidated: z.boolean(),
        }),
      ),
    })
    .describe('The same event as one instantaneous move; nothing of ours can act'),
  unprotected: stressRun,
  protected: stressRun.describe('With the guards that speak'),
  positions: z
    .array(
      z.strictObject({
        account: z.string(),
        symbol: z.string(),
        unprotected: z.number(),
        protected: z.number(),
      }),
    )
    .describe('Result of each position over the scenario, after fees, before funding'),
  saved: money.describe('protected.endEquity - unprotected.endEquity; below 0 protection cost'),
  firstDecision: z
    .strictObject({
      time: z.number(),
      guard: z.string(),
      rule: z.string(),
      kind: z.string(),
      symbol: z.string().nullable(),
    })
    .nullable()
    .describe(
      'The first decision of the guards that changes something, or the first of their stops that the venue filled (kind stop); alerts, permissions and the placing of a stop do not',
    ),
  firstLiquidation: z
    .strictObject({
      run: z.enum(['unprotected', 'protected']),
      time: z.number(),
      account: z.string(),
      symbol: z.string(),
    })
    .nullable()
    .describe('Of the run without protection; of the other where only that has one'),
  verdict,
  dependsOnPath: z.boolean().describe('Whether the verdict is another in one of the band'),
  band: z
    .strictObject({ optimistic: bandRun, jump: bandRun })
    .describe('Favourable extremes first, and nothing acting between the points'),
  decisions: z
    .array(
      z.strictObject({
        time: z.number(),
        guard: z.string(),
        kind: z.string(),
        rule: z.string(),
        severity: z.string(),
        symbol: z.string().nullable(),
        price: z.number().nullable().describe('Of a stop that is put, or at which one was filled'),
        measure: z.string(),
        observed: z.number().nullable(),
        threshold: z.number().nullable(),
      }),
    )
    .describe(
      'What the guards did, alerts and permissions left out, with the stops of theirs that the venue filled (kind stop)',
    ),
  path: z
    .array(z.strictObject({ symbol: z.string(), points: z.array(z.tuple([z.number(), z.number()])) }))
    .describe('[time, price / price at the start] of the last prices'),
  repeats: z
    .strictObject({
      seeds: count,
      protected: spread,
      unprotected: spread,
      verdicts: z.array(z.strictObject({ verdict, count })),
    })
    .nullable()
    .describe('End equities over several seeds of the bridges; null for one'),
  notApplied: z.array(z.string()).describe('Parts of the file that this book has nothing for'),
  notModelled: z.array(z.string()).describe('Parts of the event that no run holds, in the words of the file'),
  claims: z
    .array(z.strictObject({ says: z.string(), by: z.string(), data: z.string() }))
    .describe('Round numbers of documents beside what the data say, in the words of the file'),
  sources: z
    .array(z.strictObject({ text: z.string(), date: z.string() }))
    .describe('Where the figures of the file come from'),
});

const side = z.strictObject({
  scenarios: count,
  meanSaved: z.number().nullable(),
  mostSaved: z.strictObject({ id: z.string(), saved: money }).nullable(),
  mostCost: z.strictObject({ id: z.string(), saved: money }).nullable(),
});

export const stressResult = z.strictObject({
  portfolio: z.strictObject({
    currency: z.string(),
    equity: money,
    grossExposure: money.describe('Sum of |qty| x mark'),
    netExposure: money,
    leverage: z.number().nullable().describe('grossExposure / equity; null where equity is not above 0'),
    positions: z.array(
      z.strictObject({
        account: z.string(),
        symbol: z.string(),
        type: z.enum(['perp', 'spot']),
        qty: money,
        entry: money,
        mark: money.describe('As the book states it, else its entry'),
        exposure: money.describe('Signed'),
        leverage: z.number(),
        marginMode: z.enum(['isolated', 'cross']),
      }),
    ),
  }),
  scenarios: z.array(scenario).describe('The worst end with protection last'),
  worst: z.strictObject({ id: z.string(), endEquity: money }).nullable(),
  summary: z
    .strictObject({ crises: side, controls: side })
    .describe('What protection saved in crises beside what it cost in controls; never summed over both'),
  reverse: reverseResult
    .nullable()
    .describe('The smallest shocks that reach each outcome; null without --reverse'),
  distance: distanceResult
    .nullable()
    .describe('The largest leverage that survives, by position and scenario; null without --distance'),
});

export type StressResult = z.infer<typeof stressResult>;
export type ScenarioResult = z.infer<typeof scenario>;
export type StressRun = z.infer<typeof stressRun>;
export type { Verdict } from './stress/verdict-names.ts';
