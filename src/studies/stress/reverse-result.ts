/** What reverse stress reports: `result.reverse`. Shocks are fractions of the price of now, signed: -0.12 is a fall by 12 %. */
import { z } from 'zod';

export const outcomeKinds = [
  'breaker',
  'rung',
  'level',
  'deleverage',
  'stop',
  'liquidation',
  'insolvency',
] as const;

const named = {
  name: z
    .string()
    .describe(
      'guard/rule of the engine, or venue/daily-loss, stop, liquidation, first-liquidation, insolvency: nothing is left of the book, or a position or account owes more than it has, as in the verdict',
    ),
  kind: z
    .enum(outcomeKinds)
    .describe(
      'breaker halts or closes for a loss; rung of the margin ladder; level of an account; deleverage: the level that sells down to its target; stop of a position',
    ),
  account: z.string().nullable().describe('null: all accounts'),
  symbol: z.string().nullable().describe('Of an isolated position or a stop; null: whatever shares a margin'),
  direction: z.enum(['long', 'short']).nullable(),
  asset: z.string().nullable().describe('What the margin of a scope is in; null for accounts and the book'),
};

export const outcomeRef = z.strictObject(named);

const uniformRow = z.strictObject({
  ...named,
  shock: z
    .number()
    .nullable()
    .describe(
      'Of all prices at once, below 0 for a fall; 0 where it is reached as the book stands, null where no fall below 100 % or rise up to 1000 % reaches it',
    ),
  monotone: z
    .boolean()
    .describe(
      'Whether every larger shock is proven to reach it as well; else it is the smallest found: in 64 steps, or from one end of a margin to the next',
    ),
});

const inversion = z.strictObject({
  move: z.enum(['fall', 'rise']),
  outcome: outcomeRef.describe('The liquidation or insolvency'),
  shock: z.number(),
  rule: outcomeRef.describe('What reduces or closes that scope, and comes with it, later or never'),
  ruleShock: z.number().nullable().describe('null: never in this direction'),
});

const plausibleRow = z.strictObject({
  ...named,
  distance: z
    .number()
    .nullable()
    .describe('Least Mahalanobis distance of one-day simple returns, standard deviations'),
  probability: z
    .number()
    .nullable()
    .describe('Phi(-distance): of a day beyond the nearest plane, if returns were normal'),
  shocks: z.array(z.strictObject({ symbol: z.string(), shock: z.number() })).describe('The nearest move'),
  reason: z.string().nullable().describe('Why there is none'),
});

const plausible = z.strictObject({
  correlation: z
    .enum(['sample', 'crisis'])
    .describe('crisis: volatilities of the sample, 0.9 between any two assets'),
  days: z.number().int().nonnegative().describe('Common daily returns'),
  volatilities: z.array(z.strictObject({ asset: z.string(), volatility: z.number().describe('Of a day') })),
  outcomes: z.array(plausibleRow).describe('The nearest first, those that are not reached last'),
  reason: z.string().nullable().describe('Why nothing could be solved'),
});

const scale = z.strictObject({
  name: z
    .string()
    .describe(
      'As above, also of rules that trip in the runs alone; guarded/ is of the run with protection, first-liquidation and insolvency without',
    ),
  scale: z.number().nullable().describe('Smallest found in (0, 4] by 64 steps and bisection; null: none'),
  monotone: z.literal(false),
});

/** All but the scales, which hang on runs and not on the book alone. */
export const standingReverse = z.strictObject({
  inversions: z
    .array(inversion)
    .describe('Liquidations that come before what should prevent them; the soonest first'),
  moving: z.array(z.string()).describe('Symbols that are moved'),
  still: z.array(z.string()).describe('Symbols of dollars, which are not'),
  fall: z.array(uniformRow).describe('In the order in which they come; those that never come last'),
  rise: z.array(uniformRow),
  plausible,
  leftOut: z
    .array(z.strictObject({ name: z.string(), reason: z.string() }))
    .describe('Rules that no single move of prices can trip'),
});

export const reverseResult = standingReverse.extend({
  scales: z.array(z.strictObject({ scenario: z.string(), outcomes: z.array(scale) })),
});

export type ReverseResult = z.infer<typeof reverseResult>;
export type StandingReverse = z.infer<typeof standingReverse>;
export type OutcomeRef = z.infer<typeof outcomeRef>;
export type UniformRow = z.infer<typeof uniformRow>;
export type Inversion = z.infer<typeof inversion>;
export type PlausibleRow = z.infer<typeof plausibleRow>;
export type PlausibleResult = z.infer<typeof plausible>;
