/**
 * Whether a protection was right: what the quantity that it closed, refused or shrank would have earned by going on to
 * the exit that it has in the run without that guard (RULES 3.11).
 *
 *   kept per unit  side x (exit - price), less the fee of that exit, plus the funding up to it
 *   closed         kept + the fee of the protection's own fill, which going on would have spared
 *   refused        kept - the fee of the entry in the other run, which the refusal has spared
 *
 * More than 0 is a false trip, and its cost. Prices are quote per base; an inverse contract earns coin, which is turned into
 * the account's currency at its exit.
 */
import type { Contract } from '../../model/book.ts';
import type { FillRecord, FillShare } from '../../model/fill.ts';

export type FundingRow = {
  readonly time: number;
  /** The venue whose positions it settles; -1 for all. */
  readonly venue: number;
  readonly rate: number;
  readonly mark: number;
};

/** How a position is valued. */
export type Settlement = {
  readonly contract: Contract;
  /** Index of the venue of its account. */
  readonly venue: number;
  /** Whether it earns a coin that is not the account's currency. */
  readonly coin: boolean;
};

type Placed = Pick<Taken, 'account' | 'symbol' | 'side'>;

/** The run in which the guard does not speak. */
export type Without = {
  /** Of a trade, or of the book (-1), in their order. */
  readonly fillsOf: (trade: number) => readonly FillRecord[];
  /** By symbol: the mark at which a position that is still open at the end counts. */
  readonly endMarks: readonly number[];
  readonly end: number;
  /** Settlements of a symbol with a time in [from, to]. */
  readonly fundingOf: (symbol: number, from: number, to: number) => readonly FundingRow[];
  readonly settlementOf: (position: Placed) => Settlement;
  /** What the book holds at the start, >= 0. */
  readonly startQty: (position: Placed) => number;
};

/** A quantity that a protection took out of the market at one moment. */
export type Taken = {
  readonly account: number;
  readonly symbol: number;
  /** Of the position. */
  readonly side: 1 | -1;
  /** The decision that it is of: fills of one stop are one decision. */
  readonly decision: string;
  readonly time: number;
  /** What it was closed at; of a refused entry the price at which it would have opened. */
  readonly price: number;
  /** Whose quantity it was; -1 is the book itself. */
  readonly shares: readonly FillShare[];
  /** An entry that was denied or made smaller; else a close. */
  readonly refused: boolean;
  /** Paid for closing, >= 0 unless a rebate; 0 of a refused entry. */
  readonly fee: number;
  /** What of a refused entry was let in all the same. */
  readonly allowed: number;
};

/**
 * What going on would have earned more than the protection did, in the account's currency: > 0 is a false trip. Null where
 * the run without the guard holds nothing of it then.
 */
export function missedBy(taken: Taken, without: Without): number | null {
  const parts = taken.shares
    .map((share) => missedShare(taken, share, without))
    .filter((amount) => amount !== null);
  return parts.length === 0 ? null : parts.reduce((sum, amount) => sum + amount, 0);
}

/** Quantities below this are what rounding has left. */
const TINY = 1e-12;

function missedShare(taken: Taken, { trade, qty }: FillShare, without: Without): number | null {
  const own = without.fillsOf(trade).filter((one) => isOf(one, taken));
  const exits = exitsOf(taken, trade, own, without);
  const total = exits.reduce((sum, exit) => sum + exit.qty, 0);
  // Where the other run holds less, no more than that could have gone on.
  const gone = Math.min(qty, total - taken.allowed);
  if (gone <= TINY) return null;
  const kept = exits.reduce((sum, exit) => sum + (exit.qty / total) * keptUntil(taken, exit, without), 0);
  const closed = taken.shares.reduce((sum, share) => sum + share.qty, 0);
  return gone * (kept + (taken.refused ? -entryFee(own) : taken.fee / closed));
}

function isOf(fill: FillRecord, { account, symbol, side }: Taken): boolean {
  return fill.account === account && fill.symbol === symbol && fill.position === side;
}

function shareOf({ shares }: FillRecord, trade: number): number {
  return shares.filter((share) => share.trade === trade).reduce((sum, { qty }) => sum + qty, 0);
}

/** What the openings of a trade have paid a unit. */
function entryFee(own: readonly FillRecord[]): number {
  const openings = own.filter(({ opening }) => opening);
  const qty = openings.reduce((sum, one) => sum + one.qty, 0);
  return qty > 0 ? openings.reduce((sum, { fee }) => sum + fee, 0) / qty : 0;
}

type Exit = {
  readonly time: number;
  readonly price: number;
  readonly qty: number;
  readonly feePerUnit: number;
};

/** How a trade ends in the other run: its closes from that moment until it is flat, and the mark of the end. */
function exitsOf(
  taken: Taken,
  trade: number,
  own: readonly FillRecord[],
  { endMarks, end, startQty }: Without,
): Exit[] {
  // Of one moment what opens was there before, what closes comes after.
  const isBefore = ({ time, opening }: FillRecord) => time < taken.time || (opening && time === taken.time);
  let held = own
    .filter(isBefore)
    .reduce(
      (sum, one) => sum + (one.opening ? shareOf(one, trade) : -shareOf(one, trade)),
      trade < 0 ? startQty(taken) : 0,
    );
  const exits: Exit[] = [];
  for (const one of own) {
    if (isBefore(one) || held <= TINY) continue;
    const qty = shareOf(one, trade);
    if (one.opening) {
      held += qty;
      continue;
    }
    exits.push({ time: one.time, price: one.price, qty, feePerUnit: one.fee / one.qty });
    held -= qty;
  }
  const mark = endMarks[taken.symbol] ?? Number.NaN;
  if (held > TINY && Number.isFinite(mark)) exits.push({ time: end, price: mark, qty: held, feePerUnit: 0 });
  return exits;
}

/** What one unit earns from the price that it was taken out at up to an exit, after the fee of that. */
function keptUntil(taken: Taken, exit: Exit, { fundingOf, settlementOf }: Without): number {
  const { side, price, symbol, time, refused } = taken;
  const { contract, venue, coin } = settlementOf(taken);
  // Funding comes after entries and before all closes of its instant (RULES 2.4).
  const isDue = (one: FundingRow) => (one.venue < 0 || one.venue === venue) && (refused || one.time > time);
  const linear = contract === 'linear';
  const gain = linear ? exit.price - price : 1 / price - 1 / exit.price;
  const paid = fundingOf(symbol, time, exit.time)
    .filter(isDue)
    .reduce((sum, { rate, mark }) => sum + rate * (linear ? mark : 1 / mark), 0);
  return side * (gain - paid) * (coin ? exit.price : 1) - exit.feePerUnit;
}
