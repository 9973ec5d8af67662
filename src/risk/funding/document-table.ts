/**
 * The funding table that S2 prints, and why it is not ours: no rate per settlement, with no maintenance rate, gives its days.
 *
 *   leverage   2     5     10    20    50
 *   distance   50 %  20 %  10 %  5 %   2 %
 *   drain/day  0.2 % 0.5 % 1 %   2 %   5 %     "of position", at a rate of 0.1 %
 *   days       250   40    20    10    4
 *
 * - What a position pays does not grow with its leverage. The drain is 0.1 % x leverage: of margin, where 0.1 % is charged once
 *   a day; three settlements a day make it three times as much.
 * - 250 and 40 days are distance / drain, a share of notional over one of margin: too few by a factor of the leverage. The
 *   others are 200 / leverage, which their own columns do not give (10, 2.5, 0.4).
 * - The days mean a drain of 0.2 % of notional a day at 2x and of 0.5 % at all others. A maintenance rate that brings 2x and 5x
 *   together is 1 / 7 of notional, at which 10x is liquidated when it is opened.
 *
 * Source  S2, Understanding perpetual funding risk; QUANT 7
 */

export type DocumentRow = {
  readonly leverage: number;
  /** Move of the price to liquidation, a fraction < 0. */
  readonly liquidationAt: number;
  /** A fraction, "of position". */
  readonly drainPerDay: number;
  readonly days: number;
};

/** As printed. */
export const documentTable: readonly DocumentRow[] = [
  { leverage: 2, liquidationAt: -0.5, drainPerDay: 0.002, days: 250 },
  { leverage: 5, liquidationAt: -0.2, drainPerDay: 0.005, days: 40 },
  { leverage: 10, liquidationAt: -0.1, drainPerDay: 0.01, days: 20 },
  { leverage: 20, liquidationAt: -0.05, drainPerDay: 0.02, days: 10 },
  { leverage: 50, liquidationAt: -0.02, drainPerDay: 0.05, days: 4 },
];

/** The days that S2 prints for a leverage; null where it prints none. */
export function documentDays(leverage: number): number | null {
  return documentTable.find((row) => row.leverage === leverage)?.days ?? null;
}

export type DocumentAudit = {
  /** Distance / printed drain: the days of the row's own columns. */
  readonly ownDays: number;
  /** The fraction of notional a day that uses up the distance in the printed days. */
  readonly impliedDrainPerDay: number;
  /** The same for each of three settlements a day. */
  readonly impliedRate8h: number;
};

export function auditDocumentRow({ liquidationAt, drainPerDay, days }: DocumentRow): DocumentAudit {
  const distance = -liquidationAt;
  return {
    ownDays: distance / drainPerDay,
    impliedDrainPerDay: distance / days,
    impliedRate8h: distance / days / 3,
  };
}

export type DrainRange = { readonly low: number; readonly high: number };

/**
 * The drains, fractions of notional a day, at which every row lasts its days to the nearest whole one: 1 / leverage - mmr over
 * days, half a day either way.
 *
 * @param mmr  maintenance, a fraction of notional, >= 0
 * @returns null where there is none: the rows do not come from one rate
 */
export function drainsThatFit(rows: readonly DocumentRow[], mmr: number): DrainRange | null {
  let low = 0;
  let high = Number.POSITIVE_INFINITY;
  for (const { leverage, days } of rows) {
    const buffer = 1 / leverage - mmr;
    low = Math.max(low, buffer / (days + 0.5));
    high = Math.min(high, buffer / (days - 0.5));
  }
  return low > 0 && low <= high ? { low, high } : null;
}
