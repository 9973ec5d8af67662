/** The configuration of the circuit breakers: `guards.circuit-breakers`. */
import { z } from 'zod';

const fraction = z.number().gt(0).lt(1).nullable();
const count = z.number().int().min(1);

/** What a breaker does, and how trading begins again. */
const reaction = {
  action: z
    .enum(['halt', 'close-and-halt'])
    .describe('halt denies new risk and leaves positions with their stops; close-and-halt also closes them'),
  resume: z
    .enum(['day', 'cooldown', 'manual'])
    .describe('When new risk is allowed again: at 00:00 UTC, after the cooldown, or by an operator'),
  cooldownHours: z.number().positive().describe('Of resume cooldown, hours'),
};

export const circuitBreakersConfig = z.strictObject({
  dailyLoss: z.strictObject({
    limit: fraction.describe(
      'Loss of the day over equity at its start, unrealised included, exclusive; null: off',
    ),
    ...reaction,
  }),
  drawdown: z.strictObject({
    limit: fraction.describe('Fall from the highest equity, unrealised included, exclusive; null: off'),
    ...reaction,
  }),
  volatility: z.strictObject({
    limit: z
      .number()
      .positive()
      .nullable()
      .describe(
        'volatility24h of any symbol, not annualised, exclusive; it also has to be back for a resume; null: off',
      ),
    ...reaction,
  }),
  tradeCount: z.strictObject({
    limit: count
      .nullable()
      .describe('Opening fills of a UTC day, inclusive: the n-th is the last; null: off'),
    ...reaction,
  }),
  executionFailures: z.strictObject({
    limit: fraction.describe('Share of rejected orders among the last ones, exclusive; null: off'),
    window: count.describe('How many orders are looked at; fewer decide nothing'),
    ...reaction,
  }),
  dataSanity: z.strictObject({
    moveSigmas: z
      .number()
      .positive()
      .nullable()
      .describe(
        'Move of the last price from one point to the next in bar volatilities, exclusive; null: off',
      ),
    markGap: fraction.describe('Distance of mark and last over last, exclusive; null: off'),
    silenceSeconds: z
      .number()
      .positive()
      .nullable()
      .describe('Seconds that a completed bar may be late before orders are denied, exclusive; null: off'),
  }),
});

export type CircuitBreakersConfig = z.output<typeof circuitBreakersConfig>;
