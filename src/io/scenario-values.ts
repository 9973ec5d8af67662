/** The single values of a scenario file: times, durations, coins, prices, and lists of values over time. */
import { z } from 'zod';
import { DEFAULT_ASSET, type Known } from '../model/scenario.ts';
import { MS_PER_DAY, parseDuration, parseUtc } from '../model/time.ts';

const TIME = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?Z)?$/;
const DURATION = /^\d+(\.\d+)?(ms|s|m|h|d|w)$/;
const COIN = /^[A-Z0-9]*[A-Z][A-Z0-9]*$/;
/** Far above any price and any notional; a product of two still has a double. */
const MOST = 1e18;

/** As `2022-05-12` or `2022-05-12T04:00:00Z`; UTC ms once read. */
export const time = z
  .string()
  .regex(TIME, { error: 'be a time in UTC such as 2022-05-12 or 2022-05-12T04:00:00Z', abort: true })
  .refine((text) => !Number.isNaN(parseUtc(text)), 'be a time of the calendar')
  .transform(parseUtc)
  .describe('UTC, 2022-05-12 or 2022-05-12T04:00:00Z');

/** The date itself, as it is written. */
export const date = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, { error: 'be a date such as 2022-05-12', abort: true })
  .refine((text) => !Number.isNaN(parseUtc(text)), 'be a date of the calendar')
  .describe('2022-05-12');

/** As `10s`, `1m`, `8h`; whole milliseconds once read. */
export const duration = z
  .string()
  .regex(DURATION, { error: 'be a duration such as 10s, 1m, 8h or 1d', abort: true })
  .refine((text) => Number.isSafeInteger(parseDuration(text)), 'be a duration of at least 1ms')
  .transform((text) => parseDuration(text) ?? Number.NaN)
  .describe('10s, 1m, 8h, 1d');

/** A duration that fits into a day a whole number of times: its multiples are counted from 00:00 UTC. */
export const partOfDay = duration
  .refine((ms) => MS_PER_DAY % ms === 0, 'divide a day, as 1m, 15m, 1h, 8h and 1d do')
  .describe('A duration that divides a day: 1m, 1h, 8h, 1d');

export const words = z.string().regex(/\S/, 'be text, and not empty');

export const coin = z
  .string()
  .regex(COIN, { error: 'be a coin in capitals such as BTC', abort: true })
  .refine((name) => name !== DEFAULT_ASSET, 'be a coin such as BTC')
  .describe('A coin in capitals: BTC');

export const coinOrDefault = z
  .string()
  .regex(COIN, 'be a coin in capitals such as BTC, or DEFAULT')
  .describe('A coin in capitals: BTC; DEFAULT is every other');

export const coinOrLargest = z
  .string()
  .regex(/^(largest|[A-Z0-9]*[A-Z][A-Z0-9]*)$/, 'be a coin in capitals such as BTC, or largest')
  .describe('A coin, or largest: that of the largest position of the book');

export const positive = z.number().gt(0).max(MOST);
export const price = positive.describe(
  'Quote per base; a multiple of the price at start where prices: relative',
);
export const fraction = z.number().min(0).max(1);
export const leverage = z.number().min(1).max(200);

/** `[[time, value], ...]`, at least one. */
export function knowns(value: z.ZodNumber) {
  return z.array(z.tuple([time, value]).transform(([at, one]): Known => ({ time: at, value: one }))).min(1);
}

/** A section of keys that are coins. */
export function byCoin<V extends z.ZodType>(value: V) {
  return z.record(coin, value);
}

/** The same with DEFAULT among the keys, where it must be there. */
export function byCoinOrDefault<V extends z.ZodType>(value: V, must: 'have' | 'may' = 'may') {
  const record = z.record(coinOrDefault, value);
  return must === 'have' ? record.meta({ required: [DEFAULT_ASSET] }) : record;
}
