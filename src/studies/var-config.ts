/** The configuration of the value-at-risk study: `studies.var`. */
import { z } from 'zod';
import { varMethods } from './var/methods.ts';

const confidence = z.number().gt(0.5).lte(0.9999);

/** Each once: a method or a confidence that stands twice is one too many in every table. */
function isOnce(names: readonly unknown[]): boolean {
  return new Set(names).size === names.length;
}

export const varConfig = z.strictObject({
  methods: z
    .array(z.enum(varMethods))
    .min(1)
    .refine(isOnce, 'name each method once')
    .describe('Which estimate VaR and ES, in this order'),
  confidences: z
    .array(confidence)
    .min(1)
    .refine(isOnce, 'name each confidence once')
    .describe('1 - the probability of a larger loss: 0.99'),
  horizon: z
    .string()
    .regex(/^[1-9]\d*(m|h|d)$/, 'be a time such as 1d')
    .describe('Of the loss, from 1h to 10d; a divisor of a day, or whole days: then daily returns overlap'),
  window: z.number().int().min(30).max(100_000).describe('Returns that are looked at: 252 need 253 closes'),
  returns: z
    .enum(['simple', 'log'])
    .describe('simple: every position is valued anew at each move; log: its exposure times the log move'),
  quantile: z
    .enum(['linear', 'lower', 'higher'])
    .describe('Of historical and fhs: between two returns, or the worse or the better of them'),
  lambda: z.number().gt(0).lt(1).describe('Decay of the variance of ewma'),
  innovations: z.enum(['normal', 'student-t']).describe('Of the GARCH model behind garch, fhs and evt'),
  level: z
    .number()
    .gte(0.5)
    .lt(1)
    .describe('Of the intervals on VaR and ES, and on the probability of liquidation'),
  replicates: z
    .number()
    .int()
    .min(0)
    .max(10_000)
    .describe('Resampled histories behind the intervals of a method without a GARCH model; 0: no intervals'),
  refits: z
    .number()
    .int()
    .min(0)
    .max(2_000)
    .describe('Simulated histories to which the GARCH model is fitted again for intervals; 0: no intervals'),
  meanBlock: z.number().min(1).max(1_000).describe('Mean length of resampled blocks, in returns'),
  sqrtTime: z
    .boolean()
    .describe('Whether the VaR of a day times the root of the days stands beside a horizon of several days'),
  backtest: z
    .boolean()
    .describe('Whether every method is tested by rolling forecasts out of sample over the whole history'),
  correlation: z
    .enum(['sample', 'crisis'])
    .describe('crisis: also the normal VaR with a correlation of at least 0.9 between coins'),
  tailShare: z.number().gt(0).lte(0.5).describe('Share of the returns that counts as their lower tail'),
  stressed: z
    .string()
    .min(1)
    .nullable()
    .describe('A scenario: the VaR of the book over the returns of its window; null: none'),
  proxies: z
    .array(z.string().regex(/^[A-Z0-9]+=[A-Z0-9]+$/, 'be a pair such as SOLUSDT=BTCUSDT'))
    .describe('SOLUSDT=BTCUSDT: SOLUSDT takes the moves of BTCUSDT where it has none of its own'),
  paths: z
    .number()
    .int()
    .min(0)
    .max(1_000_000)
    .describe(
      'Simulated ways of all prices through the horizon, for the probability of a liquidation; 0: none',
    ),
  pathStep: z
    .string()
    .regex(/^[1-9]\d*(m|h|d)$/, 'be a time such as 1h')
    .describe('How often margins are looked at on these ways; not finer than the bars'),
});

export type VarConfig = z.output<typeof varConfig>;
