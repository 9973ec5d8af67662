/**
 * Whether a protection was right: what the quantity that it closed, refused or shrank would have earned by going on to
 * the exit that it has in the run without that guard (RULES 3.11).
 *
 *   kept per unit  side x (exit - price), less the fee of that exit, plus the funding up to it
 *   false trip     kept > what the protection's own fill cost in fees; the difference is its cost
 *
 * Prices are quote per base; an inverse contract is valued in coin and turned into money at its exit.
 */
import type { Contract } from '../../model/book.ts';
import type { FillRecord } from '../../model/fill.ts';

export type FundingRow = {
  readonly time: number;
  readonly symbol: number;
  readonly rate: number;
  readonly mark: number;
};

/** The run in which the guard does not speak. */
export type Without = {
  readonly fills: readonly FillRecord[];
  /** By symbol: what a position that is still open at the end is worth. */
  readonly endMarks: readonly number[];
  readonly end: number;
  /** Settlements of the path, ascending in time. */
  readonly funding: readonly FundingRow[];
  readonly contractOf: (symbol: number) => Contract;
  /** What the book holds at the start, >= 0. */
  readonly startQty: (position: Pick<Taken, 'account' | 'symbol' | 'side'>) => number;
};

/** A quantity that a protection took out of the market. */
export type Taken = {
  readonly account: number;
  readonly symbol: number;
  /** Of the position. */
  readonly side: 1 | -1;
  readonly qty: number;
  readonly time: number;
  /** What it was closed at; of a refused entry the price at which it would have opened. */
  readonly price: number;
  /** Fee that was paid for closing, >= 0; of a refused entry the fee that it was spared, < 0. */
  readonly fee: number;
  /** The trade whose entry was refused; null for a close. */
  readonly trade: number | null;
};

/**
 * What going on would have earned more than the protection did, in the account's currency: > 0 is a false trip. Null where
 * the run without the guard holds nothing of it then.
 */
export function missedBy(taken: Taken, without: Without): number | null {
  const exits = exitsOf(taken, without);
  const total = exits.reduce((sum, { qty }) => sum + qty, 0);
  if (total <= 0) return null;
  const earned = exits.reduce((sum, exit) => sum + (exit.qty / total) * earnedBy(taken, exit, without), 0);
  return earned + taken.fee;
}

type Exit = {
  readonly time: number;
  readonly price: number;
  readonly qty: number;
  readonly feePerUnit: number;
};

/** How the position ends in the other run: its closes from that moment until it is flat, and the mark of the end. */
function exitsOf(taken: Taken, { fills, endMarks, end, startQty }: Without): Exit[] {
  const own = fills.filter(
    (one) =>
      one.account === taken.account &&
      one.symbol === taken.symbol &&
      one.position === taken.side &&
      (taken.trade === null || one.shares.some(({ trade }) => trade === taken.trade)),
  );
  const shareOf = (one: FillRecord) =>
    taken.trade === null
      ? one.qty
      : one.shares.filter(({ trade }) => trade === taken.trade).reduce((sum, { qty }) => sum + qty, 0);
  // Of one moment what opens was there before, what closes comes after.
  const isBefore = ({ time, opening }: FillRecord) => time < taken.time || (opening && time === taken.time);
  let held = own
    .filter(isBefore)
    .reduce(
      (sum, one) => sum + (one.opening ? shareOf(one) : -shareOf(one)),
      taken.trade === null ? startQty(taken) : 0,
    );
  const exits: Exit[] = [];
  for (const one of own) {
    if (isBefore(one) || held <= TINY) continue;
    const qty = shareOf(one);
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

/** Quantities below this are what rounding has left. */
const TINY = 1e-12;

function earnedBy(taken: Taken, exit: Exit, without: Without): number {
  const { side, qty, price, symbol, time } = taken;
  const contract = without.contractOf(symbol);
  const gain = contract === 'linear' ? exit.price - price : (1 / price - 1 / exit.price) * exit.price;
  const paid = without.funding
    .filter((one) => one.symbol === symbol && one.time > time && one.time <= exit.time)
    .reduce((sum, { rate, mark }) => sum + rate * (contract === 'linear' ? mark : exit.price / mark), 0);
  return qty * (side * (gain - paid) - exit.feePerUnit);
}
