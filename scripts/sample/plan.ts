/** What the sample is made of: every number in it is invented, and follows from these and the seed. */

export const SEED = 14;
/** 2024-01-01T00:00:00Z. */
export const START = 1_704_067_200_000;
/** A leap year of hours. */
export const HOURS = 8784;

export type Coin = {
  readonly symbol: string;
  readonly price: number;
  /** Prices are whole multiples of 1 / ticks, written with `places` decimals. */
  readonly ticks: number;
  readonly places: number;
  /** Standard deviation of an hour's return at the usual volatility. */
  readonly hourly: number;
  /** Correlation with what all coins share; and how much of a common shock it takes. */
  readonly loading: number;
  readonly beta: number;
  /** Base quantity that an hour of usual range trades. */
  readonly volume: number;
  /** Rows that the file lacks: bars from hour `from` on. */
  readonly hole: { readonly from: number; readonly bars: number };
};

export const coins: readonly Coin[] = [
  {
    ...{ symbol: 'BTCUSDT', price: 50_000, ticks: 10, places: 1, hourly: 0.0048 },
    ...{ loading: 0.92, beta: 1, volume: 900, hole: { from: 2990, bars: 1 } },
  },
  {
    ...{ symbol: 'ETHUSDT', price: 3000, ticks: 100, places: 2, hourly: 0.006 },
    ...{ loading: 0.9, beta: 1.15, volume: 9000, hole: { from: 4120, bars: 2 } },
  },
  {
    ...{ symbol: 'SOLUSDT', price: 120, ticks: 100, places: 2, hourly: 0.0085 },
    ...{ loading: 0.8, beta: 1.35, volume: 120_000, hole: { from: 6440, bars: 9 } },
  },
];

export type Shock = {
  readonly hour: number;
  /** Return from the last price before the hour to its open, of a coin with beta 1. */
  readonly gap: number;
  /** Return that follows within some twenty minutes, and the share of it that comes back in the rest of the hour. */
  readonly move: number;
  readonly rebound: number;
};

/** Hours that hit all coins at once; one of them is violent. */
export const shocks: readonly Shock[] = [
  { hour: 926, gap: -0.01, move: -0.045, rebound: 0.3 },
  { hour: 2329, gap: 0.006, move: 0.05, rebound: 0.2 },
  { hour: 3579, gap: -0.015, move: -0.07, rebound: 0.4 },
  { hour: 5214, gap: -0.03, move: -0.2, rebound: 0.45 },
  { hour: 5243, gap: -0.012, move: -0.06, rebound: 0.25 },
  { hour: 7244, gap: 0.008, move: 0.055, rebound: 0.2 },
  { hour: 8193, gap: -0.012, move: -0.08, rebound: 0.5 },
];

/** What the trader of the journal looks for: lengths in hours, distances in ATRs. */
export const trader = {
  entryChannel: 96,
  exitChannel: 14,
  /** Prices far from their mean of so many hours trend; a pullback is a move against the trend within six hours. */
  trend: 240,
  trendAtr: 4,
  dipAtr: 2,
  atr: 24,
  stopAtr: 5,
  targetAtr: 2.5,
  /** How long a pullback waits for its target, and how long the trader rests after an exit. */
  patience: 36,
  pause: 32,
};
