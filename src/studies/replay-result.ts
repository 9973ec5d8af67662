/** The result of the replay study as its reports carry it: `result` of a `replay` report. */
import { z } from 'zod';
import { runResult } from '../replay/run-result.ts';

const count = z.number().int().nonnegative();
const money = z.string().regex(/^-?\d+(\.\d+)?$/);

/** What a run along another path, or in other steps, comes to. */
const outcome = z.strictObject({
  pathHash: z.string(),
  unprotected: z.strictObject({
    endEquity: money,
    maxDrawdown: z.number(),
    minMarginLevel: z.number().nullable(),
    liquidations: count,
    shortfall: money,
  }),
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
  unprotected: runResult,
  band: z
    .strictObject({ optimistic: outcome, jump: outcome })
    .describe('The same with favourable extremes first, and with nothing acting between the points'),
  bound: outcome
    .nullable()
    .describe('Every symbol at its own worst at once: no market, never a verdict; null for one symbol'),
  dependsOnPath: z
    .boolean()
    .describe('Whether somebody is liquidated in one of the three and nobody in another'),
});

export type ReplayResult = z.infer<typeof replayResult>;
export type BandOutcome = z.infer<typeof outcome>;
