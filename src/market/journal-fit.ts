/**
 * Whether a journal belongs to its bars (RULES 1.4): a price with an exact time must lie within the bar of that time,
 * with 10 bps of slack. A wrong time zone or symbol gives plausible, wrong hit rates; here it shows.
 */
import { DataError } from '../model/errors.ts';
import { MS_PER_HOUR } from '../model/time.ts';
import { type Bars, firstAtOrAfter } from './bars.ts';
import type { Trade } from './journal.ts';

const SLACK = 0.001;
/** Hours up to 14, then half hours: bars of an hour do not tell 3 h from 2.5 h, and zones of whole hours are the rule. */
const offsets = [1, 0.5].flatMap((first) => Array.from({ length: 14 }, (_, i) => (first + i) * MS_PER_HOUR));

export type JournalFit = {
  /** Journal prices with an exact time inside the bars. */
  readonly prices: number;
  /** How many of them lie within their bar. */
  readonly inside: number;
};

/** What would fit better, where the journal does not fit. */
export type BetterFit = JournalFit & {
  /** Milliseconds to subtract from the journal's times. */
  readonly offset: number;
  /** The symbol whose bars the journal was held against; null for the journal's own. */
  readonly symbol: string | null;
};

export type SymbolTrades = { readonly bars: Bars; readonly trades: readonly Trade[] };

/** The fit of all trades against the bars of their own symbols. */
export function journalFit(groups: readonly SymbolTrades[], offset = 0): JournalFit {
  let prices = 0;
  let inside = 0;
  for (const { bars, trades } of groups) {
    for (const trade of trades) {
      // An average over fills at several times, or a time known only to its candle, need not lie in one bar.
      const entry =
        trade.entrySpan === undefined ? priceInBar(bars, trade.entryTime - offset, trade.entryPrice) : null;
      const exact = trade.exitSlack === 0 && trade.exitSpan === undefined;
      const exit = exact ? priceInBar(bars, trade.exitTime - offset, trade.exitPrice) : null;
      for (const known of [entry, exit]) {
        if (known === null) continue;
        prices += 1;
        if (known) inside += 1;
      }
    }
  }
  return { prices, inside };
}

/** Looks for the time offset (half hours, up to 14 h) or the other symbol under which more prices lie in their bars. */
export function betterFit(groups: readonly SymbolTrades[], series: readonly Bars[]): BetterFit {
  let best: BetterFit = { ...journalFit(groups), offset: 0, symbol: null };
  // Counted, not as a share: an offset that moves most prices out of the bars would fit the few that are left.
  const consider = (candidate: BetterFit) => {
    if (candidate.inside > best.inside) best = candidate;
  };
  for (const offset of offsets) {
    consider({ ...journalFit(groups, offset), offset, symbol: null });
    consider({ ...journalFit(groups, -offset), offset: -offset, symbol: null });
  }
  for (const bars of series) {
    const others = groups.filter((group) => group.bars !== bars);
    if (others.length === 0) continue;
    const fit = journalFit(others.map(({ trades }) => ({ bars, trades })));
    if (fit.prices > 0) consider({ ...fit, offset: 0, symbol: bars.symbol });
  }
  return best;
}

/** The share of journal prices that must lie within their bars (RULES 1.4). */
const FIT_MIN = 0.9;

/**
 * The fit of a journal, and an end to the run where it does not belong to its bars: its results would be plausible and
 * wrong.
 *
 * @returns share is null where no price has an exact time inside the bars
 * @throws DataError JOURNAL_FIT  under 90 %, with the offset or the symbol that fits better
 */
export function requireJournalFit(
  groups: readonly SymbolTrades[],
  ohlcv: readonly Bars[],
): JournalFit & { readonly share: number | null } {
  const { prices, inside } = journalFit(groups);
  const share = prices === 0 ? null : inside / prices;
  if (share === null || share >= FIT_MIN) return { prices, inside, share };
  const better = betterFit(groups, ohlcv);
  const told = `${inside} of ${prices} (${(100 * share).toFixed(1)} %)`;
  const hours = better.offset / 3_600_000;
  const fits = `${better.inside} of ${better.prices} would`;
  const remedy =
    better.symbol !== null
      ? `Against ${better.symbol} ${fits}: check the symbol of the journal`
      : hours !== 0
        ? `With the journal's times moved by ${-hours} h ${fits}: change --journal-offset by ${hours}h (from 0h where none was given)`
        : 'No time offset and no other symbol fits better: check that journal and bars belong together';
  throw new DataError({
    code: 'JOURNAL_FIT',
    message: `at least ${100 * FIT_MIN} % of the journal's prices must lie within the bars of their time, was ${told}`,
    remedy,
  });
}

/** Null where no bar holds the time; at the border of two bars either may hold the price. */
function priceInBar(bars: Bars, time: number, price: number): boolean | null {
  const at = firstAtOrAfter(bars.time, time);
  const onBorder = at < bars.time.length && bars.time[at]! === time;
  const before = at - 1;
  const holdsBefore = before >= 0 && time <= bars.time[before]! + bars.interval;
  if (!onBorder && !(holdsBefore && time < bars.time[before]! + bars.interval)) return null;
  return (onBorder && within(bars, at, price)) || (holdsBefore && within(bars, before, price));
}

function within(bars: Bars, row: number, price: number): boolean {
  return price >= bars.low[row]! * (1 - SLACK) && price <= bars.high[row]! * (1 + SLACK);
}
