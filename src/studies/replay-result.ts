/** The result of the replay study as its reports carry it: `result` of a `replay` report. */
import { z } from 'zod';
import { runResult } from '../replay/run-result.ts';

const count = z.number().int().nonnegative();
const money = z.string().regex(/^-?\d+(\.\d+)?$/);

/** What a run along another path, or in other steps, comes to. */
const ending = z.strictObject({
  endEquity: money,
  maxDrawdown: z.number(),
  minMarginLevel: z.number().nullable(),
  liquidations: count,
  shortfall: money,
});

const outcome = z.strictObject({ pathHash: z.string(), protected: ending, unprotected: ending });

const boundOutcome = z.strictObject({ pathHash: z.string(), unprotected: ending });

const comparison = z.strictObject({
  endEquity: money,
  maxDrawdown: z.number(),
  liquidations: count,
  shortfall: money,
});

const guardOutcome = z.strictObject({
  guard: z.string(),
  decisions: count,
  lossAvoided: money
    .nullable()
    .describe('endEquity with all guards less that without this one; null without --counterfactual'),
  falseTrips: count
    .nullable()
    .describe(
      'Decisions whose quantity would have earned more by going on to its exit in the run without this guard',
    ),
  costOfFalseTrips: z.number().nullable().describe('Sum of these differences, >= 0'),
  reactionMs: z
    .number()
    .nullable()
    .describe(
      'Longest time from a crossing to the fill of the order, 0 for stops that rested at the venue; null where nothing was closed',
    ),
  lossInReaction: z.number().describe('Loss between crossing and arrival, before spread and impact, >= 0'),
  alone: comparison
    .extend({ gain: money.describe('endEquity with this guard alone less that with none') })
    .nullable(),
  without: comparison.nullable(),
});

export const replayResult = z.strictObject({
  pathHash: z.string().describe('Of the prices that all runs of this report share'),
  window: z.strictObject({
    from: z.number().describe('UTC ms'),
    to: z.number(),
    symbols: z.array(z.string()),
    instants: count,
  }),
  journal: z
    .strictObject({
      total: count,
      used: count,
      fit: z.strictObject({ prices: count, inside: count, share: z.number().nullable() }),
      skipped: z.array(z.strictObject({ reason: z.string(), count, examples: z.array(z.string()) })),
    })
    .nullable()
    .describe('Which trades of the journal were replayed; null for a book'),
  terms: z
    .array(z.strictObject({ account: z.string(), venue: z.string(), inForce: z.array(z.string()) }))
    .describe('The dated terms that each account was margined by'),
  protected: runResult.describe('With the guards that speak'),
  unprotected: runResult,
  guards: z.array(guardOutcome).describe('By guard, in order of precedence; never to be summed'),
  timeline: z
    .strictObject({
      total: count.describe('Decisions of the protected run'),
      shown: z.array(
        z.strictObject({
          time: z.number(),
          guard: z.string(),
          kind: z.string(),
          rule: z.string(),
          severity: z.string(),
          symbol: z.string().nullable(),
          qty: z.number().nullable().describe('What is to be closed, or what of an order may pass'),
          price: z.number().nullable().describe('Of a stop'),
          measure: z.string(),
          observed: z.number().nullable(),
          threshold: z.number().nullable(),
          stands: z.boolean().describe('false where another guard asked for more of the same position'),
        }),
      ),
    })
    .describe('Decisions in order; acts alone where there are more than 2,000 and no --detail'),
  standingHalts: z
    .array(z.strictObject({ guard: z.string(), rule: z.string(), since: z.number(), manual: z.boolean() }))
    .describe('Halts that deny new risk still when the protected run ends; manual ones wait for an operator'),
  bookBreaks: z
    .array(
      z.strictObject({
        guard: z.string(),
        rule: z.string(),
        account: z.string().nullable(),
        symbol: z.string().nullable(),
        measure: z.string(),
        observed: z.number(),
        threshold: z.number(),
      }),
    )
    .describe('Limits that the held book breaks at its start; limits judge orders, so nothing is cut'),
  deadRules: z
    .array(
      z.strictObject({
        guard: z.string(),
        rule: z.string(),
        why: z.enum(['cannot-fire', 'never-fired', 'mostly-on']),
        note: z.string(),
      }),
    )
    .describe(
      'Rules that can never fire as configured, never did, or were broken for more than half of the run',
    ),
  band: z
    .strictObject({ optimistic: outcome, jump: outcome })
    .describe('The same with favourable extremes first, and with nothing acting between the points'),
  bound: boundOutcome
    .nullable()
    .describe('Every symbol at its own worst at once: no market, never a verdict; null for one symbol'),
  dependsOnPath: z
    .boolean()
    .describe('Whether somebody is liquidated in one of the three and nobody in another'),
});

export type ReplayResult = z.infer<typeof replayResult>;
export type BandOutcome = z.infer<typeof outcome>;
export type Ending = z.infer<typeof ending>;
export type GuardOutcome = z.infer<typeof guardOutcome>;
